"""The lifecycle of an import: steps, cancelling, two writers, a portal that changed, a worker that died."""

import io
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from imports.files import books
from imports.models import ColumnMap, ImportEffect, ImportRow, ImportRun
from imports.services import lifecycle, worker
from imports.tables.columns import letter
from jobs.queue import requeue_stale
from records.models import Event
from tests import factories as make
from tests.imports.office import book, figures, hand_in, imported, preview, save, table, undone, uploaded, work, wrongs
from villages.models import Village

pytestmark = pytest.mark.django_db

HEAD = ["Kode desa", "Desa", "Jumlah KK", "Tahun data penduduk"]
ROW = ["18.11.01.2001", "Wiralaga I", 820, 2025]
FILE = book(("Data", [HEAD, ROW]))


@pytest.fixture
def staff():
    user = make.AdminFactory()
    make.SubdistrictFactory(code="18.11.01", name="Mesuji", district=user.district)
    return user


def upload(content=FILE, name="desa.xlsx"):
    return SimpleUploadedFile(name, content)


def test_the_same_upload_twice_is_one_import(staff):
    key = "7b7fd7a0-5c11-4d2b-9d5a-0d2f2b1c7e11"
    first = lifecycle.hand_in("villages", "18.11", upload(), by=staff, key=key)
    again = lifecycle.hand_in("villages", "18.11", upload(), by=staff, key=key)
    assert (first.pk, ImportRun.objects.count()) == (again.pk, 1)


def test_a_refused_file_leaves_nothing(staff):
    with pytest.raises(ValidationError):
        lifecycle.hand_in("villages", "18.11", upload(b"<html><table>"), by=staff)
    assert ImportRun.objects.count() == 0


def test_the_mapping_is_remembered_for_the_same_titles(staff):
    content = book(("Data", [["Nomor", "Sebutan"], ["18.11.01.2001", "Wiralaga I"]]))
    run = hand_in("villages", content, staff, titles={"village_code": "nomor", "village": "sebutan"})
    # One for these titles, one for those of the file of its bad rows.
    assert [known.mapping for known in ColumnMap.objects.all()] == [run.mapping, run.mapping]
    again = uploaded("villages", content, make.UserFactory())
    assert again.mapping == run.mapping


def test_a_column_that_nobody_mapped_is_not_kept(staff):
    content = book(("Data", [[*HEAD, "NIK"], [*ROW, "1811012001000001"]]))
    run = preview("villages", content, staff)
    assert "1811012001000001" not in str(run.rows.get().raw)


def test_the_file_goes_when_its_work_is_done(staff, django_capture_on_commit_callbacks):
    run = preview("villages", FILE, staff)
    storage, name = run.file.storage, run.file.name
    assert storage.exists(name)
    with django_capture_on_commit_callbacks(execute=True):
        run = save(run, staff)
        assert (storage.exists(name), run.file.name) == (True, "")  # a step that is rolled back leaves the file
    assert not storage.exists(name)
    assert run.rows.get().raw == {}


def test_two_clicks_save_once(staff):
    run = preview("villages", FILE, staff)
    lifecycle.save(run, "all", by=staff)
    with pytest.raises(ValidationError, match="sudah berpindah tahap"):
        lifecycle.save(ImportRun.objects.get(pk=run.pk), "all", by=staff)
    work(run)
    work(run)
    assert (Village.objects.count(), Event.objects.filter(kind="villages.village").count()) == (1, 1)


def test_errors_stand_in_the_way_of_all_or_nothing(staff):
    run = preview("villages", book(("Data", [HEAD, ROW, ["18", "Rusak"]])), staff)
    with pytest.raises(ValidationError, match="Perbaiki dahulu, atau simpan hanya baris yang benar"):
        lifecycle.save(run, "all", by=staff)
    assert not Village.objects.exists()


def test_one_import_is_written_at_a_time(staff):
    first = preview("villages", FILE, staff)
    second = preview("villages", book(("Data", [HEAD, ["18.11.01.2002", "Wiralaga II"]])), staff)
    lifecycle.save(first, "all", by=staff)
    with pytest.raises(ValidationError, match="Impor lain sedang disimpan"):
        lifecycle.save(second, "all", by=staff)
    work(first)
    second.refresh_from_db()
    assert save(second, staff).step == "done"


def test_one_writer_is_a_promise_of_the_database():
    make.ImportRunFactory(step="apply", state="queued")
    with pytest.raises(IntegrityError), transaction.atomic():
        make.ImportRunFactory(step="undo", state="running")


def test_each_promise_of_the_rows_is_kept_by_the_database():
    row = make.ImportRowFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        make.ImportRowFactory(run=row.run, number=row.number)
    known = make.ColumnMapFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        make.ColumnMapFactory(fingerprint=known.fingerprint)


def test_a_portal_that_moved_is_shown_again_before_anything_is_saved(staff):
    run = preview("villages", FILE, staff)
    make.VillageFactory(code=ROW[0], name=ROW[1], subdistrict=staff.district.subdistricts.get())
    run = save(run, staff)
    assert (run.step, run.state, Village.objects.get().households) == ("check", "queued", None)
    run = work(run)
    assert (run.step, run.counts["notice"], run.rows.get().verdict) == ("preview", worker.STALE, "change")
    assert save(run, staff).counts["changed"] == 1


def test_a_row_changed_between_plan_and_writing_is_not_overwritten(staff, monkeypatch):
    imported("villages", FILE, staff)
    run = preview("villages", book(("Data", [HEAD, [*ROW[:2], 900, 2025]])), staff)
    write = worker._write

    def meanwhile(*args):
        Village.objects.update(postal_code="34697", version=2)
        write(*args)

    monkeypatch.setattr(worker, "_write", meanwhile)
    run = save(run, staff)
    assert (run.step, run.state) == ("check", "queued")
    assert (Village.objects.get().households, ImportEffect.objects.filter(run=run).count()) == (820, 0)


def test_a_worker_that_dies_while_writing_leaves_nothing(staff, monkeypatch):
    run = preview("villages", FILE, staff)
    lifecycle.save(run, "all", by=staff)

    def die(*args, **kwargs):
        raise MemoryError

    with monkeypatch.context() as broken:
        broken.setattr(worker.history, "record", die)
        with pytest.raises(MemoryError):
            work(run)
    run.refresh_from_db()
    assert (run.state, run.step, Village.objects.count(), ImportEffect.objects.count()) == ("failed", "apply", 0, 0)
    lifecycle.retry(run)
    assert (work(run).step, Village.objects.count()) == ("done", 1)


@pytest.mark.parametrize("step", ["read", "check"])
@pytest.mark.parametrize("state", ["queued", "running"])  # its message is lost, or its worker died
def test_a_lost_job_is_rung_again_and_given_up_at_last(staff, monkeypatch, step, state):
    enqueued = []
    monkeypatch.setattr("jobs.queue.enqueue", lambda jobs, job_id: enqueued.append(job_id))
    run = make.ImportRunFactory(step=step, state=state, lease_until=timezone.now() - timedelta(seconds=1))
    assert (requeue_stale(ImportRun), enqueued) == (1, [run.pk])
    ImportRun.objects.update(attempts=ImportRun.MAX_ATTEMPTS)
    assert requeue_stale(ImportRun) == 0
    run.refresh_from_db()
    assert (run.state, run.error) == ("failed", ImportRun.GIVEN_UP)


def test_a_held_import_is_left_alone(staff):
    make.ImportRunFactory(step="check", state="running", lease_until=timezone.now() + timedelta(seconds=30))
    assert requeue_stale(ImportRun) == 0


def test_cancelling_before_a_worker_came(staff):
    run = preview("villages", FILE, staff)
    assert lifecycle.cancel(run, by=staff)
    assert (run.step, run.file.name) == ("cancelled", "")
    with pytest.raises(ValidationError):
        lifecycle.save(run, "all", by=staff)


def test_cancelling_while_a_worker_plans_saves_nothing(staff):
    run = preview("villages", FILE, staff)
    lifecycle.save(run, "all", by=staff)
    assert not lifecycle.cancel(run, by=staff)
    run = work(run)
    assert (run.step, Village.objects.count()) == ("cancelled", 0)


def test_a_file_without_rows_below_its_titles_says_so(staff):
    run = preview("villages", book(("Data", [HEAD])), staff)
    assert (run.state, run.error) == (
        "failed",
        "Tidak ada satu baris data pun di bawah baris judul. Periksa lembar dan baris judulnya.",
    )


def test_other_sheets_and_titles_may_be_chosen(staff):
    content = book(("A", [["x"]]), ("B", [["Judul"], ["Kode desa", "Desa"], ["18.11.01.2001", "Wiralaga I"]]))
    run = uploaded("villages", content, staff)
    lifecycle.choose_sheets(run, [{"name": "B", "header": 2}])
    lifecycle.map_columns(run, run.mapping, by=staff)
    assert figures(work(run)) == {"rows": 1, "new": 1}


def test_an_import_of_a_demo_account_is_sample_data(staff):
    demo = make.AdminFactory(is_sample=True)
    run = imported("villages", FILE, demo)
    assert (run.is_sample, Village.objects.get().is_sample) == (True, True)


CELL = st.one_of(
    st.none(),
    st.text(max_size=30),
    st.integers(-(10**20), 10**20),
    st.floats(allow_nan=False, allow_infinity=False, width=32),
    st.booleans(),
    st.dates(),
    st.sampled_from(["18.11.01.2001", "Wiralaga I", "=1+1", "TA 2017", "Pamsimas III", "1.500", "-", "Jumlah"]),
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.lists(CELL, min_size=1, max_size=6), min_size=1, max_size=8))
def test_whatever_stands_in_the_cells_the_rows_add_up(staff, rows):
    """No cell breaks the preview; every row of data has one verdict; saving and undoing restore the portal."""
    text = [["" if cell is None else str(cell).replace(";", ",").replace('"', "'") for cell in row] for row in rows]
    head = ["Kode desa", "Desa", "Kecamatan", "Jumlah KK", "TA bantuan", "Program"]
    with transaction.atomic():
        try:
            run = preview("villages", table([head, *text], encoding="utf-8-sig"), staff, name="acak.csv")
        except ValidationError:
            return
        if run.state == "failed":
            assert run.error != worker.BROKEN
            return
        preview_counts = figures(run)
        assert preview_counts["rows"] == sum(preview_counts.get(name, 0) for name in ImportRow.Verdict.values)
        assert all(row.errors for row in run.rows.filter(verdict="error"))
        if preview_counts.get("new"):
            run = save(run, staff, "good")
            counts = run.counts
            assert counts["rows"] == counts["created"] + counts["changed"] + counts["same"] + counts["skipped"]
            assert undone(run, staff).step == "undone"
        assert not Village.objects.exists()


@settings(max_examples=60)
@given(content=st.binary(max_size=400), start=st.sampled_from([b"", b"PK\x03\x04", FILE[:300], FILE]))
def test_whatever_bytes_come_the_answer_is_a_sentence(content, start):
    for name in ("acak.xlsx", "acak.csv"):
        try:
            sheets = books.read(io.BytesIO(start + content), name)
        except ValidationError as error:
            message = error.message
        else:
            message = "." if any(sheet.rows for sheet in sheets) else "leer"
        assert message.endswith(".")


def test_wrongs_name_their_cells(staff):
    run = preview("villages", book(("Data", [HEAD, ["18.11.01.2001", "Wiralaga I", "x", "y"]])), staff)
    assert [(line, column) for line, column, _ in wrongs(run)] == [
        (2, "households"),
        (2, "figures_year"),
    ]
    assert [cell for _, _, cell in run.rows.get().errors] == ["C2", "D2"]
    assert [letter(index) for index in (0, 25, 26, 99)] == ["A", "Z", "AA", "CV"]
