"""Fixtures of all tests. Each test process has its own data directory, deleted at the end, so that parallel runs do not
collide.

The variables are set at import, before Django reads its settings; therefore DJANGO_SETTINGS_MODULE is no pytest option.
"""

import copy
import gc
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from hypothesis import settings as hypothesis_settings

# A deadline per example fails on a busy machine, whatever the code does.
hypothesis_settings.register_profile("portal", deadline=None)
hypothesis_settings.load_profile("portal")

DATA_DIR = Path(tempfile.mkdtemp(prefix="pamsimas-test-"))
LANE = os.environ.get("PYTEST_XDIST_WORKER", "gw-1").removeprefix("gw")
BESIDE = bool(os.environ.get("TESTS_BESIDE"))  # set for the second of two runs without xdist on the same servers
REDIS_BESIDE = 29  # 30 and 31 belong to the tests of the image and of the production shape
os.environ["PAMSIMAS_DATA_DIR"] = str(DATA_DIR)
os.environ["DJANGO_SETTINGS_MODULE"] = "pamsimas.settings"
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # playwright runs an event loop in the thread of the test
os.environ["HTTPS"] = "0"
os.environ.pop("DEBUG", None)
if os.environ.get("REDIS_URL"):
    # One Redis database per process, because messages must not be shared. The first process has set its own.
    number = REDIS_BESIDE if BESIDE else int(LANE) + 1
    os.environ["REDIS_URL"] = urlsplit(os.environ["REDIS_URL"])._replace(path=f"/{number}").geturl()

ROOT = Path(__file__).resolve().parent.parent
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_configure(config):
    from django.conf import settings

    settings.DEMO_MODE = False  # on both databases; tests of the demo switch it on themselves
    settings.ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # fast on purpose
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    settings.STATIC_ROOT = DATA_DIR / "static"
    settings.STATIC_ROOT.mkdir(exist_ok=True)
    facts = settings.DATABASES["default"]
    if BESIDE and settings.DATABASE_URL:
        facts["TEST"] = {"NAME": f"test_{facts['NAME']}_beside"}


def pytest_collection_finish(session):
    """Freezes the objects that exist after collection: the garbage collector need not examine them after each test."""
    gc.collect()
    gc.freeze()


def pytest_unconfigure(config):
    shutil.rmtree(DATA_DIR, ignore_errors=True)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix):
    """pytest-django requests this before it creates the database of this process: it finds one with all tables."""
    from tests import template

    with template.database():
        yield


@pytest.fixture(scope="session")
def django_db_keepdb():
    return True


@pytest.fixture(scope="module")
def chain_dataset(django_db_setup, django_db_blocker):
    """The dataset of tests.dataset, made once per module."""
    from tests.dataset import shared_rows  # models: pytest imports this file before Django is set up

    with shared_rows(django_db_blocker) as rows:
        yield rows


@pytest.fixture
def dataset(chain_dataset, db):
    """One row of everything, which this test may change."""
    return copy.deepcopy(chain_dataset)


@pytest.fixture(autouse=True)
def no_worker(request, monkeypatch):
    """Runs the worker's part of imports inside the test."""
    if {"imports", "importers"} & set(request.path.relative_to(ROOT).parts):
        monkeypatch.setattr("jobs.queue.enqueue", lambda jobs, job_id: None)


@pytest.fixture
def worker_environment(transactional_db):
    """The environment of another process that shares database, broker and files with this test."""
    from django.db import connection

    facts = connection.settings_dict
    if connection.vendor == "sqlite":
        url = f"sqlite:///{facts['NAME']}"
    else:
        user, password, host = facts["USER"], facts["PASSWORD"], facts["HOST"]
        url = f"postgres://{user}:{password}@{host}:{facts['PORT']}/{facts['NAME']}"
    return os.environ | {
        "DATABASE_URL": url,
        "SECRET_KEY": "a key for one test that nobody else will ever see 0123456789",
        "ALLOWED_HOSTS": "testserver,localhost,127.0.0.1",
    }


class Worker:
    """A real Celery worker in its own process group."""

    def __init__(self, environment, concurrency=1):
        command = [sys.executable, "-m", "celery", "-A", "pamsimas", "worker", "--pool", "prefork"]
        self.log_path = DATA_DIR / f"worker-{time.monotonic_ns()}.log"
        with self.log_path.open("wb") as log:
            self.process = subprocess.Popen(
                [*command, "--concurrency", str(concurrency), "--loglevel", "INFO", "--without-gossip"],
                cwd=ROOT,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    @property
    def log(self):
        return self.log_path.read_text(errors="replace")

    def wait_ready(self, patience=60):
        until = time.monotonic() + patience
        while " ready." not in self.log:
            assert self.process.poll() is None, self.log
            assert time.monotonic() < until, f"The worker did not get ready:\n{self.log}"
            time.sleep(0.05)
        return self

    def kill(self):
        """Sends SIGKILL to the whole group, so that nothing can clean up."""
        try:
            os.killpg(self.process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        self.process.wait()


@pytest.fixture
def start_worker(worker_environment):
    """Starts real workers on the rows of this test; they are killed at its end."""
    workers = []

    def start(**options):
        workers.append(Worker(worker_environment, **options))
        return workers[-1].wait_ready()

    yield start
    for worker in workers:
        worker.kill()


@pytest.fixture(scope="session")
def browser():
    """Debian's chromium, one for the whole run: a second driver would refuse to start."""
    from playwright.sync_api import sync_playwright

    path = shutil.which("chromium") or shutil.which("chromium-browser")
    assert path, "The browser tests need Debian's chromium: apt-get install chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=CHROMIUM_FLAGS)
        yield browser
        browser.close()
