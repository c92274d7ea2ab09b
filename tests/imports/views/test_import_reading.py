"""Files are read by a worker: the pages meanwhile, and no page opens a file."""

import csv
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.urls import get_resolver, reverse

from imports.files import books
from imports.models import ImportRun
from imports.services import lifecycle
from imports.tables import contents
from tests import factories as make
from tests.imports.office import book, preview, save, uploaded, work

pytestmark = pytest.mark.django_db

HEAD = ["Kode desa", "Desa", "Kode pos"]
FILE = book(("Data", [HEAD, ["18.11.01.2001", "Wiralaga I", "34697"], ["18.11", "Rusak", "x"]]))
BROKEN = b"PK\x03\x04 bukan buku kerja"


@pytest.fixture
def staff(client):
    user = make.AdminFactory()
    make.SubdistrictFactory(code="18.11.01", name="Mesuji", district=user.district)
    client.force_login(user)
    return user


def page(name, *args):
    return reverse(f"imports:{name}", args=args)


def upload(client, content, name="desa.xlsx"):
    return client.post(page("import_create"), {"kind": "villages", "file": SimpleUploadedFile(name, content)})


@pytest.fixture
def nobody_reads(monkeypatch):
    """Makes every way of opening a workbook, an archive or a CSV fail; call it after the worker's part."""

    def arm():
        def opened(*args, **kwargs):
            raise AssertionError("a page opens a file of an import")

        monkeypatch.setattr(zipfile.ZipFile, "_RealGetContents", opened)
        monkeypatch.setattr(csv, "reader", opened)
        monkeypatch.setattr(books, "read", opened)
        monkeypatch.setattr("openpyxl.load_workbook", opened)

    return arm


def runs(staff) -> dict[str, ImportRun]:
    """An import at each step, made by the worker."""
    make.VillageFactory(code="18.11.01.2001", name="Wiralaga I", subdistrict=staff.district.subdistricts.get())
    failed = lifecycle.hand_in("villages", "18.11", SimpleUploadedFile("rusak.xlsx", BROKEN), by=staff)
    return {
        "waiting": lifecycle.hand_in("villages", "18.11", SimpleUploadedFile("antre.xlsx", FILE), by=staff),
        "failed": work(failed),
        "map": uploaded("villages", FILE, staff),
        "csv": uploaded("villages", b"Kode desa;Desa\n18.11.01.2001;Wiralaga I\n", staff, name="desa.csv"),
        "preview": preview("villages", FILE, staff),
        "done": save(preview("villages", FILE, staff), staff, "good"),
    }


def sent_to(name: str, run: ImportRun) -> dict:
    mapping = {f"c_{column}": how["title"] for column, how in run.mapping.items()}
    return {
        "import_sheets": {"use_0": "on", "header_0": "0", "sign": "koma"},
        "import_columns": mapping,
        "import_apply": {"cara": "good"},
    }.get(name, {})


def test_no_page_of_an_import_opens_its_file(client, staff, nobody_reads):
    made = runs(staff)
    names = {name for name in get_resolver("imports.urls").reverse_dict if str(name).startswith("import_")}
    own = names - {"import_list", "import_create", "import_template"}
    assert own >= {"import_detail", "import_sheets", "import_columns", "import_errors"}
    nobody_reads()
    assert client.get(page("import_list")).status_code == 200
    for content, name in ((FILE, "desa.xlsx"), (BROKEN, "desa.xlsx"), (b"Desa;Kode\nA;1\n", "desa.csv")):
        assert upload(client, content, name).status_code == 302
    answers = {answer for name in own for run in made.values() for answer in answers_of(client, name, run)}
    assert answers == {200, 302, 405, 422}


def answers_of(client, name, run) -> list[int]:
    """Status codes of GET and POST, rolled back so that the import stays as it is."""
    with transaction.atomic():
        looked = client.get(page(name, run.pk)).status_code
        sent = client.post(page(name, run.pk), sent_to(name, run)).status_code
        transaction.set_rollback(True)
    return [looked, sent]


def test_the_page_waits_while_the_file_is_read_and_then_has_the_columns(client, staff):
    place = upload(client, FILE)["Location"]
    run = ImportRun.objects.get()
    assert (run.step, run.state, run.contents) == ("read", "queued", {})
    text = client.get(place).text
    assert ("Berkas sedang dibaca" in text, "data-import-working" in text, 'http-equiv="refresh"' in text) == (
        True,
        True,
        True,
    )
    work(run)
    text = client.get(place).text
    assert ("Kolom “Kode desa”" in text, "data-import-working" in text) == (True, False)


@pytest.mark.parametrize(
    ("content", "name", "message"),
    [
        (BROKEN, "desa.xlsx", "Berkas rusak atau bukan XLSX yang utuh."),
        (book(("Kosong", [])), "desa.xlsx", "Berkas tidak berisi satu baris pun."),
        (b"Desa;\0Kode", "desa.csv", "Berkas bukan teks CSV."),
    ],
)
def test_a_file_that_cannot_be_read_says_so_and_shows_the_ways_on(client, staff, content, name, message):
    place = upload(client, content, name)["Location"]
    run = work(ImportRun.objects.get())
    assert (run.step, run.state) == ("read", "failed")
    text = client.get(place, follow=True).text
    assert message in text
    assert f"{page('import_create')}?jenis=villages" in text
    client.post(page("import_retry", run.pk))
    assert work(run).state == "failed"
    client.post(page("import_cancel", run.pk))
    run.refresh_from_db()
    assert (run.step, run.file.name, run.contents) == ("cancelled", "", {})


@pytest.mark.parametrize("state", ["queued", "running"])
def test_cancelling_while_a_file_waits_or_is_read(client, staff, state, monkeypatch):
    upload(client, FILE)
    run = ImportRun.objects.get()
    if state == "queued":
        client.post(page("import_cancel", run.pk))
    else:
        read = books.read

        def cancelled_meanwhile(*args, **kwargs):
            client.post(page("import_cancel", run.pk))
            return read(*args, **kwargs)

        monkeypatch.setattr(books, "read", cancelled_meanwhile)
    run = work(run)
    assert (run.step, run.state, run.contents, run.file.name) == ("cancelled", "ready", {}, "")


def test_another_sign_is_read_by_the_worker_and_one_that_fails_leaves_what_was_known(client, staff, monkeypatch):
    run = uploaded("villages", b"Kode desa;Desa,Kode pos\n18.11.01.2001;Wiralaga I,34697\n", staff, name="desa.csv")
    known, mapping = run.contents, run.mapping
    data = {"use_0": "on", "header_0": "1", "sign": "koma"}
    assert client.post(page("import_sheets", run.pk), data)["Location"] == page("import_columns", run.pk)
    with monkeypatch.context() as small:
        small.setattr(books, "MAX_BYTES", 10)
        run = work(run)
    assert (run.step, run.state, run.contents, run.mapping) == ("map", "ready", known, mapping)
    assert "Berkas lebih besar" in client.get(page("import_columns", run.pk)).text
    client.post(page("import_sheets", run.pk), data)
    run = work(run)
    assert (run.sheets, run.error) == ([{"name": "CSV", "header": 1, "sign": ","}], "")
    assert list(contents.titles(run, contents.sheets_of(run)).values()) == ["Kode desa;Desa", "Kode pos"]


def test_titles_below_what_was_kept_are_read_by_the_worker(staff, monkeypatch):
    monkeypatch.setattr(contents, "MAX_LETTERS", 50)
    rows = [["Daftar desa tahun ini", str(number)] for number in range(6)]
    run = uploaded("villages", book(("Data", [*rows, HEAD, ["18.11.01.2001", "Wiralaga I", "34697"]])), staff)
    run.contents["sheets"][0]["rows"] = run.contents["sheets"][0]["rows"][:5]
    run.save(update_fields=["contents"])
    lifecycle.choose_sheets(run, [{"name": "Data", "header": 2}])
    assert (run.step, run.state) == ("map", "ready")
    lifecycle.choose_sheets(run, [{"name": "Data", "header": 7}])
    assert (run.step, run.state) == ("read", "queued")
    run = work(run)
    assert (run.step, run.sheets, set(run.mapping)) == (
        "map",
        [{"name": "Data", "header": 7}],
        {"village_code", "village", "postal_code"},
    )


def test_what_is_kept_of_a_file_is_bounded(staff):
    cells = ["x" * 2_000] * 100
    run = uploaded("villages", book(("Data", [HEAD, *[cells] * 59])), staff)
    (sheet,) = run.contents["sheets"]
    assert (len(sheet["rows"]), sheet["last"]) == (20, 60)
    assert len(sheet["rows"][1][1][0]) == contents.MAX_CELL


def test_an_import_that_came_before_its_file_was_kept_so_is_read_on_request(client, staff):
    run = make.ImportRunFactory(step="map", by=staff, contents={})
    assert client.get(page("import_columns", run.pk))["Location"] == page("import_detail", run.pk)
    assert "Baca berkas</button>" in client.get(page("import_detail", run.pk)).text
    client.post(page("import_retry", run.pk))
    work(run)
    assert client.get(page("import_columns", run.pk)).status_code == 200
