"""`./run` itself: its steps, its supervisor, its messages after a wrong start."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pamsimas.tooling import checks, layers, steps, supervisor

ROOT = Path(__file__).resolve().parents[2]


def run(*arguments, **variables):
    """Returns (exit code, all output) of `./run …` started from another folder."""
    done = subprocess.run(
        [ROOT / "run", *arguments],
        cwd="/",
        env=os.environ | variables,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    )
    return done.returncode, done.stdout + done.stderr


def test_help_tells_every_command():
    code, text = run("help")
    source = (ROOT / "pamsimas/tooling/__main__.py").read_text()
    commands = set(re.findall(r'^    "(\w+)": \w+,$', source, re.MULTILINE)) - {"start"}
    documented = set(re.findall(r"^\./run (\w+)", text, re.MULTILINE))
    assert (code, documented) == (0, commands)
    lines = text.splitlines()
    assert [line for line in lines if len(line) > 80] == []
    assert len(lines) <= 24  # one screen


def test_unknown_command_shows_help():
    code, text = run("strat")
    assert code == 1
    assert text.startswith("Perintah tidak dikenal: strat\n\n./run ")


def test_tooling_starts_with_the_standard_library_alone():
    """-I -S: neither site-packages nor the environment; so it runs before anything is installed."""
    code = (
        f"import sys; sys.path.insert(0, {str(ROOT)!r}); "
        "from pamsimas.tooling import steps, supervisor; print(sorted({'django', 'celery'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-I", "-S", "-c", code], capture_output=True, text=True)
    assert (done.stdout, done.stderr) == ("[]\n", "")


def test_types_are_checked_in_each_folder_of_a_domain_app_but_views():
    folders = {Path(app, name) for app in layers.DOMAIN_APPS for name in layers.FOLDERS if name not in checks.PAGES}
    missing = {str(path) for path in folders if any(path.glob("*.py"))} - set(checks.seams())
    assert missing == set()
    assert {"accounts/models", "records/models", "records/parsers"} <= set(checks.seams())


def test_env_file_does_not_override_what_is_set(tmp_path, monkeypatch):
    monkeypatch.setenv("PORT", "8123")
    monkeypatch.delenv("ALLOWED_HOSTS", raising=False)
    monkeypatch.delenv("SECRET_KEY", raising=False)
    (tmp_path / ".env").write_text("# note\n\nPORT=9000\nALLOWED_HOSTS='portal.test'\nSECRET_KEY=a=b\n")
    monkeypatch.setattr(os, "environ", dict(os.environ))
    steps.read_env_file(tmp_path / ".env")
    assert (os.environ["PORT"], os.environ["ALLOWED_HOSTS"], os.environ["SECRET_KEY"]) == ("8123", "portal.test", "a=b")


def test_bad_line_of_the_env_file_is_named(tmp_path):
    (tmp_path / ".env").write_text("PORT=9000\nHOST 127.0.0.1\n")
    with pytest.raises(steps.Stop, match="baris 2 bukan NAMA=nilai"):
        steps.read_env_file(tmp_path / ".env")


def test_unchanged_lock_is_not_installed_again(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(steps, "make_venv", lambda: None)
    Path(".venv").mkdir()
    Path("requirements.txt").write_text("a==1")
    Path("requirements-dev.txt").write_text("a==1\nb==2")
    calls = []

    def installing(command, **options):
        calls.append(command[-1])
        return subprocess.CompletedProcess(command, 0)

    monkeypatch.setattr(steps.subprocess, "run", installing)
    steps.install("requirements-dev.txt")
    steps.install("requirements.txt")  # contained in requirements-dev.txt
    steps.install("requirements-dev.txt")
    Path("requirements.txt").write_text("a==2")
    steps.install("requirements.txt")
    steps.install("requirements-dev.txt")  # may have been compiled against the old one
    assert calls == ["requirements-dev.txt", "requirements.txt", "requirements-dev.txt"]


def test_without_root_the_exact_command_is_told(monkeypatch):
    monkeypatch.setattr(steps, "as_root", lambda: None)
    with pytest.raises(steps.Stop) as stop:
        steps.apt(["python3-venv"], "Tanpa itu tidak bisa.")
    assert str(stop.value) == "Tanpa itu tidak bisa.\nJalankan dahulu: sudo apt-get install -y python3-venv"


def test_developers_are_told_the_same_in_english(monkeypatch):
    monkeypatch.setattr(steps, "_english", False)
    monkeypatch.setattr(steps, "as_root", lambda: None)
    steps.use_english()
    with pytest.raises(steps.Stop) as stop:
        steps.apt(["chromium"], "Tests with a browser need chromium.")
    assert str(stop.value) == "Tests with a browser need chromium.\nRun first: sudo apt-get install -y chromium"


def test_missing_pdf_library_without_root_does_not_stop_the_start(monkeypatch, capsys):
    monkeypatch.setattr(steps, "PDF_LIBRARIES", {"libnothing-at-all.so.9": "libnothing"})
    monkeypatch.setattr(steps, "as_root", lambda: None)
    steps.libraries()
    message = capsys.readouterr().out
    assert "sudo apt-get install -y libnothing\n" in message
    assert "PDF belum dapat dibuat" in message


def test_port_in_use_is_told(monkeypatch):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        monkeypatch.setenv("PORT", str(taken.getsockname()[1]))
        monkeypatch.setenv("HOST", "127.0.0.1")
        with pytest.raises(steps.Stop, match=r"tidak dapat dipakai .*\nPilih yang lain: PORT=8001"):
            supervisor.address()


@pytest.mark.parametrize("port", ["abc", "0", "65536", "-1"])
def test_bad_port_is_told(monkeypatch, port):
    monkeypatch.setenv("PORT", port)
    with pytest.raises(steps.Stop, match="PORT harus angka 1 sampai 65535"):
        supervisor.address()


def test_second_portal_on_the_same_data_is_refused(tmp_path):
    with supervisor.take_lock(tmp_path), pytest.raises(steps.Stop, match="Portal sudah berjalan"):
        supervisor.take_lock(tmp_path)
    supervisor.take_lock(tmp_path).close()


# The supervisor, with children made for the tests ---------------------------------------------------------

STUBBORN = """
import signal, subprocess, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
grandchild = subprocess.Popen(["sleep", "300"])
print("up", grandchild.pid, flush=True)
time.sleep(300)
"""
DRIVER = """
import sys, threading
from pamsimas.tooling import supervisor
supervisor.PATIENCE = 1
supervisor.commands = lambda host, port: {"web": [sys.executable, "-c", sys.argv[1]]}
sys.exit(supervisor.Supervisor("127.0.0.1", 1).run(lambda ending: None))
"""


def supervise(code):
    return subprocess.Popen(
        [sys.executable, "-c", DRIVER, code],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def gone(pid, patience=10):
    """True once the process has ended (a zombie that nobody reaps counts as ended)."""
    until = time.monotonic() + patience
    while time.monotonic() < until:
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2][0]
        except FileNotFoundError:
            return True
        if state == "Z":
            return True
        time.sleep(0.05)
    return False


def test_what_will_not_end_is_ended_with_its_whole_group():
    process = supervise(STUBBORN)
    prefix, bar, up, grandchild = process.stdout.readline().split()
    assert (prefix, bar, up) == ("web", "|", "up")
    process.send_signal(signal.SIGINT)
    output, _ = process.communicate(timeout=60)
    assert process.returncode == 0
    assert "dihentikan paksa" in output
    assert gone(int(grandchild))


def test_child_that_dies_at_once_is_not_restarted_for_ever():
    process = supervise("import sys; print('no'); sys.exit(3)")
    output, _ = process.communicate(timeout=90)
    assert process.returncode == 1
    assert output.count("web    | no") == supervisor.TOO_OFTEN
    assert "web berhenti (kode 3)" in output
    assert "terlalu sering berhenti" in output


@pytest.mark.skipif(not Path("/usr/bin/setpriv").exists(), reason="setpriv ties a child to its parent")
def test_killed_supervisor_leaves_no_child():
    process = supervise("import os, time; print(os.getpid(), flush=True); time.sleep(300)")
    child = int(process.stdout.readline().split()[-1])
    process.kill()
    process.communicate()
    assert gone(child)
