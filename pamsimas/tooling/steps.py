"""Steps before the portal starts: packages of the machine, virtual environment, lock files.

Each step first checks whether it is done already; only executed ones print their time. They speak
Indonesian to an office that starts its portal, and English to a developer (`use_english`).
"""

import contextlib
import ctypes
import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

BEGUN = time.monotonic()
_english = False
VENV = Path(".venv")
PYTHON = str(VENV / "bin" / "python")
INSTALLED = VENV / "installed.json"
PDF_LIBRARIES = {
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
    "libharfbuzz-subset.so.0": "libharfbuzz-subset0",
}


class Stop(Exception):
    """The command cannot continue; the message says why and what to do."""


def say(text):
    print(text, flush=True)


def use_english():
    """Switches to English until the end of the process, for commands of developers."""
    global _english
    _english = True


def either(indonesian, english):
    """The message in the language of the command."""
    return english if _english else indonesian


@contextlib.contextmanager
def timed(label):
    """Prints the name of the step and, at its end, its time."""
    say(f"· {label} …")
    begun = time.monotonic()
    yield
    say(f"✓ {label}: {time.monotonic() - begun:.1f} {either('d', 's')}")


def read_env_file(path=Path(".env")):
    """Reads NAME=value lines into the environment; variables that are set already win."""
    if not path.exists():
        return
    for number, line in enumerate(path.read_text().splitlines(), 1):
        line = line.strip()
        if not line or line.startswith("#"):
            continue
        name, equals, value = line.partition("=")
        if not equals or not name.strip().isidentifier():
            raise Stop(either(f"{path} baris {number} bukan NAMA=nilai.", f"{path}, line {number}, is not NAME=value."))
        os.environ.setdefault(name.strip(), value.strip().strip("'\""))


# Packages of the machine --------------------------------------------------------------------------------


def as_root():
    """The prefix that runs a command as root without a prompt, or None."""
    if os.geteuid() == 0:
        return []
    sudo = shutil.which("sudo") and subprocess.run(["sudo", "-n", "true"], capture_output=True)
    return ["sudo", "-n"] if sudo and sudo.returncode == 0 else None


def apt(packages, why):
    """Installs Debian packages; raises Stop with the exact command where that is not allowed."""
    command = f"sudo apt-get install -y {' '.join(packages)}"
    root = as_root()
    if root is None or not shutil.which("apt-get"):
        raise Stop(f"{why}\n{either('Jalankan dahulu', 'Run first')}: {command}")
    with timed(f"{either('memasang', 'installing')} {' '.join(packages)}"):
        environment = ["env", "DEBIAN_FRONTEND=noninteractive"]
        install = [
            *root,
            *environment,
            "apt-get",
            "install",
            "-y",
            "-qq",
            "--no-install-recommends",
            *packages,
        ]
        quiet = {"stdin": subprocess.DEVNULL, "capture_output": True, "text": True}
        done = subprocess.run(install, **quiet)
        if done.returncode:  # usually because the list of packages is missing or old
            subprocess.run([*root, *environment, "apt-get", "update", "-qq"], **quiet)
            done = subprocess.run(install, **quiet)
        if done.returncode:
            failed, try_ = either(("Pemasangan gagal", "Coba"), ("The installation failed", "Try"))
            raise Stop(f"{why}\n{failed}: {done.stderr.strip()[-800:]}\n{try_}: {command}")


def libraries():
    """Installs the libraries of WeasyPrint. Without them the portal starts, but makes no PDF."""
    missing = []
    for library, package in PDF_LIBRARIES.items():
        try:
            ctypes.CDLL(library)
        except OSError:
            missing.append(package)
    if missing:
        try:
            apt(missing, either("Pustaka untuk membuat PDF belum terpasang.", "The libraries for PDFs are missing."))
        except Stop as stop:
            rest = either(
                "Portal tetap dijalankan, tetapi PDF belum dapat dibuat.", "It goes on, but no PDF can be made yet."
            )
            say(f"! {stop}\n  {rest}")


def browser():
    """Installs Debian's chromium for the browser tests."""
    if not (shutil.which("chromium") or shutil.which("chromium-browser")):
        apt(["chromium"], "Tests with a browser need chromium.")


def compose():
    """Installs docker-compose, which the tests use to read the compose file, without a container engine."""
    if not shutil.which("docker-compose"):
        apt(["docker-compose"], "Tests of the compose file need docker-compose.")


def front():
    """Installs the nginx in front of the portal in the tests."""
    if not Path("/usr/sbin/nginx").exists():
        apt(["nginx-light"], "Tests of the proxy in front of the portal need nginx.")


def office():
    """The LibreOffice that opens our Word and Excel files in the tests; without windows, half the size."""
    if not shutil.which("soffice"):
        apt(["libreoffice-writer-nogui", "libreoffice-calc-nogui"], "Tests of Word and Excel files need LibreOffice.")


# The virtual environment --------------------------------------------------------------------------------


def fingerprint(name):
    text = Path(name).read_bytes() + sys.version.encode()
    return hashlib.sha256(text).hexdigest()


def make_venv():
    """Creates the virtual environment; one of another or a removed Python is created again."""
    config = VENV / "pyvenv.cfg"
    working = config.exists() and Path(PYTHON).exists()
    if working:
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        working = (VENV / "lib" / f"python{version}").exists() and (VENV / "bin" / "pip").exists()
    if working:
        return
    try:
        import ensurepip  # noqa: F401  # late: system library; Debian ships venv without it
    except ImportError:
        why = either(
            "Python di mesin ini belum dapat membuat lingkungan virtual.",
            "The Python of this machine cannot make a virtual environment yet.",
        )
        apt(["python3-venv"], why)
    with timed(either("membuat .venv", "making .venv")):
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(VENV)], check=True)


def install(lock):
    """Installs a lock file when its hash changed. The lock file for development includes that for production."""
    make_venv()
    wanted = {name: fingerprint(name) for name in covered_by(lock)}
    present = json.loads(INSTALLED.read_text()) if INSTALLED.exists() else {}
    if all(present.get(name) == print_ for name, print_ in wanted.items()):
        return
    with timed(f"{either('memasang', 'installing')} {lock}"):
        pip = [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input"]
        done = subprocess.run([*pip, "--require-hashes", "--only-binary", ":all:", "-r", lock])
        if done.returncode:
            raise Stop(
                either(
                    f"Pemasangan {lock} gagal; periksa sambungan internet, lalu ulangi.",
                    f"Installing {lock} failed; look at the internet connection, then try again.",
                )
            )
    kept = {} if lock == "requirements.txt" else present
    INSTALLED.write_text(json.dumps(kept | wanted))


def covered_by(lock):
    return ["requirements.txt", "requirements-dev.txt"] if lock == "requirements-dev.txt" else [lock]
