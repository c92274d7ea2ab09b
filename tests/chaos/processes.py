"""Processes that the chaos test kills: the programmes of the portal, and the broker of their messages."""

import contextlib
import os
import shutil
import signal
import subprocess
import threading
from pathlib import Path

from pamsimas.tooling import servers
from pamsimas.tooling.supervisor import Child, commands


class Programme:
    """Web, worker or beat: the whole process group is killed at once, so that nothing can clean up."""

    def __init__(self, name, command):
        self.name = name
        self.child = Child(name, command)
        # Not tied to its parent: that is a thread here, and the child would end with the thread.
        self.child.command = command
        self.child.copy_lines = lambda stream: [None for _ in stream]

    def start(self):
        self.child.start()

    def kill(self):
        self.child.kill_group()
        self.child.process.wait()
        return self.name

    @property
    def is_dead(self):
        return self.child.process.poll() is not None


class PoolChild:
    """One process of the worker's pool, idle or busy; the worker itself continues and starts another."""

    name, is_dead = "anak worker", False

    def __init__(self, worker, dice):
        self.worker, self.dice = worker, dice

    def start(self):
        pass

    def kill(self):
        threads = Path(f"/proc/{self.worker.child.process.pid}/task").glob("*/children")
        try:
            children = [int(pid) for thread in threads for pid in thread.read_text().split()]
        except OSError:
            children = []
        if not children:  # the worker is just starting
            return "anak worker (belum ada)"
        with contextlib.suppress(ProcessLookupError):  # it has ended meanwhile
            os.kill(self.dice.choice(children), signal.SIGKILL)
        return self.name


class MessageFolder:
    """The embedded broker has no process: its messages are deleted."""

    name, is_dead = "broker dikosongkan", False

    def __init__(self, folder):
        self.folder = folder

    def start(self):
        self.folder.mkdir(exist_ok=True)

    def kill(self):
        for message in list(self.folder.iterdir()):
            message.unlink(missing_ok=True)
        return self.name


class Redis:
    """A killed Redis, every second time restarted without its data."""

    name = "redis"

    def __init__(self, place, port, dice):
        self.place, self.port, self.dice = place, port, dice
        self.process = None

    def start(self):
        self.process = subprocess.Popen(
            servers.redis_command(self.place, self.port),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def kill(self):
        self.process.kill()
        self.process.wait()
        if self.dice.random() < 0.5:
            return "redis"
        shutil.rmtree(self.place / "appendonlydir", ignore_errors=True)
        return "redis dikosongkan"

    @property
    def is_dead(self):
        return self.process.poll() is not None


def programmes(port):
    return [Programme(name, command) for name, command in commands("127.0.0.1", port).items()]


class Killer(threading.Thread):
    """Kills a random process at intervals, waits a moment, starts it again."""

    def __init__(self, processes, every, dice):
        super().__init__(daemon=True)
        self.processes, self.every, self.dice = processes, every, dice
        self.ending = threading.Event()
        self.kills: dict[str, int] = {}

    def run(self):
        while not self.ending.wait(self.dice.uniform(0.5, 1.5) * self.every):
            process = self.dice.choice(self.processes)
            shown = process.kill()
            self.kills[shown] = self.kills.get(shown, 0) + 1
            if self.ending.wait(self.dice.uniform(0, 2)):
                break
            process.start()

    def stop(self):
        """Stops the killing and restarts dead processes."""
        self.ending.set()
        self.join()
        for process in self.processes:
            if process.is_dead:
                process.start()
