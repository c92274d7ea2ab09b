"""Filesystem broker with atomic messages.

Kombu's own transport opens a message file and writes it afterwards. A worker that reads in between gets an empty file,
fails, and ends. Here a message is written under another name and renamed.
"""

import uuid
from pathlib import Path
from time import monotonic

from kombu.exceptions import ChannelError
from kombu.transport import filesystem
from kombu.utils.encoding import str_to_bytes
from kombu.utils.json import dumps


class Channel(filesystem.Channel):
    def _put(self, queue, payload, **kwargs):
        # The name is that of Kombu: readers take the files of their queue in its order.
        name = f"{round(monotonic() * 1000)}_{uuid.uuid4()}.{queue}.msg"
        folder = Path(self.data_folder_out)
        draft = folder / f".{name}"  # with a leading dot it belongs to no queue
        content = str_to_bytes(dumps(payload))
        try:
            draft.write_bytes(content)
            draft.rename(folder / name)
        except OSError as error:
            draft.unlink(missing_ok=True)
            raise ChannelError(f"message {name} cannot be written") from error


class Transport(filesystem.Transport):
    Channel = Channel
