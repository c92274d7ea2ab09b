"""Temporary PostgreSQL and Redis servers, with their own directory and ports, removed at the end.

For the tests and the production shape; the servers of the machine are not used.
"""

import contextlib
import os
import pwd
import secrets
import shutil
import socket
import subprocess
import tempfile
import time
from pathlib import Path

from pamsimas.tooling import steps

PATIENCE = 60  # seconds until a server must answer
PACKAGES = {"postgresql-15": "/usr/lib/postgresql/15/bin/initdb", "redis-server": "/usr/bin/redis-server"}


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def install():
    missing = [package for package, path in PACKAGES.items() if not Path(path).exists()]
    if missing:
        steps.apt(missing, "Tests on PostgreSQL and Redis need these packages.")


def lowered():
    """PostgreSQL refuses to run as root: its commands then run as the user of the package."""
    return ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] if os.geteuid() == 0 else []


def wait(label, answers, log):
    until = time.monotonic() + PATIENCE
    while not answers():
        if time.monotonic() > until:
            raise steps.Stop(f"{label} does not answer.\n{log.read_text(errors='replace')[-2000:]}")
        time.sleep(0.1)


def quiet(*command, env=None):
    return subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, env=env)


@contextlib.contextmanager
def postgresql(place):
    """Yields the URL of a database in a cluster of its own."""
    programmes = Path(PACKAGES["postgresql-15"]).parent
    port, password = free_port(), secrets.token_hex(12)
    data, log, word = place / "cluster", place / "postgresql.log", place / "password"
    word.write_text(password)
    if os.geteuid() == 0:
        owner = pwd.getpwnam("postgres")
        for path in (place, word):
            os.chown(path, owner.pw_uid, owner.pw_gid)
    made = quiet(
        *lowered(), programmes / "initdb", "-D", data, "-U", "portal", "--pwfile", word,
        "--auth", "scram-sha-256", "--encoding", "UTF8", "--locale", "C.UTF-8",
    )  # fmt: skip
    if made.returncode:
        raise steps.Stop(f"initdb failed: {made.stderr}")
    with log.open("wb") as output:
        server = subprocess.Popen(
            [*lowered(), programmes / "postgres", "-D", data, "-p", str(port), "-h", "127.0.0.1",
             "-k", place, "-c", "shared_buffers=64MB", "-c", "fsync=off", "-c", "synchronous_commit=off",
             # Rows of a test are rolled back: statistics gathered between two tests are those of empty tables, and
             # query plans for those make pages of the demo ten times slower.
             "-c", "full_page_writes=off", "-c", "autovacuum=off"],
            stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT,
        )  # fmt: skip
    try:
        env = os.environ | {"PGPASSWORD": password}
        client = ["-h", "127.0.0.1", "-p", str(port), "-U", "portal"]
        wait("PostgreSQL", lambda: not quiet(programmes / "pg_isready", *client).returncode, log)
        made = quiet(programmes / "createdb", *client, "portal", env=env)
        if made.returncode:
            raise steps.Stop(f"createdb failed: {made.stderr}")
        yield f"postgres://portal:{password}@127.0.0.1:{port}/portal"
    finally:
        end(server)


def redis_command(place, port):
    """A Redis with an append-only file in `place` and without eviction."""
    return [
        PACKAGES["redis-server"], "--port", str(port), "--bind", "127.0.0.1", "--dir", str(place),
        "--appendonly", "yes", "--appendfsync", "everysec", "--maxmemory-policy", "noeviction",
        "--save", "", "--databases", "32",
    ]  # fmt: skip


@contextlib.contextmanager
def redis(place):
    """Yields the URL of a Redis of its own."""
    port, log = free_port(), place / "redis.log"
    with log.open("wb") as output:
        server = subprocess.Popen(
            redis_command(place, port), stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT
        )
    try:
        wait("Redis", lambda: "PONG" in quiet("redis-cli", "-p", str(port), "ping").stdout, log)
        yield f"redis://127.0.0.1:{port}"
    finally:
        end(server)


def end(server):
    server.terminate()
    try:
        server.wait(20)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


def production(database, broker):
    """An environment that configures the portal for production on these two servers."""
    return os.environ | {
        "DATABASE_URL": database,
        "REDIS_URL": broker,
        "SECRET_KEY": secrets.token_urlsafe(64),
        "ALLOWED_HOSTS": "127.0.0.1,localhost,testserver",
    }


@contextlib.contextmanager
def running():
    """Starts both servers; yields an environment that configures the portal for production on them."""
    install()
    place = Path(tempfile.mkdtemp(prefix="pamsimas-servers-"))
    place.chmod(0o711)  # PostgreSQL runs as another user
    try:
        (place / "redis").mkdir()
        (place / "postgresql").mkdir()
        with postgresql(place / "postgresql") as database, redis(place / "redis") as broker:
            steps.say("✓ PostgreSQL and Redis are running")
            yield production(database, broker)
    finally:
        shutil.rmtree(place, ignore_errors=True)
