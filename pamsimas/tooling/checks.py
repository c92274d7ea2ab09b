"""Static checks of `./run check`. Every check runs; the exit code has the result."""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from pamsimas.tooling import layers, locks, names, steps
from pamsimas.tooling.sources import LAYERS

# Modules and folders that mypy reads in every app: of a domain app all folders but views.
SEAMS = ["forms", "importers", "services", "charts", "drawing", "queries", "models", "rules", "parsers", "tasks"]
TYPED = ["jobs", "documents", "imports"]  # apps of which it reads every module
PAGES = {"views", "templatetags", "migrations", "__pycache__"}  # of reports; it reads the rest


def seams():
    """The modules, and packages of modules, that mypy reads."""
    paths = [Path(app, name) for app in LAYERS if app not in TYPED for seam in SEAMS for name in (f"{seam}.py", seam)]
    paths += [path for path in Path("reports").iterdir() if path.name not in PAGES]
    return [*TYPED, *sorted({str(path) for path in paths if path.is_file() or any(path.glob("*.py"))})]


def external(place):
    """(label, command, extra environment) of each check that is a program."""
    python, tool = steps.PYTHON, str(steps.VENV / "bin") + "/"
    demo = {"PAMSIMAS_DATA_DIR": place}
    production = demo | {
        "DATABASE_URL": "postgres://portal@127.0.0.1/portal",
        "SECRET_KEY": "only for this check 0123456789 abcdefghijklmnopqrstuvwxyz",
        "ALLOWED_HOSTS": "portal.example",
        "PROXIES": "1",
    }
    yield "ruff check", [tool + "ruff", "check", "--quiet", "."], {}
    yield "ruff format", [tool + "ruff", "format", "--check", "--quiet", "."], {}
    yield "djlint", [tool + "djlint", "--lint", "--quiet", "templates"], {}
    if seams():
        yield "mypy", [tool + "mypy", "--no-error-summary", *seams()], demo
    yield "makemigrations --check", [python, "manage.py", "makemigrations", "--check", "--dry-run"], demo
    deploy = ["check", "--deploy", "--fail-level", "WARNING"]
    yield "check --deploy", [python, "manage.py", *deploy], production
    yield "pip check", [python, "-m", "pip", "check"], {}


def internal():
    """(label, messages) of each check of our own."""
    yield "layers", layers.faults()
    yield "names", names.faults()
    yield "locks", locks.faults()


def run(command, extra):
    """The output of a failed program, otherwise ""."""
    done = subprocess.run(command, env=os.environ | extra, capture_output=True, text=True)
    return f"{done.stdout}{done.stderr}".strip() or f"code {done.returncode}" if done.returncode else ""


def main():
    failed = []

    def report(label, text, begun):
        steps.say(f"{'✗' if text else '✓'} {label}: {time.monotonic() - begun:.1f} s")
        if text:
            steps.say(text)
            failed.append(label)

    with tempfile.TemporaryDirectory(prefix="pamsimas-check-") as place:
        for label, command, extra in external(place):
            begun = time.monotonic()
            report(label, run(command, extra), begun)
    for label, sentences in internal():
        report(label, "\n".join(sentences), time.monotonic())
    steps.say(f"Failed: {', '.join(failed)}" if failed else "All checks passed.")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
