"""The compose file and the image, as far as they can be tested without a container engine."""

import os
import re
import shutil
import subprocess
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
import yaml

from pamsimas.tooling import container, steps, supervisor, watch

ROOT = Path(__file__).resolve().parents[2]
GIVEN = {"POSTGRES_PASSWORD": "a", "SECRET_KEY": "b", "ALLOWED_HOSTS": "portal.test"}

needs_compose = pytest.mark.skipif(
    not shutil.which("docker-compose"), reason="docker-compose reads the file: apt-get install docker-compose"
)


def config(tmp_path, **variables):
    """Returns (exit code, output) of `docker-compose config` with these variables alone."""
    empty = tmp_path / "empty"
    empty.touch()
    done = subprocess.run(
        ["docker-compose", "-f", ROOT / "docker-compose.yml", "--project-directory", ROOT, "--env-file", empty,
         "config"],
        cwd=tmp_path, env={"PATH": os.environ["PATH"]} | variables, capture_output=True, text=True,
    )  # fmt: skip
    return done.returncode, done.stdout if done.returncode == 0 else done.stderr


def read_by_the_code():
    """Names of all variables that settings and supervisor read."""
    settings = (ROOT / "pamsimas/settings.py").read_text()
    started = (ROOT / "pamsimas/tooling/supervisor.py").read_text()
    names = re.findall(r'(?:read\(env\.\w+, |switch\(|whole\()"([A-Z_]+)"', settings)
    return {*names, *re.findall(r'environ\.get\("(WEB_[A-Z]+)"', started)}


@needs_compose
def test_compose_file_has_a_front_and_the_services_behind_it(tmp_path):
    code, text = config(tmp_path, **GIVEN)
    assert code == 0, text
    services = yaml.safe_load(text)["services"]
    once = services.pop("certificate")
    assert once["restart"] == "no"
    assert sorted(services) == ["beat", "front", "postgres", "redis", "web", "worker"]
    assert {name: facts["restart"] for name, facts in services.items()} == dict.fromkeys(services, "unless-stopped")
    assert [name for name, facts in services.items() if "healthcheck" not in facts] == []
    assert [name for name, facts in services.items() if not facts.get("mem_limit")] == []
    assert {name: facts["logging"]["options"]["max-size"] for name, facts in services.items()} == dict.fromkeys(
        services, "10m"
    )
    # Only the front is reachable from outside; the portal itself listens on the loopback address.
    assert {name: facts.get("ports") for name, facts in services.items() if facts.get("ports")} == {
        "front": [{"published": 80, "target": 80}, {"published": 443, "target": 443}],
        "web": ["127.0.0.1:8000:8000/tcp"],
    }
    for name in ("web", "worker", "beat"):
        assert services[name]["environment"]["DATABASE_URL"] == "postgres://portal:a@postgres:5432/portal"
        assert services[name]["environment"]["ALLOWED_HOSTS"] == "portal.test"
        assert services[name]["read_only"] is True


@needs_compose
def test_every_variable_of_production_reaches_the_containers(tmp_path):
    known = read_by_the_code()
    assert known > {"DATABASE_URL", "PORTAL_URL", "EMAIL_URL", "MAP_TILES_URL", "WEB_THREADS"}
    fixed = {
        "PAMSIMAS_DATA_DIR",  # set by the image
        "WORKER_HEARTBEAT_FILE",  # set by the process that starts the worker
        "PORT",  # inside its own network a container keeps its port
        "DEBUG",  # refused in production
    }
    code, text = config(tmp_path, **GIVEN)
    assert code == 0, text
    services = yaml.safe_load(text)["services"]
    for name in ("web", "worker", "beat"):
        assert known - fixed - set(services[name]["environment"]) == set()


@needs_compose
def test_values_of_the_env_file_reach_the_containers(tmp_path):
    documented = {"DATABASE_URL", "REDIS_URL", "POSTGRES_PASSWORD", "PROXIES"} | set(GIVEN)
    free = read_by_the_code() - documented - {"PAMSIMAS_DATA_DIR", "WORKER_HEARTBEAT_FILE", "PORT", "DEBUG"}
    values = {name: f"value-{name.lower()}" for name in free}
    code, text = config(tmp_path, **GIVEN, PROXIES="2", **values)
    assert code == 0, text
    environment = yaml.safe_load(text)["services"]["worker"]["environment"]
    assert {name: environment[name] for name in free} == values
    assert environment["PROXIES"] == "2"


@needs_compose
def test_a_copy_of_the_example_counts_the_front_as_a_proxy(tmp_path):
    """PROXIES=0 with HTTPS on would redirect every page to itself."""
    lines = (ROOT / ".env.example").read_text().splitlines()
    example = dict(line.split("=", 1) for line in lines if "=" in line and not line.startswith("#"))
    code, text = config(tmp_path, **example | GIVEN)
    assert code == 0, text
    environment = yaml.safe_load(text)["services"]["web"]["environment"]
    assert (environment["PROXIES"], environment["HTTPS"]) == ("1", "1")


def test_the_example_tells_every_variable():
    documented = set(re.findall(r"^([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))
    assert read_by_the_code() - documented == {"WORKER_HEARTBEAT_FILE"}


@needs_compose
@pytest.mark.parametrize("missing", GIVEN)
def test_compose_file_refuses_without_its_secrets(tmp_path, missing):
    code, text = config(tmp_path, **{name: value for name, value in GIVEN.items() if name != missing})
    assert code != 0
    assert f"{missing} is missing in .env" in text


def test_each_container_command_is_one_of_the_supervisor():
    text = (ROOT / "docker-compose.yml").read_text()
    named = re.findall(r'"pamsimas.tooling.container", "(\w+)"', text)
    assert sorted(set(named)) == ["beat", "healthy", "heard", "web", "worker"]
    assert sorted(supervisor.commands("127.0.0.1", 8000)) == ["beat", "web", "worker"]


def test_image_installs_the_libraries_that_run_installs():
    text = (ROOT / "Dockerfile").read_text()
    assert [package for package in steps.PDF_LIBRARIES.values() if package not in text] == []
    assert "\nUSER portal\n" in text
    assert "--require-hashes --only-binary :all:" in text


class Answer(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200 if self.path == "/healthz" else 404)
        self.end_headers()

    def log_message(self, *arguments):
        pass


def test_health_check_asks_the_process_of_its_container(monkeypatch):
    with HTTPServer(("127.0.0.1", 0), Answer) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        monkeypatch.setattr(container, "PORT", server.server_port)
        assert container.main("healthy") == 0
        server.shutdown()


def test_health_check_fails_when_nobody_listens(monkeypatch):
    monkeypatch.setattr(container, "PORT", 1)
    assert container.main("healthy") == 1


WORKER = """
import os, sys, time
from pathlib import Path
while True:
    Path(os.environ["WORKER_HEARTBEAT_FILE"]).touch()
    if {ends}:
        break
    time.sleep({pause})
sys.exit(3)
"""


@pytest.fixture
def quick(monkeypatch, tmp_path):
    monkeypatch.setattr(container, "HEARTBEAT", tmp_path / "heartbeat")
    monkeypatch.setattr(container, "CHECK_SECONDS", 0.05)
    monkeypatch.setattr(container.signal, "signal", lambda *arguments: None)
    monkeypatch.setenv("WORKER_HEARTBEAT_FILE", "")


def test_a_worker_that_falls_silent_ends_so_that_the_engine_starts_it_again(quick, monkeypatch, capsys):
    monkeypatch.setattr(watch, "RESTART_AFTER_SECONDS", 2)
    assert container.work([sys.executable, "-c", WORKER.format(ends=False, pause=600)]) == 1
    assert "worker is silent" in capsys.readouterr().err


def test_a_worker_that_is_heard_goes_on_until_it_ends(quick, monkeypatch):
    monkeypatch.setattr(watch, "RESTART_AFTER_SECONDS", 2)
    ends = "time.monotonic() > globals().setdefault('begun', time.monotonic()) + 4"
    assert container.work([sys.executable, "-c", WORKER.format(ends=ends, pause=0.2)]) == 3


@pytest.mark.parametrize(("age", "code"), [(None, 1), (10, 0), (1_000, 1)])
def test_health_of_a_worker_is_whether_it_was_heard(quick, age, code):
    if age is not None:
        container.HEARTBEAT.touch()
        os.utime(container.HEARTBEAT, (time.time() - age, time.time() - age))
    assert container.main("heard") == code
