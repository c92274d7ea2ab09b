"""A small part of `./run chaos`, so that the command itself stays tested."""

import os
import subprocess

import pytest

from pamsimas.tooling import steps

SERVERS = ("DATABASE_URL", "REDIS_URL", "SECRET_KEY", "ALLOWED_HOSTS")


@pytest.mark.kill
@pytest.mark.timeout(420)
def test_reports_survive_killed_processes_on_the_embedded_broker():
    env = {name: value for name, value in os.environ.items() if name not in SERVERS}
    done = subprocess.run(
        [steps.PYTHON, "-m", "tests.chaos", "--reports", "10", "--every", "4", "--seed", "2018"],
        env=env,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "10 recorded, 10 ready" in done.stdout
