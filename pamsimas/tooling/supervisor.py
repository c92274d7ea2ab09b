"""Supervisor of web, worker and beat: prefixed output, restarts, and a common end."""

import fcntl
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from pathlib import Path

from pamsimas.tooling import older_demo, steps
from pamsimas.tooling.watch import Heartbeat

PATIENCE = 20  # seconds for a child to end by itself
TOO_OFTEN = 5  # deaths of one child ...
WINDOW = 120  # ... within so many seconds, after which all is stopped


def commands(host, port):
    """The three programs of the portal, in the order in which they are stopped."""
    # penjaga-server.md covers Celery's warning about root.
    warning = ["-W", "ignore:You're running the worker with superuser privileges"]
    celery = [steps.PYTHON, *warning, "-m", "celery", "--quiet", "-A", "pamsimas"]
    web = [
        steps.PYTHON, "-m", "gunicorn", "pamsimas.wsgi",
        "--bind", f"{host}:{port}",
        "--worker-class", "pamsimas.web_worker.BufferingWorker",
        "--worker-connections", "500",
        "--workers", os.environ.get("WEB_PROCESSES", "2"),
        "--threads", os.environ.get("WEB_THREADS", "4"),
        "--preload",  # an error at the start is printed once, and memory is shared
        "--timeout", "60",
        "--graceful-timeout", "15",
        "--max-requests", "5000",
        "--max-requests-jitter", "500",
        "--no-control-socket",
        "--forwarded-allow-ips", "",  # only PROXIES defines proxies
        "--log-level", "warning",
    ]  # fmt: skip
    return {
        "web": web,
        "beat": [*celery, "beat", "--loglevel", "WARNING", "--pidfile", ""],
        "worker": [*celery, "worker", "--pool", "prefork", "--loglevel", "INFO", "--without-gossip",
                   "--without-mingle"],
    }  # fmt: skip


class Child:
    """A program in a process group of its own, restarted when it dies, a limited number of times."""

    def __init__(self, name, command):
        self.name = name
        # The kernel ends the child when this process is killed: no orphan keeps the port.
        tied = ["setpriv", "--pdeathsig", "TERM", "--"] if shutil.which("setpriv") else []
        self.command = [*tied, *command]
        self.deaths = []
        self.process = None

    def start(self):
        self.process = subprocess.Popen(
            self.command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        threading.Thread(target=self.copy_lines, args=(self.process.stdout,), daemon=True).start()

    def copy_lines(self, stream):
        for line in stream:
            sys.stdout.write(f"{self.name:<6} | {line.decode(errors='replace').rstrip()}\n")
            sys.stdout.flush()

    def revive(self):
        """Starts a dead child again; False when it died too often."""
        now = time.monotonic()
        self.deaths = [at for at in self.deaths if now - at < WINDOW] + [now]
        steps.say(f"! {self.name} berhenti (kode {self.process.returncode})")
        self.kill_group()
        if len(self.deaths) >= TOO_OFTEN:
            return False
        time.sleep(min(len(self.deaths), 3))
        steps.say(f"· {self.name} dijalankan lagi")
        self.start()
        return True

    def signal(self, number):
        try:
            self.process.send_signal(number)
        except ProcessLookupError:
            pass

    def kill_group(self):
        """Ends the rest of the group."""
        try:
            os.killpg(self.process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass

    def stop(self, until):
        try:
            self.process.wait(max(0.1, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            steps.say(f"! {self.name} tidak berhenti sendiri dan dihentikan paksa")
        self.kill_group()
        self.process.wait()


class Supervisor:
    """`heartbeat`: file of the worker; None without a watch."""

    def __init__(self, host, port, heartbeat=None):
        self.children = [Child(name, command) for name, command in commands(host, port).items()]
        self.heartbeat = heartbeat
        self.ending = threading.Event()

    def run(self, when_up):
        """Runs until everything has ended; returns the exit code."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, lambda *_: self.ending.set())
        for child in self.children:
            child.start()
        threading.Thread(target=when_up, args=(self.ending,), daemon=True).start()
        code = 0
        while not self.ending.wait(0.5):
            dead = [child for child in self.children if child.process.poll() is not None]
            if not all(child.revive() for child in dead):
                steps.say("! terlalu sering berhenti; portal dihentikan. Penyebabnya tertulis di atas.")
                code = 1
                break
            if self.heartbeat and self.heartbeat.is_silent():
                self.restart_silent()
        self.stop()
        return code

    def restart_silent(self):
        """Restarts worker and beat when the worker is alive but silent. Waiting jobs are not lost."""
        steps.say("! worker tidak terdengar; worker dan beat dijalankan ulang")
        silent = [child for child in self.children if child.name in ("worker", "beat")]
        for child in silent:
            child.signal(signal.SIGTERM)
        until = time.monotonic() + PATIENCE
        for child in silent:
            child.stop(until)
            child.start()
        self.heartbeat.begin_again()

    def stop(self):
        steps.say("· menghentikan portal …")
        for child in self.children:
            child.signal(signal.SIGTERM)
        until = time.monotonic() + PATIENCE
        for child in self.children:
            child.stop(until)
        steps.say("✓ portal berhenti")


def data_dir():
    place = Path(os.environ.get("PAMSIMAS_DATA_DIR") or "var").resolve()
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    return place


def take_lock(place):
    """One portal per data directory; the lock ends with the process, however it ends."""
    try:
        lock = open(place / "run.lock", "w")  # noqa: SIM115  (held until the end)
    except OSError as error:
        raise steps.Stop(f"Folder data {place} tidak dapat ditulisi ({error.strerror}). Periksa izinnya.") from None
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise steps.Stop(f"Portal sudah berjalan dengan data di {place}.") from None
    return lock


def address():
    host = os.environ.get("HOST") or "127.0.0.1"
    text = os.environ.get("PORT") or "8000"
    if not text.isdigit() or not 1 <= int(text) <= 65535:
        raise steps.Stop(f"PORT harus angka 1 sampai 65535, bukan {text!r}.")
    probe = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    with probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, int(text)))
        except OSError as error:
            reason = f"Alamat {host}:{text} tidak dapat dipakai ({error.strerror})."
            raise steps.Stop(f"{reason}\nPilih yang lain: PORT=8001 ./run") from None
    return host, int(text)


def main():
    place = data_dir()
    lock = take_lock(place)
    host, port = address()
    heartbeat_file = place / "worker-heartbeat"
    os.environ["WORKER_HEARTBEAT_FILE"] = str(heartbeat_file)
    if not os.environ.get("DATABASE_URL", "").strip():
        older_demo.put_aside(place)
    done = subprocess.run([steps.PYTHON, "manage.py", "prepare"])
    if done.returncode:
        return done.returncode
    url = f"http://{'127.0.0.1' if host == '0.0.0.0' else host}:{port}"  # noqa: S104

    def announce(ending):
        while not ending.is_set():
            try:
                urllib.request.urlopen(f"{url}/healthz", timeout=2)  # noqa: S310
            except OSError:
                time.sleep(0.1)
                continue
            steps.say(f"✓ portal berjalan di {url}/ ({time.monotonic() - steps.BEGUN:.1f} d); Ctrl-C menghentikan")
            return

    with lock:
        return Supervisor(host, port, Heartbeat(heartbeat_file)).run(announce)
