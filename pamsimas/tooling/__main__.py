"""Entry point of `./run [command]`: prepares what the command needs and runs it.

Commands of the office speak Indonesian, those of developers English.
"""

import os
import secrets
import subprocess
import sys
from pathlib import Path

from pamsimas.tooling import steps, supervisor

ROOT = Path(__file__).resolve().parents[2]

HELP = """\
./run                    pasang, siapkan, lalu jalankan portal; Ctrl-C: henti
./run manage PERINTAH …  perintah Django, misalnya: ./run manage create_admin
./run backup BERKAS      cadangkan basis data dan dokumen ke satu berkas
./run restore BERKAS     pulihkan cadangan ke portal yang masih kosong
./run secret             cetak sebuah SECRET_KEY baru
./run help               daftar ini

For developers:
./run test [ARGUMENT …]  the whole suite; arguments go to pytest
./run test --servers     the suite on a PostgreSQL and a Redis of its own
./run check              lint, format, types, migrations, layers, names, locks
./run format             sort imports and format Python, then lint templates
./run shell              a Python shell with all models imported
./run lock               write requirements*.txt anew from pyproject.toml
./run bench [PART …]     how fast documents, imports and pages are
./run chaos [--servers]  request reports while processes are killed
./run unchanged COMMAND  record FOLDER, compare BEFORE AFTER: what changed

Variabel lingkungan: PORT (8000), HOST (127.0.0.1), PAMSIMAS_DATA_DIR (var/);
lainnya di .env.example. Berkas .env dibaca oleh ./run, manage, backup, restore
dan shell."""


def start(arguments):
    steps.read_env_file()
    steps.install("requirements.txt")
    steps.libraries()
    return supervisor.main()


def manage(arguments):
    steps.read_env_file()
    steps.install("requirements.txt")
    os.execv(steps.PYTHON, [steps.PYTHON, "manage.py", *arguments])


def backup(arguments):
    return manage(["backup", *arguments])


def restore(arguments):
    return manage(["restore", *arguments])


def secret(arguments):
    print(secrets.token_urlsafe(64))


def inside(module, arguments=()):
    """Replaces this process by Python of the virtual environment."""
    os.execv(steps.PYTHON, [steps.PYTHON, "-m", module, *arguments])


def developer():
    steps.use_english()
    steps.install("requirements-dev.txt")
    steps.libraries()


def test(arguments):
    developer()
    steps.browser()
    inside("pamsimas.tooling.suite", arguments)


def check(arguments):
    developer()
    inside("pamsimas.tooling.checks")


def format_(arguments):
    """Formats Python files and checks templates."""
    developer()
    tool = str(steps.VENV / "bin") + "/"
    commands = [["ruff", "check", "--fix", "."], ["ruff", "format", "."], ["djlint", "--lint", "--quiet", "templates"]]
    return max(subprocess.run([tool + name, *options]).returncode for name, *options in commands)


def shell(arguments):
    steps.use_english()
    return manage(["shell", *arguments])


def lock(arguments):
    developer()
    inside("pamsimas.tooling.locks")


def bench(arguments):
    developer()
    inside("tests.bench", arguments)


def chaos(arguments):
    developer()
    inside("tests.chaos", arguments)


def unchanged(arguments):
    developer()
    inside("tests.unchanged", arguments)


def show_help(arguments):
    print(HELP)


COMMANDS = {
    "start": start,
    "manage": manage,
    "backup": backup,
    "restore": restore,
    "secret": secret,
    "test": test,
    "check": check,
    "format": format_,
    "shell": shell,
    "lock": lock,
    "bench": bench,
    "chaos": chaos,
    "unchanged": unchanged,
    "help": show_help,
    "-h": show_help,
    "--help": show_help,
}


def main():
    os.chdir(ROOT)
    if sys.version_info < (3, 11):  # noqa: UP036  (may run with any Python)
        sys.exit("Portal ini memerlukan Python 3.11 atau lebih baru.")
    name, arguments = (sys.argv[1], sys.argv[2:]) if len(sys.argv) > 1 else ("start", [])
    if name not in COMMANDS:
        sys.exit(f"Perintah tidak dikenal: {name}\n\n{HELP}")
    try:
        sys.exit(COMMANDS[name](arguments) or 0)
    except steps.Stop as stop:
        sys.exit(str(stop))
    except KeyboardInterrupt:
        sys.exit(130)


main()
