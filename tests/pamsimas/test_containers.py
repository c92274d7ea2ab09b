"""The compose file and the image, as far as they can be tried without a container engine."""

import os
import re
import shutil
import subprocess
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
import yaml

from pamsimas.tooling import container, steps, supervisor

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


@needs_compose
def test_compose_file_has_the_five_services_with_health_and_restart(tmp_path):
    code, text = config(tmp_path, **GIVEN)
    assert code == 0, text
    services = yaml.safe_load(text)["services"]
    assert sorted(services) == ["beat", "postgres", "redis", "web", "worker"]
    assert {name: facts["restart"] for name, facts in services.items()} == dict.fromkeys(services, "unless-stopped")
    assert [name for name, facts in services.items() if "healthcheck" not in facts] == []
    # The only door is on this machine's own address: TLS stands in front.
    assert {name: facts.get("ports") for name, facts in services.items() if facts.get("ports")} == {
        "web": ["127.0.0.1:8000:8000/tcp"]
    }
    for name in ("web", "worker", "beat"):
        assert services[name]["environment"]["DATABASE_URL"] == "postgres://portal:a@postgres:5432/portal"
        assert services[name]["environment"]["ALLOWED_HOSTS"] == "portal.test"


@needs_compose
@pytest.mark.parametrize("missing", GIVEN)
def test_compose_file_refuses_without_its_secrets(tmp_path, missing):
    code, text = config(tmp_path, **{name: value for name, value in GIVEN.items() if name != missing})
    assert code != 0
    assert f"{missing} is missing in .env" in text


def test_each_container_command_is_one_of_the_supervisor():
    text = (ROOT / "docker-compose.yml").read_text()
    named = re.findall(r'"pamsimas.tooling.container", "(\w+)"', text)
    assert sorted(set(named)) == ["beat", "healthy", "web", "worker"]
    assert sorted(supervisor.commands("127.0.0.1", 8000)) == ["beat", "web", "worker"]


def test_image_installs_the_libraries_that_run_installs():
    text = (ROOT / "Dockerfile").read_text()
    assert [package for package in steps.PDF_LIBRARIES.values() if package not in text] == []
    assert "\nUSER portal\n" in text
    assert "--require-hashes --only-binary :all:" in text


class Answer(BaseHTTPRequestHandler):
    def do_GET(self):
        known = (self.path, self.headers["Host"]) == ("/healthz", "portal.test")
        self.send_response(200 if known else 400)
        self.end_headers()

    def log_message(self, *arguments):
        pass


@pytest.mark.parametrize(("hosts", "code"), [("portal.test,other.test", 0), (".portal.test", 0), ("other.test", 1)])
def test_health_check_asks_by_a_name_that_the_portal_knows(monkeypatch, hosts, code):
    with HTTPServer(("127.0.0.1", 0), Answer) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        monkeypatch.setattr(container, "PORT", server.server_port)
        monkeypatch.setenv("ALLOWED_HOSTS", hosts)
        assert container.main("healthy") == code
        server.shutdown()


def test_health_check_fails_when_nobody_listens(monkeypatch):
    monkeypatch.setattr(container, "PORT", 1)
    assert container.main("healthy") == 1
