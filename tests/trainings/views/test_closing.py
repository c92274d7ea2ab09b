"""Pages after the training: counted signatures, closing a day, scans of signed sheets."""

from datetime import date, time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests import factories as f
from tests.files import picture
from trainings.models import TrainingFile


def url(dataset, name, pk):
    return reverse(f"trainings:{name}", args=[dataset.training.pk, pk])


def sentences(response):
    return [str(message) for message in response.context["messages"]]


def test_day_close_shows_ticks_and_asks_why_they_differ(dataset, people, as_user):
    for row in people[:2]:
        f.AttendanceFactory(participant=row, session=dataset.session)
    client = as_user(dataset.staff)
    page = url(dataset, "day_close", dataset.day.pk)
    assert "Tercatat hadir di portal: 2." in client.get(page).content.decode()
    field = f"signatures_{dataset.session.pk}"
    refused = client.post(page, {field: "3"})
    assert "3 tanda tangan, 2 tercatat hadir" in refused.content.decode()
    assert 'value="3"' in refused.content.decode()
    done = client.post(page, {field: "3", "reason": "Tamu"}, follow=True)
    assert sentences(done) == ["Hari ke-1 ditutup. Perubahan kehadirannya kini memerlukan alasan."]
    assert [(s["row"].session.signatures_counted, s["day"].is_closed) for s in done.context["sheets"]] == [(3, True)]


@pytest.mark.parametrize(
    ("on", "sentence"),
    [
        (date(2018, 12, 3), "Hari ke-1, Selasa, 4 Desember 2018, belum berlangsung."),
        (
            date(2018, 12, 4),
            "Hari ke-1, Selasa, 4 Desember 2018, belum selesai, sekarang pukul 12.00. Masih akan berlangsung: "
            "13.15 s.d. 16.45 WIB Kunjungan.",
        ),
    ],
)
def test_closing_before_the_end_of_the_agenda_asks_first(on, sentence, dataset, as_user, time_machine_at):
    f.AgendaItemFactory(session=dataset.session, starts=time(8), ends=time(9), topic="Pembukaan")
    f.AgendaItemFactory(session=dataset.session, starts=time(13, 15), ends=time(16, 45), topic="Kunjungan")
    pages = [url(dataset, "day_close", dataset.day.pk), reverse("trainings:training_close", args=[dataset.training.pk])]
    with time_machine_at(on):
        client = as_user(dataset.staff)
        for page in pages:
            assert client.post(page, {}).context["form"].errors == {"still_save": [sentence]}
        client.post(pages[0], {"still_save": "on"})
    dataset.day.refresh_from_db()
    assert dataset.day.closed_at is not None


def test_day_reopen_needs_a_reason(dataset, as_user):
    client = as_user(dataset.staff)
    client.post(url(dataset, "day_close", dataset.day.pk), {})
    page = url(dataset, "day_reopen", dataset.day.pk)
    assert "Selasa, 4 Desember 2018: sesudah dibuka" in client.get(page).content.decode()
    assert list(client.post(page, {"reason": ""}).context["form"].errors) == ["reason"]
    client.post(page, {"reason": "Salah hari"})
    dataset.day.refresh_from_db()
    assert dataset.day.closed_at is None


def test_signed_sheet_is_kept_once_shown_and_removed(dataset, as_user):
    client = as_user(dataset.staff)
    content = picture().read()
    for _ in range(2):
        upload = SimpleUploadedFile("hari-1.jpg", content, "image/jpeg")
        response = client.post(url(dataset, "sheet_create", dataset.session.pk), {"upload": upload}, follow=True)
    assert sentences(response) == ["“hari-1.jpg” tersimpan sebagai daftar hadir Selasa, 4 Desember 2018."]
    sheet = TrainingFile.objects.get()
    assert (sheet.kind, sheet.session) == ("daftar_hadir", dataset.session)
    assert client.get(url(dataset, "sheet_file", sheet.pk))["Content-Type"] == "image/jpeg"
    page = url(dataset, "sheet_remove", sheet.pk)
    assert "Hapus “hari-1.jpg”" in client.get(page).content.decode()
    client.post(page)
    assert TrainingFile.objects.count() == 0


def test_what_is_no_scan_is_refused(dataset, as_user):
    upload = SimpleUploadedFile("x.pdf", b"halo", "application/pdf")
    response = as_user(dataset.staff).post(url(dataset, "sheet_create", dataset.session.pk), {"upload": upload})
    assert "bukan PDF" in response.content.decode()


@pytest.mark.parametrize(("role", "expected"), [("facilitator", 403), ("stranger", 404), ("official", 200)])
def test_signed_sheets_name_all_villages(role, expected, dataset, as_user):
    sheet = f.TrainingFileFactory(
        training=dataset.training, kind="daftar_hadir", session=dataset.session, file=f.StoredFileFactory()
    )
    response = as_user(getattr(dataset, role)).get(url(dataset, "sheet_file", sheet.pk))
    assert response.status_code in (expected, 302 if expected == 200 else expected)
