"""`./run [command]`: looks the command up and prepares what it needs first."""

import os
import secrets
import sys
from pathlib import Path

from pamsimas.tooling import steps, supervisor

ROOT = Path(__file__).resolve().parents[2]

HELP = """\
./run                     pasang, siapkan, lalu jalankan portal (Ctrl-C menghentikan semuanya)
./run manage PERINTAH …   perintah Django, misalnya: ./run manage create_admin
./run backup BERKAS       cadangkan basis data dan dokumen ke satu berkas
./run restore BERKAS      pulihkan cadangan ke portal yang masih kosong
./run secret              cetak sebuah SECRET_KEY baru
./run test [ARGUMEN …]    seluruh uji; dengan argumen: diteruskan ke pytest
./run test --servers      uji yang sama pada PostgreSQL dan Redis yang dijalankan sendiri,
                          termasuk portal dalam bentuk produksinya
./run check               lint, format, tipe, migrasi, lapisan, setelan produksi, berkas kunci
./run lock                tulis ulang requirements*.txt dari pyproject.toml
./run bench               pengukuran kecepatan
./run chaos [--servers]   laporan diminta sambil proses dimatikan; tidak satu pun boleh hilang atau ganda
./run unchanged PERINTAH  catat halaman dan dokumen, lalu bandingkan: record FOLDER, compare SEBELUM SESUDAH
./run help                daftar ini

Variabel lingkungan: PORT (8000), HOST (127.0.0.1), PAMSIMAS_DATA_DIR (var/); lainnya di .env.example.
Berkas .env, bila ada, dibaca oleh ./run, manage, backup, dan restore."""


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
    """Goes on in the virtual environment, in place of this process."""
    os.execv(steps.PYTHON, [steps.PYTHON, "-m", module, *arguments])


def developer():
    steps.install("requirements-dev.txt")
    steps.libraries()


def test(arguments):
    developer()
    steps.browser()
    inside("pamsimas.tooling.suite", arguments)


def check(arguments):
    developer()
    inside("pamsimas.tooling.checks")


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
    if sys.version_info < (3, 11):  # noqa: UP036  (any Python may come here)
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
