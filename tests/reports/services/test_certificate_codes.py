"""Verification codes, one for each certificate, and their public page."""

from datetime import date
from unittest import mock

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from documents.models import DocumentSetting
from reports import storage, tasks
from reports.models import CertificateCode, Report, ReportBundle, SignedCopy
from reports.services import issuing, requests
from tests import factories
from tests.documents.samples import pages_of
from tests.reports.issues import closed_training, made
from trainings.services import certificates

pytestmark = pytest.mark.django_db
HOLDS = "Tercatat dengan isi di bawah ini"


@pytest.fixture(autouse=True)
def _no_broker():
    with mock.patch.object(tasks.render_report, "delay"):
        yield


@pytest.fixture
def training(office):
    training = closed_training()
    for at in (1, 2, 3):
        participant = training.participants.get(number=at)
        factories.CertificateFactory(participant=participant, number=f"{at:03}/SERT/2018", lesson_hours=7)
    return training


@pytest.fixture
def report(training, staff):
    return made("certificates", training, staff)


def code_of(training, at=1):
    return CertificateCode.objects.get(participant__training=training, participant__number=at)


def page(client, code):
    answer = client.get(reverse("reports:verification", args=[code]))
    return " ".join(answer.content.decode().split())


def test_each_front_bears_the_code_of_its_own_certificate(training, report):
    rows = CertificateCode.objects.order_by("participant__number")
    assert [(row.number, row.lesson_hours, list(row.reports.all())) for row in rows] == [
        (f"{at:03}/SERT/2018", 7, [report]) for at in (1, 2, 3)
    ]
    printed = [f"{row.code[:4]}-{row.code[4:]}" for row in rows]
    pages = pages_of(storage.read_file(report))
    assert [[code for code in printed if code in text] for text in pages] == [
        [printed[0]], [], [printed[1]], [], [printed[2]], []
    ]  # fmt: skip
    assert not any(f"{report.code[:4]}-{report.code[4:]}" in text for text in pages)


def test_the_page_of_a_code_tells_one_certificate_without_a_name(client, training, report):
    text = page(client, code_of(training, 2).code)
    for shown in (HOLDS, "002/SERT/2018", training.title, "7 JP", "Nama pemegangnya tidak ditampilkan"):
        assert shown in text, shown
    assert ">Berlaku<" not in text
    assert "001/SERT/2018" not in text
    assert "halaman dengan cetakan" not in text
    assert [name for name in training.participants.values_list("person__name", flat=True) if name in text] == []


def test_a_certificate_printed_again_unchanged_keeps_its_code(client, training, report, staff):
    before = {row.participant_id: row.code for row in CertificateCode.objects.all()}
    training.certificates.filter(participant__number=3).update(dated_on=date(2019, 2, 1))
    again = made("certificates", training, staff)
    assert again != report
    after = {row.participant_id: row.code for row in again.certificate_codes.all()}
    changed = training.participants.get(number=3).pk
    assert {key for key, code in after.items() if before[key] != code} == {changed}
    old, new = CertificateCode.objects.filter(participant=changed).order_by("pk")
    assert "Sertifikat ini telah diganti" in page(client, old.code)
    assert HOLDS in page(client, new.code)


def test_a_withdrawn_certificate_is_told_and_the_others_stay(client, training, report, staff):
    certificates.withdraw(training.certificates.get(participant__number=1), by=staff, reason="Salah orang")
    text = page(client, code_of(training, 1).code)
    assert "Sertifikat ini telah dicabut pada tanggal" in text
    assert "Salah orang" not in text
    assert HOLDS in page(client, code_of(training, 2).code)


def test_a_withdrawn_print_holds_no_more_until_it_is_printed_again(client, training, report, staff):
    issuing.withdraw(report, "Salah cetak.", by=staff)
    code = code_of(training).code
    assert "Cetakan sertifikat ini telah dibatalkan pada tanggal" in page(client, code)
    again = made("certificates", training, staff)
    assert list(again.certificate_codes.filter(code=code))
    assert HOLDS in page(client, code)


def test_a_code_of_a_print_that_is_not_ready_is_unknown(client, training, report):
    Report.objects.filter(pk=report.pk).update(state="failed", file="", sha256="")
    assert "Kode tidak ditemukan" in page(client, code_of(training).code)


def test_codes_printed_before_on_all_certificates_say_what_they_do_not_prove(client, report):
    text = page(client, report.code)
    assert "Kode ini milik satu berkas berisi beberapa sertifikat, bukan milik satu sertifikat." in text
    assert ">Bukan kode satu sertifikat<" in text
    for proof in (">Berlaku<", "Halaman</dt>", "Baris tabel"):
        assert proof not in text, proof


def test_without_the_setting_no_certificate_bears_a_code(training, staff):
    DocumentSetting.objects.create(district=training.district, kind="certificates", coded=False)
    report = made("certificates", training, staff)
    assert (report.issue_status, report.code, CertificateCode.objects.count()) == ("in_force", None, 0)


def test_a_draft_bears_no_code(training, staff):
    type(training).objects.filter(pk=training.pk).update(state="held")
    assert made("certificates", training, staff).issue_status == "draft"
    assert CertificateCode.objects.count() == 0


def test_one_content_one_code_is_held_by_the_database(training, report):
    row = code_of(training)
    row.pk, row.code = None, "ABCDEFGH"
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)
    with pytest.raises(ValidationError, match="Sertifikat ini sudah mempunyai kode"):
        row.full_clean()


@pytest.mark.parametrize(
    ("typed", "kind"),
    [("RK-14-1EDDD1D3", "Rencana kerja"), (" srt-7-00ab12cd ", "Sertifikat"), ("UND - 3 - 1EDDD1D3", "Undangan")],
)
def test_a_document_number_is_explained_and_not_refused(client, db, typed, kind):
    answer = client.get(reverse("reports:verification_form"), {"kode": typed})
    assert answer.status_code == 200
    assert f"Ini kode dokumen jenis {kind}, bukan kode verifikasi." in answer.content.decode()


@pytest.mark.parametrize("typed", ["XX-14-1EDDD1D3", "RK-14-1EDDD1DZ", "RK-14", "RK141EDDD1D3"])
def test_what_is_no_document_number_is_looked_for_as_a_code(client, db, typed):
    assert client.get(reverse("reports:verification_form"), {"kode": typed}, follow=True).status_code == 404


def test_issued_documents_bear_a_code_unless_the_kabupaten_says_otherwise(training, staff):
    assert made("official_minutes", training, staff).code
    DocumentSetting.objects.create(district=training.district, kind="training_report", coded=False)
    assert made("training_report", training, staff).code is None


@pytest.mark.parametrize("write", [str.lower, " {} ".format, "-".join, lambda code: f"{code[:4]} – {code[4:].lower()}"])
def test_a_code_is_found_as_a_phone_writes_it(client, training, report, write):
    code = code_of(training).code
    address = client.get(reverse("reports:verification_form"), {"kode": write(code)}).url
    assert address == reverse("reports:verification", args=[code])


def test_the_address_of_a_qr_is_taken_for_its_code(client, training, report):
    code = code_of(training).code
    typed = f"https://portal.invalid{reverse('reports:verification', args=[code])}"
    found = client.get(reverse("reports:verification_form"), {"kode": typed}, follow=True).context["found"]
    assert (found.title, found.is_certificate) == ("Sertifikat", True)


@pytest.fixture
def files(training, report, staff):
    """{what a file is: its SHA-256}, of each kind of file that the portal hands out or keeps."""
    word = requests.request_document("official_minutes", training, {}, by=staff, format="docx")
    tasks.render_report(word.pk)
    word.refresh_from_db()
    ReportBundle.objects.create(
        **{"kind": "training_papers", "district": training.district, "training": training, "by": staff},
        **{"state": "ready", "done": 3, "file": "a.zip", "sha256": "b1" * 32},
        **{"print_file": "a.pdf", "print_sha256": "b2" * 32, "print_pages": 5},
    )
    signed = factories.StoredFileFactory(sha256="c1" * 32)
    SignedCopy.objects.create(report=report, file=signed, recorded_by=staff)
    hashes = {"zip": "b1" * 32, "print": "b2" * 32, "copy": signed.sha256}
    return hashes | {"certificates": report.sha256, "word": word.sha256}


@pytest.mark.parametrize("is_sample", [True, False])
def test_a_bundle_of_sample_data_says_so(client, training, report, files, is_sample):
    document = report.snapshot["document"] | {"watermark": "DRAF - DATA CONTOH" if is_sample else "DRAF"}
    bundle = ReportBundle.objects.get(sha256=files["zip"])
    type(report).objects.filter(pk=report.pk).update(bundle=bundle, snapshot=report.snapshot | {"document": document})
    page = client.get(reverse("reports:verification_form"), {"kode": files["zip"]}, follow=True)
    assert ("DATA CONTOH" in page.text) == is_sample


@pytest.mark.parametrize(
    ("file", "title", "status", "fact"),
    [
        ("certificates", "Sertifikat: ", "Berlaku", ("Sertifikat di dalamnya", "3")),
        ("word", "Berita acara", "Cetakan portal", ("Bentuk", "Word (DOCX)")),
        (
            "zip",
            "Berkas lengkap pelatihan",
            "Berkas portal",
            ("Dibuat portal", "3 dokumen, di luar surat, pindaian, dan foto yang disertakan"),
        ),
        ("print", "Berkas lengkap pelatihan", "Berkas portal", ("Halaman", "5")),
        ("copy", "Salinan bertanda tangan dari dokumen", "Berlaku", ("Jenis salinan", "Pindaian bertanda tangan")),
    ],
)
def test_a_hash_is_told_as_the_file_that_it_is(client, files, file, title, status, fact):
    answer = client.get(reverse("reports:verification_form"), {"kode": files[file]}, follow=True)
    found = answer.context["found"]
    assert found.title.lower().startswith(title.lower())
    assert found.status == status
    assert {"label": fact[0], "value": fact[1]} in found.facts


def test_a_withdrawn_file_of_certificates_is_told_so_and_its_code_proves_none_of_them(client, report, staff):
    by_code = client.get(reverse("reports:verification", args=[report.code])).context["found"]
    assert by_code.status == "Bukan kode satu sertifikat"
    issuing.withdraw(report, "Salah cetak.", by=staff)
    by_hash = client.get(reverse("reports:verification", args=[report.sha256])).context["found"]
    assert (by_hash.status, "telah dibatalkan" in by_hash.sentence) == ("Dicabut", True)
