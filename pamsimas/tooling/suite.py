"""The test suite of `./run test`, in its two ways to run."""

import contextlib
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from pamsimas.tooling import image, servers, steps

# Tests that mostly wait: for the end of leases, for requeueing, for packages of an image, processes, LibreOffice.
WAITING = "kill or image or production or office"
BROWSER = "browser"
WALKS = "tests/conventions/walks"  # all pages as each role
# What takes long and hardly depends on the database; CI runs it on one of them. On PostgreSQL: documents, figures,
# backups, tables of another version, a real nginx, half-sent requests. On SQLite: pages one by one, which WALKS opens
# and posts to on PostgreSQL, and what needs no database: scripts, forms, rules, values, the commands of `./run`.
ON_POSTGRESQL = [
    "tests/documents",
    "tests/monitoring",
    "tests/reports",
    *(f"tests/pamsimas/test_{name}.py" for name in ("backup", "database_version", "front", "web_worker")),
]
ON_SQLITE = [
    *(f"tests/{app}/views" for app in ("imports", "kpspams", "plans", "trainings", "villages")),
    *(f"tests/imports/{name}" for name in ("files", "tables", "values", "test_mess_cells.py", "test_mess_layout.py")),
    *(f"tests/plans/{name}" for name in ("forms", "rules")),
    "tests/villages/rules",
    *(
        f"tests/accounts/test_{name}.py"
        for name in ("roles", "unknown_roles", "role_descriptions", "phones", "password_validators")
    ),
    "tests/records/parsers",
    *(f"tests/records/test_{name}.py" for name in ("letters", "pictures", "formats")),
    *(
        f"tests/pamsimas/test_{name}.py"
        for name in ("containers", "layers", "names", "older_demo", "settings", "tooling", "versions", "watch")
    ),
    *(str(path) for path in sorted(Path("tests").rglob("test_*_js.py"))),
    *(
        f"tests/conventions/test_{name}.py"
        for name in ("docs", "partials", "project", "scope", "static_files", "templates")
    ),
]

CI = bool(os.environ.get("CI"))


def command(*arguments):
    return [steps.PYTHON, "-m", "pytest", *arguments]


def pytest(*arguments, env=None):
    return subprocess.run(command(*arguments), env=env).returncode


def main(arguments):
    steps.use_english()
    if arguments == ["--servers"]:
        if CI:
            steps.say(f"Once in CI, on SQLite: {', '.join(ON_SQLITE)}.")
        steps.compose()
        steps.front()
        steps.office()
        image.install()
        with servers.running() as env:
            return both(env)
    if arguments:
        return pytest(*arguments)
    if CI:
        steps.say(
            f"Once in CI, on PostgreSQL and Redis: {WALKS}, tests marked browser, kill, image, production, office,"
            f" and {', '.join(ON_POSTGRESQL)}."
        )
        return parallel(None, without=ON_POSTGRESQL)
    return both(None)


def both(env):
    """Two processes run what needs the cores; beside them one runs the tests that mostly wait, another the browsers."""
    env = os.environ if env is None else env
    with beside(env, WAITING) as waiting, beside(env | {"TESTS_BESIDE": "1"}, BROWSER) as browsers:
        codes = [parallel(env, without=ON_SQLITE if CI else ()), walks(env), waiting(), browsers()]
    return max(codes, key=abs)


@contextlib.contextmanager
def beside(env, names):
    """Starts the tests with one of these markers; yields a function that waits for them, prints their output and
    returns the exit code.
    """
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(
            command("-q", "-rs", "-m", names, *marked(names)), env=env, stdout=output, stderr=subprocess.STDOUT
        )

        def end():
            code = process.wait()
            output.seek(0)
            steps.say(output.read().decode(errors="replace"))
            return code

        try:
            yield end
        finally:
            process.kill()


def marked(names):
    """The test files that name one of these markers: reading all others takes longer than many a test."""
    mark = re.compile(rf"\bmark\.({names.replace(' or ', '|')})\b")
    return [str(path) for path in sorted(Path("tests").rglob("test_*.py")) if mark.search(path.read_text())]


def parallel(env, without=()):
    ignored = [f"--ignore={path}" for path in [WALKS, *without]]
    return pytest("-n", "auto", "-q", "-rs", "-m", f"not ({BROWSER} or {WAITING})", *ignored, env=env)


def walks(env):
    """The walks are few and long, so an idle process takes some over from the other. Other tests must keep their order,
    because a test of real transactions leaves no database for the next one.
    """
    return pytest("-n", "auto", "--dist", "worksteal", "-q", "-rs", WALKS, env=env)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
