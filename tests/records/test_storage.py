"""Files on the disk of this machine: private, whole or absent, never overwritten."""

import stat
from pathlib import Path
from unittest import mock

import pytest
from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage

from records.storage import PrivateFileStorage


@pytest.fixture
def storage(tmp_path):
    return PrivateFileStorage(location=tmp_path / "media")


def files(storage):
    return {path.relative_to(storage.location).as_posix() for path in Path(storage.location).rglob("*.*")}


def test_the_portal_keeps_its_files_in_it():
    assert isinstance(default_storage, PrivateFileStorage)


def test_file_and_every_new_folder_are_private(storage):
    name = storage.save("reports/2026/12/1.pdf", ContentFile(b"%PDF"))
    path = Path(storage.path(name))
    modes = [stat.S_IMODE(place.stat().st_mode) for place in (path, *list(path.parents)[:4])]
    assert modes == [0o600, 0o700, 0o700, 0o700, 0o700]
    assert (storage.open(name).read(), files(storage)) == (b"%PDF", {"reports/2026/12/1.pdf"})


@pytest.mark.parametrize("step", ["os.fsync", "pathlib.Path.rename"])
def test_a_failure_leaves_no_half_file(storage, step):
    with mock.patch(step, side_effect=OSError(28, "No space left on device")), pytest.raises(OSError, match="28"):
        storage.save("a/1.pdf", ContentFile(b"%PDF"))
    assert files(storage) == set()


def test_what_is_being_written_has_a_temporary_name(storage):
    seen = []

    class Watched(File):
        def chunks(self, chunk_size=None):
            yield b"first"
            seen.append(files(storage))
            yield b"second"

    storage.save("a/1.pdf", Watched(None))
    assert (seen, files(storage)) == ([{"a/1.pdf.tmp"}], {"a/1.pdf"})


@pytest.mark.parametrize("taken", ["a/1.pdf", "a/1.pdf.tmp"])
def test_a_file_of_another_process_is_never_overwritten(storage, taken):
    """The name was free when it was chosen, and is taken when the file is written."""
    storage.save(taken, ContentFile(b"theirs"))
    with mock.patch.object(storage, "is_name_available", return_value=True):
        name = storage.save("a/1.pdf", ContentFile(b"ours"))
    assert name != "a/1.pdf"
    assert (storage.open(taken).read(), storage.open(name).read()) == (b"theirs", b"ours")
    assert files(storage) == {taken, name}
