"""The container image itself: built from the Dockerfile, started as its unprivileged user on PostgreSQL and Redis."""

import json
import os
import signal
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

import psycopg2
import pytest
import yaml

from pamsimas.tooling import image, servers
from tests.pamsimas.visitor import Visitor

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 120  # seconds; waiting ends as soon as the condition holds
USER = 10001

pytestmark = [
    pytest.mark.image,
    pytest.mark.timeout(900),
    pytest.mark.skipif(
        os.geteuid() != 0 or not all(Path(path).exists() for path in image.PACKAGES.values()),
        reason="the image is built by buildah and debootstrap, as root: ./run test --servers",
    ),
    pytest.mark.skipif(
        not (os.environ.get("REDIS_URL") and os.environ.get("DATABASE_URL")),
        reason="the image needs PostgreSQL and Redis: ./run test --servers",
    ),
]


def until(holds, what):
    end = time.monotonic() + PATIENCE
    while not (found := holds()):
        assert time.monotonic() < end, what()
        time.sleep(0.3)
    return found


class Deployment:
    """Web and worker in containers of the image that share /data, as in the compose file."""

    def __init__(self, built, place):
        self.image, self.place, self.port = built, place, servers.free_port()
        self.data = place / "data"
        self.data.mkdir(mode=0o700)
        os.chown(self.data, USER, USER)  # as the volume gets it from the image
        self.server = os.environ["DATABASE_URL"]
        self.sql("CREATE DATABASE image")
        self.env = {
            "DATABASE_URL": self.server.rpartition("/")[0] + "/image",
            "REDIS_URL": os.environ["REDIS_URL"].rpartition("/")[0] + "/30",
            "SECRET_KEY": "kunci-uji-0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFG",
            "ALLOWED_HOSTS": "portal.test",
            "PROXIES": "1",
            "PORT": str(self.port),
            "WEB_PROCESSES": "1",
            "WORKER_PROCESSES": "1",
        }
        self.processes, self.containers = {}, []

    def sql(self, command):
        connection = psycopg2.connect(self.server)
        connection.autocommit = True
        connection.cursor().execute(command)
        connection.close()

    def command(self, words):
        self.containers.append(self.image.container())
        return self.image.inside(self.containers[-1], words, self.data, self.env)

    def start(self, name, words):
        with self.log(name).open("wb") as output:
            self.processes[name] = subprocess.Popen(
                self.command(words), env=self.image.environment, stdin=subprocess.DEVNULL,
                stdout=output, stderr=subprocess.STDOUT, start_new_session=True,
            )  # fmt: skip

    def run(self, *words, **options):
        return subprocess.run(self.command(words), env=self.image.environment, capture_output=True, **options)

    def log(self, name):
        return self.place / f"{name}.log"

    def scenario(self):
        return "\n".join(f"{name}: {self.log(name).read_text(errors='replace')[-3000:]}" for name in self.processes)

    def is_ready(self):
        assert all(process.poll() is None for process in self.processes.values()), self.scenario()
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/readyz", timeout=5) as answer:
                return json.load(answer)
        except (urllib.error.URLError, OSError):
            return None

    def end(self):
        for process in self.processes.values():
            os.killpg(process.pid, signal.SIGTERM)
        for process in self.processes.values():
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
        self.sql("DROP DATABASE image WITH (FORCE)")


@pytest.fixture(scope="module")
def deployment(tmp_path_factory):
    built = image.Image(tmp_path_factory.mktemp("image"))
    try:
        built.make_base()
        built.build()
        deployment = Deployment(built, tmp_path_factory.mktemp("deployment"))
        services = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]
        try:
            deployment.start("web", built.start_command)
            deployment.start("worker", services["worker"]["command"])
            until(deployment.is_ready, deployment.scenario)
            yield deployment
        finally:
            deployment.end()
    finally:
        built.remove()


def test_web_and_worker_of_the_image_are_ready(deployment):
    assert deployment.is_ready() == {"status": "ok", "database": "ok", "broker": "ok", "worker": "ok"}
    assert deployment.image.start_command == ["python", "-m", "pamsimas.tooling.container", "web"]


def test_a_page_and_its_style_sheet_are_served(deployment):
    visitor = Visitor(deployment.port, "portal.test")
    status, _, page = visitor.request("GET", "/masuk/")
    style = page.decode().split('rel="stylesheet" href="')[1].split('"')[0]
    assert (status, visitor.request("GET", style)[0]) == (200, 200)


def test_the_code_is_read_only_for_its_user(deployment):
    script = (
        "id -u; for path in /srv /srv/pamsimas /srv/staticfiles /srv/.venv; do touch $path/x 2>&1; done; touch /data/x"
    )
    done = deployment.run("sh", "-c", script, text=True)
    lines = done.stdout.splitlines()
    assert (done.returncode, lines[0], len(lines)) == (0, str(USER), 5)
    assert all("Permission denied" in line for line in lines[1:])


def test_a_backup_leaves_and_comes_back_through_the_documented_pipes(deployment):
    made = deployment.run("python", "manage.py", "backup", "-")
    assert made.returncode == 0, made.stderr
    assert made.stdout[:2] == b"\x1f\x8b"
    refused = deployment.run("python", "manage.py", "restore", "-", input=made.stdout[:-100])
    assert refused.returncode == 1
    assert b"bukan cadangan portal yang utuh" in refused.stderr
    restored = deployment.run("python", "manage.py", "restore", "-", input=made.stdout)
    assert restored.returncode == 0, restored.stderr
