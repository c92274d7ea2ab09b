"""Storage of files on the disk of this machine: private, and written whole or not at all."""

import os
from pathlib import Path

from django.core.files.base import File
from django.core.files.storage import FileSystemStorage


class PrivateFileStorage(FileSystemStorage):
    """Stores files of mode 0600 in folders of mode 0700, whatever the umask and the settings of uploads are.

    A file is written under a temporary name, flushed to the disk and renamed: a full disk or a killed process leaves no
    partial file under a name that a row has. No file is overwritten.
    """

    FILE_MODE, FOLDER_MODE = 0o600, 0o700
    TEMPORARY = ".tmp"  # suffix of a file that is being written; backups skip it, tidying deletes it

    def _save(self, name: str, content: File) -> str:
        while True:
            path = Path(self.path(name))
            self._make_folder(path.parent)
            try:
                self._write(path, content)
            except FileExistsError:
                name = self.get_alternative_name(*os.path.splitext(name))  # another process was faster, or died
            else:
                return path.relative_to(self.location).as_posix()

    def _write(self, path: Path, content: File) -> None:
        """Raises FileExistsError where the file is there already, or another process is writing it."""
        temporary = path.with_name(path.name + self.TEMPORARY)
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, self.FILE_MODE)
        try:
            with open(descriptor, "wb") as file:
                for chunk in content.chunks():
                    file.write(chunk)
                file.flush()
                os.fsync(file.fileno())
            if path.exists():
                raise FileExistsError(path)
            temporary.rename(path)  # only the process with the temporary name gets here, so nothing is overwritten
        except BaseException:
            temporary.unlink(missing_ok=True)  # delete the partial file, for example on a full disk
            raise
        self._sync_folder(path.parent)

    def _make_folder(self, folder: Path) -> None:
        """mkdir(parents=True) would give the mode to the last folder only."""
        missing = [folder, *folder.parents]
        for path in reversed(missing[: next(at for at, path in enumerate(missing) if path.is_dir())]):
            path.mkdir(mode=self.FOLDER_MODE, exist_ok=True)

    def _sync_folder(self, folder: Path) -> None:
        """Flushes the folder, so that the new name is on the disk too."""
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
