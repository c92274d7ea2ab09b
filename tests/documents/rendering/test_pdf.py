import base64
import io
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from pypdf import PdfReader

from documents.rendering import pdf
from tests.documents.samples import words_of

PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="


def page(body, head=""):
    return f'<!doctype html><html lang="id"><head><title>Uji</title>{head}</head><body>{body}</body></html>'


def test_the_file_says_language_title_and_structure():
    made = pdf.make(page("<h1>Daftar</h1><table><tr><th>No</th></tr><tr><td>1</td></tr></table>"))
    catalog = PdfReader(io.BytesIO(made.content)).trailer["/Root"]
    assert made.pages == 1
    assert catalog["/Lang"] == "id"
    assert catalog["/MarkInfo"]["/Marked"]
    assert PdfReader(io.BytesIO(made.content)).metadata.title == "Uji"


def test_dates_come_from_the_page():
    dated = '<meta name="dcterms.created" content="2018-12-04">'
    made = PdfReader(io.BytesIO(pdf.make(page("x", dated)).content))
    assert made.metadata["/CreationDate"] == "D:20181204"
    plain = PdfReader(io.BytesIO(pdf.make(page("x")).content))
    assert "/CreationDate" not in plain.metadata


def test_the_bundled_font_is_used():
    fonts = PdfReader(io.BytesIO(pdf.make(page("a<b>b</b>")).content)).pages[0]["/Resources"]["/Font"]
    names = {font.get_object()["/BaseFont"].split("+")[1] for font in fonts.values()}
    assert names == {"Pamsimas-Sans", "Pamsimas-Sans-Bold"}


def test_equal_pages_give_equal_bytes_in_every_process():
    code = (
        "import django; django.setup(); import hashlib; from documents.rendering import pdf;"
        "print(hashlib.sha256(pdf.make('<html lang=id><title>U</title><p>Satu <b>dua</b></p>').content).hexdigest())"
    )
    root = Path(__file__).resolve().parents[3]
    run = [
        subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True).stdout
        for _ in range(2)
    ]
    assert run[0] == run[1]
    assert len(run[0].strip()) == 64


class _Ears(BaseHTTPRequestHandler):
    heard: list[str] = []

    def do_GET(self):
        self.heard.append(self.path)
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"RAHASIA-DARI-JARINGAN")

    def log_message(self, *args):
        pass


@pytest.fixture
def listener():
    _Ears.heard = []
    server = HTTPServer(("127.0.0.1", 0), _Ears)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def payloads(secret: Path, host: str) -> list[str]:
    file, web = secret.as_uri(), f"http://{host}/x"
    found = []
    for address in (file, web, f"//{host}/x", f"FILE://{secret}", f"ftp://{host}/x", f"bundled:{secret}", str(secret)):
        found += [
            f'<img src="{address}" alt="">',
            f'<link rel="stylesheet" href="{address}">',
            f'<link rel="attachment" href="{address}">',
            f'<a rel="attachment" href="{address}">lampiran</a>',
            f'<style>@import url("{address}");</style>',
            f'<div style="background: url({address})">x</div>',
            f'<object data="{address}"></object><embed src="{address}">',
            f'<svg xmlns="http://www.w3.org/2000/svg"><image href="{address}"/><use href="{address}#a"/></svg>',
        ]
    svg = base64.b64encode(
        f'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><image href="{file}"/></svg>'.encode()
    ).decode()
    return [*found, f'<img src="data:image/svg+xml;base64,{svg}">', f'<base href="{file}"><img src="x">']


def test_no_address_is_read(tmp_path, listener):
    secret = tmp_path / "rahasia.txt"
    secret.write_text("RAHASIA-DARI-BERKAS")
    tried = payloads(secret, listener)
    assert len(tried) > 50
    for body in tried:
        made = pdf.make(page(f"<p>isi</p>{body}"))
        reader = PdfReader(io.BytesIO(made.content))
        assert "isi" in words_of(made.content), body
        assert not reader.attachments, body
        streams = [
            item.get_data()
            for item in map(reader.get_object, range(1, len(reader.xref[0]) + 1))
            if hasattr(item, "get_data")
        ]
        assert not any(b"RAHASIA" in data for data in streams), body
        assert b"RAHASIA" not in made.content, body
    assert _Ears.heard == []


def test_a_picture_in_the_page_is_printed():
    made = pdf.make(page(f'<img src="data:image/png;base64,{PIXEL}" alt="lambang">'))
    assert len(PdfReader(io.BytesIO(made.content)).pages[0].images) == 1


def test_a_missing_font_ends_the_document_loudly(monkeypatch):
    pdf.forget()
    monkeypatch.setitem(pdf.BUNDLED, "bundled:bold", ("pamsimas/fonts/tidak-ada.ttf", "font/ttf"))
    try:
        with pytest.raises(pdf.PdfRefused):
            pdf.make(page("x"))
    finally:
        pdf.forget()


def test_a_missing_system_library_is_told_in_words(monkeypatch):
    def broken(name, *args, **kwargs):
        if name == "weasyprint":
            raise OSError("cannot load library 'libpango-1.0-0'")
        return real(name, *args, **kwargs)

    real = __import__
    pdf.forget()
    monkeypatch.setattr("builtins.__import__", broken)
    with pytest.raises(pdf.PdfUnavailable, match=r"^PDF belum dapat dibuat di mesin ini: pasang .*libpango"):
        pdf.make(page("x"))


def test_the_collector_is_held_and_given_back():
    import gc

    assert gc.isenabled()
    with pdf.garbage_held():
        assert not gc.isenabled()
        with pdf.garbage_held():
            pass
        assert not gc.isenabled()
    assert gc.isenabled()
