from datetime import date
from unittest import mock

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts import throttle
from accounts.models import LoginBucket
from accounts.throttle import Throttle
from documents import registry
from documents.models import DocumentSetting
from reports import tasks
from reports.models import SignedCopy
from reports.services import issuing
from tests.factories import StoredFileFactory
from tests.reports.issues import approved_plan, closed_training, coded, made

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_broker():
    with mock.patch.object(tasks.render_report, "delay"):
        yield


@pytest.fixture
def paper(office, staff):
    coded("attendance_sheet")
    with time_machine.travel("2019-02-04T09:00:00+07:00"):
        return made("attendance_sheet", closed_training(), staff, mode="filled")


def page_of(client, paper):
    answer = client.get(reverse("reports:verification", args=[paper.code]))
    return answer, " ".join(answer.content.decode().split())


def test_verification_shows_the_document_without_a_name(client, paper):
    answer, text = page_of(client, paper)
    assert answer.status_code == 200
    for shown in (
        "Daftar hadir terisi: Pelatihan Peningkatan Kapasitas KPSPAMS Tahun 2018",
        "Dokumen ini tercatat di portal. Cocokkan judul, tanggal, dan jumlah halaman dengan cetakan Anda.",
        "4 Februari 2019",
        paper.sha256,
        f"{paper.code[:4]}-{paper.code[4:]}",
        "Kode verifikasi portal - bukan tanda tangan elektronik",
    ):
        assert shown in text
    names = [row.person.name for row in paper.training.participants.select_related("person")]
    assert [name for name in [*names, paper.by.name, "Nama Uji"] if name in text] == []
    assert answer["X-Robots-Tag"] == "noindex, nofollow"
    assert "no-store" in answer["Cache-Control"]
    assert "DATA CONTOH" not in text


def test_verification_tells_replaced_and_withdrawn(client, paper, staff):
    paper.training.participants.filter(number=1).update(post="SEK")
    with time_machine.travel("2019-03-01T09:00:00+07:00"):
        newer = made("attendance_sheet", paper.training, staff, mode="filled")
        issuing.withdraw(newer, "Salah cetak oleh Budi.", by=staff)
    assert "Dokumen ini telah diganti dengan terbitan tanggal 1 Maret 2019." in page_of(client, paper)[1]
    text = page_of(client, newer)[1]
    assert "Dokumen ini telah dibatalkan pada tanggal 1 Maret 2019." in text
    assert "Budi" not in text


def test_verification_says_data_contoh_and_that_a_plan_was_revised(client, office, staff):
    coded("work_plan")
    plan = approved_plan(staff)
    plan.group.is_sample = True
    plan.group.save()
    plan.refresh_from_db()
    paper = made("work_plan", plan, staff)
    text = page_of(client, paper)[1]
    assert ("DATA CONTOH" in text, "kemudian direvisi" in text) == (True, False)
    type(plan).objects.filter(pk=plan.pk).update(status="superseded")
    assert "Rencana kerja ini kemudian direvisi" in page_of(client, paper)[1]


def test_verification_unknown_code_is_told(client, paper):
    for code in ("ZZZZZZZZ", "kurang", "<b>"):
        answer = client.get(reverse("reports:verification", args=[code]))
        assert answer.status_code == 404
        assert "Kode tidak ditemukan. Periksa kembali penulisan kode." in answer.content.decode()


def test_verification_looks_alike_for_what_is_no_code(client, paper):
    requested = []
    for code in ("ZZZZZZZZ", "salah-tulis"):
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("reports:verification", args=[code]))
        requested.append([query["sql"].split()[0] for query in queries])
    assert requested[0] == requested[1]


def test_verification_form_leads_to_the_code_as_typed(client, paper):
    typed = f" {paper.code[:4].lower()} - {paper.code[4:].lower()}"
    answer = client.get(reverse("reports:verification_form"), {"kode": typed})
    assert answer.url == reverse("reports:verification", args=[paper.code])
    assert client.get(reverse("reports:verification_form"), {"kode": "??"}, follow=True).status_code == 404


def test_verification_brakes_who_guesses_and_nobody_else(client, paper, monkeypatch):
    monkeypatch.setitem(throttle.THROTTLES, "codes", Throttle(3, 60))
    right, wrong = (
        reverse("reports:verification", args=[paper.code]),
        reverse("reports:verification", args=["ZZZZZZZZ"]),
    )
    assert [client.get(right).status_code for _ in range(6)] == [200] * 6
    assert [client.get(wrong).status_code for _ in range(4)] == [404, 404, 404, 429]
    held = client.get(right)
    assert (held.status_code, "Terlalu banyak kode" in held.content.decode()) == (429, True)
    assert int(held["Retry-After"]) <= 60
    assert client.get(right, REMOTE_ADDR="10.9.8.7").status_code == 200
    assert LoginBucket.objects.filter(key__startswith="codes:").count() == 2


def test_verification_shows_nothing_of_a_document_that_is_not_ready(client, paper):
    type(paper).objects.filter(pk=paper.pk).update(state="failed", file="", sha256="", issued_on=date(2019, 2, 4))
    assert page_of(client, paper)[0].status_code == 404


@pytest.fixture
def copy(paper, staff):
    """The signed scan of the document."""
    return SignedCopy.objects.create(
        report=paper, file=StoredFileFactory(sha256="ab" * 32), signed_on=date(2019, 2, 5), recorded_by=staff
    )


def test_a_document_number_tells_whether_the_portal_made_it_and_nothing_else(client, paper, staff):
    form = reverse("reports:verification_form")
    text = client.get(form, {"kode": paper.reference.lower()}).content.decode()
    assert "Dikenal portal" in text
    assert "kedudukannya kini\n    berlaku." in text
    assert paper.training.title not in text
    plain = made("invitation", paper.training, staff, letter="one")
    assert "bukan terbitan" in client.get(form, {"kode": plain.reference}).content.decode()
    prefix, number, _ = paper.reference.split("-")
    text = client.get(reverse("reports:verification", args=[f"{prefix}-{number}-00000000"])).content.decode()
    assert ("Tidak ditemukan" in text, "belum\n    berarti palsu" in text) == (True, True)


def test_document_numbers_that_nobody_knows_are_slowed_down(client, paper, monkeypatch):
    monkeypatch.setitem(throttle.THROTTLES, "codes", Throttle(2, 60))
    form = reverse("reports:verification_form")
    assert [client.get(form, {"kode": paper.reference}).status_code for _ in range(4)] == [200] * 4
    assert [client.get(form, {"kode": "DH-1-00000000"}).status_code for _ in range(3)] == [200, 200, 429]


def test_the_hash_of_a_file_leads_to_its_document(client, paper, copy):
    form = reverse("reports:verification_form")
    page = client.get(form, {"kode": paper.sha256.upper()}, follow=True)
    assert page.context["found"].title == "Daftar hadir terisi: Pelatihan Peningkatan Kapasitas KPSPAMS Tahun 2018"
    assert page.context["found"].copies == ["ab" * 32]
    signed = client.get(form, {"kode": "ab" * 32}, follow=True)
    found = signed.context["found"]
    assert (found.title, found.status) == (
        "Salinan bertanda tangan dari dokumen Daftar hadir terisi: Pelatihan Peningkatan Kapasitas KPSPAMS Tahun 2018",
        "Berlaku",
    )
    assert {"label": "Ditandatangani", "value": "5 Februari 2019"} in found.facts
    names = paper.training.participants.values_list("person__name", flat=True)
    assert [name for name in [*names, paper.by.name] if name in signed.content.decode()] == []


def test_a_signed_copy_of_a_withdrawn_document_is_told_so(client, paper, copy, staff):
    issuing.withdraw(paper, "Salah cetak.", by=staff)
    found = client.get(reverse("reports:verification", args=["ab" * 32])).context["found"]
    assert found.status == "Dicabut"
    assert "Dokumen ini telah dibatalkan" in found.sentence


def test_the_hash_of_a_letter_is_known_and_no_issue(client, paper, staff):
    letter = made("invitation", paper.training, staff, letter="one")
    found = client.get(reverse("reports:verification", args=[letter.sha256])).context["found"]
    assert (found.title, found.status, found.code) == ("Undangan", "Cetakan portal", "")
    answer = client.get(reverse("reports:verification", args=["cd" * 32]))
    assert (answer.status_code, "tidak tersimpan di portal" in answer.content.decode()) == (404, True)


def test_codes_are_on_for_what_is_issued_and_never_on_letters_and_decrees():
    issued = {kind for kind, document in registry.DOCUMENTS.items() if document.is_issued()}
    assert DocumentSetting().coded
    assert {
        *("certificates", "attendance_sheet", "work_plan", "plan_recap", "proposal_recap", "test_recap"),
        *("evaluation_recap", "training_report", "periodic_report", "monitoring_report", "visit_report", "summary"),
    } <= issued
    never = {kind for kind, document in registry.DOCUMENTS.items() if document.is_letter}
    assert issued & {*never, "decree", "decree_draft", "formation_minutes"} == set()
