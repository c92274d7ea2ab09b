"""Conventions of the project that can be checked by a program."""

import re
import tomllib
from pathlib import Path

import pytest

from pamsimas.tooling import layers, locks
from pamsimas.tooling.sources import modules

ROOT = Path(__file__).resolve().parents[2]


def test_no_app_names_anything_above_it():
    assert layers.faults(ROOT) == []


@pytest.mark.parametrize(
    ("app", "source", "found"),
    [
        ("villages", "import kpspams.models", [(1, "kpspams.models")]),
        ("villages", "from kpspams.models import WorkPlan", [(1, "kpspams.models")]),
        ("villages", "def f():\n    from reports import pdf", [(2, "reports")]),
        ("villages", 'models.ForeignKey("kpspams.KpspamsGroup", PROTECT)', [(1, "kpspams.KpspamsGroup")]),
        ("records", 'apps.get_model("accounts", "User")', [(1, "accounts")]),
        ("records", 'apps.get_model("accounts.User")', [(1, "accounts.User")]),
        ("trainings", 'send_task("reports.tasks.requeue_stale_reports")', [(1, "reports.tasks.requeue_stale_reports")]),
        ("kpspams", "from pamsimas import settings", [(1, "pamsimas")]),
        ("records", "models.ForeignKey(settings.AUTH_USER_MODEL, PROTECT)", []),
        ("reports", "from villages.models import Village", []),
        ("kpspams", 'models.ForeignKey("villages.Village", PROTECT)', []),
        ("villages", 'label = "kpspams"', []),
        ("villages", 'template_name = "kpspams/group_list.html"', []),
    ],
)
def test_upward_names_are_found(app, source, found):
    assert layers.upward(app, source) == found


def test_locks_agree_with_the_short_list(monkeypatch):
    monkeypatch.chdir(ROOT)
    assert locks.faults() == []


def test_lock_that_lacks_a_dependency_or_names_an_address_is_found(monkeypatch, tmp_path):
    hashed = "    --hash=sha256:00\n"
    (tmp_path / "pyproject.toml").write_text(
        '[project]\ndependencies = ["django~=5.2.19", "celery>=5.7"]\n[project.optional-dependencies]\ndev = ["ruff"]\n'
    )
    (tmp_path / "requirements.txt").write_text(f"--index-url x\ndjango==5.1.0 \\\n{hashed}")
    (tmp_path / "requirements-dev.txt").write_text(f"celery==5.7.0 \\\n{hashed}django==5.2.20 \\\n{hashed}ruff==1.0\n")
    monkeypatch.chdir(tmp_path)
    assert locks.faults() == [
        "requirements.txt has django 5.1.0, pyproject.toml wants django~=5.2.19",
        "requirements.txt lacks celery",
        "requirements.txt names an address",
        "requirements-dev.txt: no hash for ruff==1.0",
        "requirements-dev.txt has another django than requirements.txt",
    ]


def test_each_dependency_has_its_reason():
    text = (ROOT / "pyproject.toml").read_text()
    project = tomllib.loads(text)["project"]
    for name in project["dependencies"] + project["optional-dependencies"]["dev"]:
        (line,) = [line for line in text.splitlines() if line.strip().startswith(f'"{name}"')]
        # The reason for pytest is in the line after it.
        assert "#" in line or name == "pytest", name


def test_env_example_tells_every_variable_that_is_read_and_no_other():
    documented = set(re.findall(r"^([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))
    read = set()
    sources = [path for _, path in modules(ROOT)]
    for path in sources:
        text = path.read_text()
        read |= set(re.findall(r'(?:environ\.get\(|environ\[|getenv\(|env\.db\()"([A-Z_]+)"', text))
        if path.name == "settings.py":
            read |= set(re.findall(r'(?:read\(env\.\w+, |switch\(|whole\()"([A-Z_]+)"', text))
    read |= set(re.findall(r"\$\{([A-Z_]+)", (ROOT / "docker-compose.yml").read_text()))
    not_ours = {"CI", "DJANGO_SETTINGS_MODULE", "WORKER_HEARTBEAT_FILE"}  # the last is set when a worker starts
    assert read - not_ours == documented


def test_each_variable_is_read_once():
    text = (ROOT / "pamsimas" / "settings.py").read_text()
    names = re.findall(r'(?:read\(env\.\w+, |switch\(|whole\()"([A-Z_]+)"', text)
    assert sorted(names) == sorted(set(names))


# A berita acara repeats its day in figures; a cell of an office's file is shown as a file has it.
SHORT_DATES = {"records/in_words.py", "imports/values/cells.py"}


def test_dates_in_sentences_come_from_the_shared_formatter():
    short = re.compile(r"%d-%m-%Y|\|date:.[dj]-")
    sources = [path for app in layers.LAYERS for path in ROOT.glob(f"{app}/**/*.py")]
    sources += ROOT.glob("templates/**/*.html")
    names = {str(path.relative_to(ROOT)) for path in sources if short.search(path.read_text())}
    assert names == SHORT_DATES
