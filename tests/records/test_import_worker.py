"""Imports whose worker process is killed while it reads the file: another worker takes the row over."""

import io
import time
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from imports import tasks
from imports.models import ImportRow, ImportRun
from imports.services import lifecycle
from records.search_keys import search_key
from tests import factories

TWO_MINUTES = 120  # promised to users when a worker dies
TEXTS = 300_000  # shared strings of a workbook: a worker takes more than a second to read them, before any row

PARTS = {
    "[Content_Types].xml": "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'/>",
    "xl/_rels/workbook.xml.rels": (
        "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'><Relationship Id='r1' "
        "Type='http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet' "
        "Target='worksheets/sheet1.xml'/></Relationships>"
    ),
    "xl/workbook.xml": (
        "<workbook xmlns:r='http://schemas.openxmlformats.org/officeDocument/2006/relationships'><sheets>"
        "<sheet name='Rekap' sheetId='1' r:id='r1'/></sheets></workbook>"
    ),
}
TITLES = ("Kecamatan", "Desa", "Jumlah KK", "Tahun data penduduk")
ROWS = [TITLES, ("Mesuji", "Karya Tani", "512", "2024")]
KNOWN = dict(zip(("subdistrict", "village", "households", "figures_year"), TITLES, strict=True))


def slow_book() -> bytes:
    """A small list of villages among this number of unused strings."""
    words = [*(word for row in ROWS for word in row), *(f"kata {number}" for number in range(TEXTS))]
    strings = "".join(f"<si><t>{word}</t></si>" for word in words)
    cells, cell = iter(range(len(words))), "<c t='s'><v>{}</v></c>"
    rows = "".join(
        f"<row r='{line}'>{''.join(cell.format(next(cells)) for _ in row)}</row>" for line, row in enumerate(ROWS, 1)
    )
    parts = PARTS | {
        "xl/sharedStrings.xml": f"<sst>{strings}</sst>",
        "xl/worksheets/sheet1.xml": f"<worksheet><sheetData>{rows}</sheetData></worksheet>",
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return out.getvalue()


def wait_for(run, condition, patience):
    until = time.monotonic() + patience
    while time.monotonic() < until:
        connection.close()  # a fresh query, whatever the isolation level
        run.refresh_from_db()
        if condition(run):
            return
        time.sleep(0.05)
    raise AssertionError(f"still {run.step}, {run.state} after {patience} s, attempts {run.attempts}: {run.error}")


def stored_files(settings) -> set[str]:
    """Files of imports; the folder is that of the whole test process, and other tests leave theirs in it."""
    return {path.name for path in (settings.MEDIA_ROOT / "imports").glob("*")}


def arrives(run, patience):
    """Waits while stale imports are requeued as beat does: a message may go to a worker that just died."""
    until = time.monotonic() + patience
    while time.monotonic() < until:
        tasks.requeue_stale_imports.delay()
        try:
            return wait_for(run, lambda row: not row.is_under_way, 5)
        except AssertionError:
            continue
    raise AssertionError(f"still {run.step}, {run.state}, attempts {run.attempts}: {run.error}")


@pytest.fixture
def admin(transactional_db):
    admin = factories.AdminFactory()
    place = factories.SubdistrictFactory(code="18.11.01", name="Mesuji", district=admin.district)
    factories.VillageFactory(code="18.11.01.2001", name="Karya Tani", subdistrict=place)
    return admin


@pytest.fixture
def worker_environment(worker_environment, settings):
    # The worker stores its files where its settings say; this test reads them there.
    from tests.conftest import DATA_DIR

    settings.MEDIA_ROOT = DATA_DIR / "media"
    return worker_environment


@pytest.mark.kill
@pytest.mark.timeout(300)
def test_a_worker_killed_while_it_reads_an_import_is_followed_by_another(start_worker, admin, settings):
    left_by_others = stored_files(settings)
    first = start_worker()
    run = lifecycle.hand_in("villages", "18.11", SimpleUploadedFile("rekap.xlsx", slow_book()), by=admin)
    wait_for(run, lambda row: row.state == ImportRun.State.RUNNING, 60)
    first.kill()
    killed = time.monotonic()
    connection.close()
    run.refresh_from_db()
    assert (run.step, run.state, run.attempts, run.contents) == ("read", "running", 1, {})

    second = start_worker()
    arrives(run, TWO_MINUTES - (time.monotonic() - killed))
    assert (run.step, run.state, run.attempts) == ("map", "ready", 2), second.log
    assert run.sheets == [{"name": "Rekap", "header": 1}]
    assert run.mapping == {name: {"title": search_key(title)} for name, title in KNOWN.items()}
    assert (ImportRun.objects.count(), ImportRow.objects.count()) == (1, 0)
    assert len(stored_files(settings) - left_by_others) == 1

    lifecycle.map_columns(run, run.mapping, by=admin)
    arrives(run, TWO_MINUTES)
    lifecycle.save(run, ImportRun.Mode.ALL, by=admin)
    arrives(run, TWO_MINUTES)
    assert (run.step, run.counts["rows"], run.counts["changed"]) == ("done", 1, 1), second.log
    assert run.effects.count() == 1
