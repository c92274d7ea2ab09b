"""One process of a container: `python -m pamsimas.tooling.container web|worker|beat|healthy`.

The container engine supervises, so nothing is restarted here. Only web prepares tables and files; worker and
beat wait until that is done. `healthy` asks the web process of the same container.
"""

import os
import subprocess
import sys
import time
import urllib.request

from pamsimas.tooling import supervisor

PORT = 8000
PATIENCE = 300  # seconds that worker and beat wait for the tables


def django(*arguments):
    return subprocess.run([sys.executable, "manage.py", *arguments]).returncode


def prepare(name):
    """Returns when the tables are there; ends the process with a sentence when they do not come."""
    if name == "web":
        code = django("prepare")
        if code:
            sys.exit(code)
        return
    until = time.monotonic() + PATIENCE
    while django("migrate", "--check", "--verbosity", "0"):
        if time.monotonic() > until:
            sys.exit("The tables are not there: web has not prepared them.")
        time.sleep(2)


def healthy():
    """0 when this container's web process answers; its host check wants a name that it knows."""
    host = os.environ.get("ALLOWED_HOSTS", "localhost").split(",")[0].strip().lstrip(".")
    request = urllib.request.Request(f"http://127.0.0.1:{PORT}/healthz", headers={"Host": host})
    try:
        urllib.request.urlopen(request, timeout=4)  # noqa: S310
    except OSError:
        return 1
    return 0


def main(name):
    if name == "healthy":
        return healthy()
    prepare(name)
    command = supervisor.commands("0.0.0.0", PORT)[name]  # noqa: S104  (inside the container's own network)
    os.execv(sys.executable, [sys.executable, *command[1:]])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
