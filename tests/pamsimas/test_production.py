"""The production setup as a whole: gunicorn, PostgreSQL, Redis with its append-only file, worker and beat."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from io import BytesIO
from pathlib import Path

import psycopg2
import pytest
from pypdf import PdfReader

from tests.pamsimas.visitor import Visitor

ROOT = Path(__file__).resolve().parents[2]
SECRET = "kunci-uji-0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFG"
HOST = "portal.test"
PASSWORD = "sumur-bor-desa-2026"
PATIENCE = 200  # seconds: a first start takes more than 90 beside a busy suite; waiting ends once it runs

pytestmark = [
    pytest.mark.production,
    pytest.mark.skipif(
        not (os.environ.get("REDIS_URL") and os.environ.get("DATABASE_URL")),
        reason="the production shape needs PostgreSQL and Redis: ./run test --servers",
    ),
]


def until(holds, what):
    end = time.monotonic() + PATIENCE
    while True:
        found = holds()
        if found:
            return found
        assert time.monotonic() < end, f"Waited {PATIENCE} s for {what}"
        time.sleep(0.2)


def children(pid):
    """Processes whose parent is `pid`: name of the programme to process id."""
    found = {}
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            after = entry.read_text().rpartition(") ")[2].split()
            words = (entry.parent / "cmdline").read_bytes().split(b"\0")
        except OSError:
            continue
        if int(after[1]) == pid and after[0] != "Z":
            name = next((n for n in ("gunicorn", "worker", "beat") if n.encode() in words), "?")
            found[name] = int(entry.parent.name)
    return found


class Portal:
    """`./run` in production, on a separate database."""

    def __init__(self, place):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.server = os.environ["DATABASE_URL"]
        self.command("CREATE DATABASE proof")
        self.environment = os.environ | {
            "DATABASE_URL": self.server.rpartition("/")[0] + "/proof",
            "REDIS_URL": os.environ["REDIS_URL"].rpartition("/")[0] + "/31",
            "PAMSIMAS_DATA_DIR": str(place / "data"),
            "SECRET_KEY": SECRET,
            "ALLOWED_HOSTS": HOST,
            "HTTPS": "1",
            "PROXIES": "1",
            "PORT": str(self.port),
            "PAMSIMAS_ADMIN_PASSWORD": PASSWORD,
        }
        self.log = place / "portal.log"
        with self.log.open("wb") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "pamsimas.tooling"],
                cwd=ROOT, env=self.environment, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT,
            )  # fmt: skip

    def command(self, sql):
        connection = psycopg2.connect(self.server)
        connection.autocommit = True
        connection.cursor().execute(sql)
        connection.close()

    def manage(self, *arguments):
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT, env=self.environment, stdin=subprocess.DEVNULL, capture_output=True, text=True,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def ready(self):
        """The JSON of /readyz, or nothing while no server responds."""
        assert self.process.poll() is None, self.log.read_text(errors="replace")[-4000:]
        try:
            status, _, body = Visitor(self.port, HOST).request("GET", "/readyz")
        except OSError:
            return None
        return (status, json.loads(body))

    def end(self):
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(60)
        finally:
            self.process.kill()


WELL = (200, {"status": "ok", "database": "ok", "broker": "ok", "worker": "ok"})


@pytest.fixture(scope="module")
def portal(tmp_path_factory):
    portal = Portal(tmp_path_factory.mktemp("production"))
    try:
        until(lambda: portal.ready() == WELL, f"/readyz; {portal.log}")
        portal.manage(
            "create_admin", "--username", "kepala", "--name", "Kepala DPMU",
            "--kode", "18.11", "--kabupaten", "Mesuji", "--provinsi", "Lampung",
        )  # fmt: skip
        yield portal
    finally:
        portal.end()
        portal.command("DROP DATABASE proof WITH (FORCE)")


@pytest.fixture
def admin(portal):
    visitor = Visitor(portal.port, HOST)
    status, _, body = visitor.submit("/masuk/", username="kepala", password=PASSWORD)
    assert (status, visitor.path) == (200, "/"), plain(body)
    return visitor


def test_health_answers_without_login(portal):
    status, headers, body = Visitor(portal.port, HOST).request("GET", "/healthz")
    assert (status, headers["Content-Type"], json.loads(body)) == (200, "application/json", {"status": "ok"})


def test_plain_http_is_sent_to_tls(portal):
    status, headers, _ = Visitor(portal.port, HOST).request("GET", "/masuk/", X_Forwarded_Proto="http")
    assert (status, headers["Location"]) == (301, f"https://{HOST}/masuk/")


def test_unknown_host_is_refused(portal):
    assert Visitor(portal.port, "evil.test").request("GET", "/masuk/")[0] == 400


def test_security_headers_and_secure_cookies(portal):
    _, headers, _ = Visitor(portal.port, HOST).request("GET", "/masuk/")
    assert set(headers["Content-Security-Policy"].split("; ")) == {
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "font-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    }
    assert headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    for cookie in headers.get_all("Set-Cookie"):
        assert "Secure" in cookie
        assert "SameSite=Lax" in cookie


def test_static_files_are_compressed_and_kept(portal):
    _, _, body = Visitor(portal.port, HOST).get("/masuk/")
    address = body.decode().split('rel="stylesheet" href="')[1].split('"')[0]
    status, headers, _ = Visitor(portal.port, HOST).request("GET", address, Accept_Encoding="br")
    assert (status, headers["Content-Encoding"]) == (200, "br")
    assert "immutable" in headers["Cache-Control"]


def test_no_demo_account_opens_the_door(portal):
    visitor = Visitor(portal.port, HOST)
    visitor.submit("/masuk/", username="admin", password="contoh-pamsimas")
    assert visitor.path == "/masuk/"


def test_admin_reaches_home(admin):
    assert admin.get("/")[0] == 200


def test_worker_answers_the_question_of_its_container(portal):
    done = subprocess.run(
        [sys.executable, "-m", "celery", "-A", "pamsimas", "inspect", "ping", "--timeout", "10"],
        cwd=ROOT, env=portal.environment, stdin=subprocess.DEVNULL, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert "1 node online" in done.stdout


def plain(body):
    """The text of a page, for an error message."""
    return " ".join(re.sub(r"<[^>]+>", " ", body.decode()).split())


def options(body, select):
    """Text to value of the options of one select."""
    inside = body.decode().split(f'name="{select}"')[1].split("</select>")[0]
    return {text.strip(): value for value, text in re.findall(r'<option value="([^"]*)"[^>]*>([^<]*)', inside)}


def test_main_road_from_the_village_list_to_the_downloaded_attendance_sheet(portal, admin):
    """Imports villages, enters a training, adds walk-in participants, marks them, requests, downloads and reads the
    sheet.
    """
    village_list = ROOT / "villages" / "data" / "villages_18_11.csv"
    message = portal.manage("import_villages", str(village_list), "--kabupaten", "Mesuji", "--edisi", "Uji")
    assert message.startswith("105 desa: 105 ditambahkan")

    status, _, body = admin.submit(
        "/pelatihan/baru/",
        title="Pelatihan bentuk produksi",
        fiscal_year="2026",
        first_date="23-11-2026",
        day_count="1",
        still_save="on",
        venue="Aula",
        organiser="Dinas",
    )
    assert re.fullmatch(r"/pelatihan/\d+/", admin.path), plain(body)
    training = admin.path
    villages = options(admin.get(f"{training}peserta/baru/")[2], "village")
    people = [("Suparman", "L", "hadir"), ("Ni Luh Sari", "P", "izin"), ("O'Brien <b>Tebal</b>", "L", "hadir")]
    for name, sex, _ in people:
        admin.submit(
            f"{training}peserta/baru/", name=name, sex=sex, village=villages["Desa Sungai Badak"], walk_in="on"
        )
    cells = re.findall(r'name="(k-\d+-\d+)"', admin.get(f"{training}kehadiran/")[2].decode())
    assert len(cells) == len(people)
    status, _, body = admin.submit(
        f"{training}kehadiran/", **{cell: mark for cell, (_, _, mark) in zip(cells, people, strict=True)}
    )
    assert status == 200, plain(body)

    status, _, _ = admin.submit(
        f"{training}kehadiran/", action="/laporan/minta/", having={"mode": "filled", "subject": "day"}
    )
    assert status == 200
    found = until(lambda: re.search(r"/laporan/\d+/unduh/", admin.get("/laporan/")[2].decode()), "the report")
    status, headers, content = admin.get(found.group())
    assert (status, headers["Content-Type"], content[:5]) == (200, "application/pdf", b"%PDF-")
    text = "\n".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)
    assert [name for name, _, _ in people if name not in text] == []
    assert "DATA CONTOH" not in text


@pytest.mark.parametrize("name", ["worker", "beat", "gunicorn"])
def test_killed_child_is_started_again(portal, name):
    before = children(portal.process.pid)
    os.kill(before[name], signal.SIGKILL)
    until(lambda: children(portal.process.pid).get(name, before[name]) != before[name], f"a new {name}")
    until(lambda: portal.ready() == WELL, "/readyz")
    assert sorted(children(portal.process.pid)) == sorted(before)


def test_sigterm_ends_everything(tmp_path, portal):
    """The last test of this module: afterwards no process of the portal is left, and the port is free."""
    group = children(portal.process.pid)
    portal.process.send_signal(signal.SIGTERM)
    assert portal.process.wait(60) == 0
    assert {name for name, pid in group.items() if Path(f"/proc/{pid}").exists()} == set()
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", portal.port)) != 0
