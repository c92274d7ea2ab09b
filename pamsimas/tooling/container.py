"""Entry point of a container: `python -m pamsimas.tooling.container web|worker|beat|healthy|heard`.

The container engine supervises, so nothing is restarted here: a silent worker ends, and the engine starts it again.
Only web prepares tables and files; worker and beat wait until that is done. `healthy` checks the web process of the
same container, `heard` the heartbeat of its worker.
"""

import os
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from pamsimas import versions
from pamsimas.tooling import supervisor, watch

PORT = int(os.environ.get("PORT") or 8000)
PATIENCE = 300  # seconds that worker and beat wait for the tables
CHECK_SECONDS = 1
HEARTBEAT = Path(tempfile.gettempdir(), "worker-heartbeat")


def django(*arguments):
    return subprocess.run([sys.executable, "manage.py", *arguments]).returncode


def prepare(name):
    """Waits for the tables; ends the process with a message when they do not come."""
    if name == "web":
        code = django("prepare")
        if code:
            sys.exit(code)
        return
    until = time.monotonic() + PATIENCE
    while code := django("migrate", "--check", "--verbosity", "0"):
        if code == versions.EXIT_CODE:  # waiting does not help; the message was printed
            sys.exit(code)
        if time.monotonic() > until:
            sys.exit("The tables are not there: web has not prepared them.")
        time.sleep(2)


def healthy():
    """0 when the web process of this container answers."""
    try:
        urllib.request.urlopen(f"http://127.0.0.1:{PORT}/healthz", timeout=4)
    except OSError:
        return 1
    return 0


def heard():
    """0 when the worker of this container touched its file recently."""
    try:
        return int(time.time() - HEARTBEAT.stat().st_mtime > watch.RESTART_AFTER_SECONDS)
    except OSError:
        return 1


def work(command):
    """Runs the worker until it ends or falls silent; returns the exit code."""
    HEARTBEAT.unlink(missing_ok=True)
    heartbeat = watch.Heartbeat(HEARTBEAT)
    os.environ["WORKER_HEARTBEAT_FILE"] = str(HEARTBEAT)
    worker = subprocess.Popen(command, start_new_session=True)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda got, _: worker.send_signal(got))
    while worker.poll() is None:
        time.sleep(CHECK_SECONDS)
        if heartbeat.is_silent():
            print("worker is silent; it ends, to be started again", file=sys.stderr, flush=True)
            os.killpg(worker.pid, signal.SIGKILL)
            worker.wait()
            return 1
    return worker.returncode


def main(name):
    if name in ("healthy", "heard"):
        return {"healthy": healthy, "heard": heard}[name]()
    prepare(name)
    command = supervisor.commands("0.0.0.0", PORT)[name]  # noqa: S104  (inside the network of the container)
    command = [sys.executable, *command[1:]]
    if name == "worker":
        return work(command)
    os.execv(sys.executable, command)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
