"""The file broker: a message exists completely or not at all."""

import json
import threading

import pytest
from kombu import Connection
from kombu.exceptions import ChannelError

from pamsimas.broker import Transport

SENT = 300


@pytest.fixture
def broker(tmp_path):
    folders = {name: tmp_path / name for name in ("messages", "control")}
    for folder in folders.values():
        folder.mkdir()
    options = {
        "data_folder_in": str(folders["messages"]),
        "data_folder_out": str(folders["messages"]),
        "control_folder": str(folders["control"]),
    }
    with Connection("filesystem://", transport_options=options) as connection:
        assert isinstance(connection.transport, Transport)
        yield connection, folders["messages"]


def test_who_looks_while_messages_are_written_never_reads_half_of_one(broker):
    connection, folder = broker
    channel, stop, torn = connection.channel(), threading.Event(), []

    def look():
        while not stop.is_set():
            for path in folder.glob("[!.]*.msg"):
                try:
                    json.loads(path.read_bytes())
                except FileNotFoundError:
                    continue
                except ValueError:
                    torn.append(path.name)

    looking = threading.Thread(target=look)
    looking.start()
    for number in range(SENT):
        channel._put("portal", {"body": "x" * 20_000, "number": number})
    stop.set()
    looking.join()
    assert torn == []
    assert sorted(channel._get("portal")["number"] for _ in range(SENT)) == list(range(SENT))
    assert list(folder.iterdir()) == []


def test_a_folder_that_cannot_be_written_is_an_error_of_the_broker(broker):
    connection, folder = broker
    channel = connection.channel()
    folder.rmdir()
    with pytest.raises(ChannelError):
        channel._put("portal", {"body": ""})
