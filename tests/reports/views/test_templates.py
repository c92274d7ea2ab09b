import io
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.timezone import localdate
from docx import Document
from PIL import Image

from documents import registry
from documents.layout import word_template
from documents.models import DocumentTemplate
from reports import storage, tasks
from reports.services import requests
from tests import factories
from tests.documents.samples import make_training, words_of
from tests.files import picture
from tests.reports.issues import made

pytestmark = pytest.mark.django_db


def certificate_page(name, district):
    return reverse(f"reports:{name}", args=[district.pk, "certificates"])


def text_of(answer):
    return " ".join(answer.content.decode().split())


def coloured(size=(1188, 840), colour="#fff4d6"):
    written = io.BytesIO()
    Image.new("RGB", size, colour).save(written, "PNG")
    written.seek(0)
    written.name = "latar kami.png"
    return written


@pytest.fixture
def office_client(client, office, staff):
    client.force_login(staff)
    return client


def test_an_uploaded_background_is_drawn_anew_and_holds_from_its_day(office_client, office):
    sent = {"valid_from": "2026-01-01", "upload": coloured()}
    answer = office_client.post(certificate_page("document_template_create", office.district), sent, follow=True)
    assert "Bentuk Sertifikat (mulai 1 Januari 2026) tersimpan." in text_of(answer)
    row = DocumentTemplate.objects.get()
    assert (row.name, row.valid_from, len(row.sha256)) == ("latar kami.png", date(2026, 1, 1), 64)
    with Image.open(row.file) as kept:
        assert (kept.format, kept.size) == ("JPEG", (1188, 840))
    assert office_client.get(reverse("reports:document_template_file", args=[row.pk]))["Content-Type"] == "image/jpeg"


@pytest.mark.parametrize(
    ("upload", "complaint"),
    [
        (lambda: coloured((840, 1188)), "Sertifikat dicetak melintang."),
        (lambda: coloured((600, 424)), "akan tercetak kabur"),
        (lambda: coloured((1600, 840)), "tidak sebangun dengan A4 melintang"),
        (lambda: coloured(colour="#304050"), "terlalu gelap"),
        (lambda: io.BytesIO(b"bukan gambar"), "bukan gambar PNG, JPEG, atau WEBP"),
        (lambda: "", "Pilih berkasnya, atau centang kembali ke bentuk bawaan."),
    ],
)
def test_a_background_that_spoils_the_certificate_is_refused_in_words(office_client, office, upload, complaint):
    sent = {"valid_from": "2026-01-01", "upload": upload()}
    answer = office_client.post(certificate_page("document_template_create", office.district), sent)
    assert complaint in text_of(answer)
    assert not DocumentTemplate.objects.exists()


def test_a_preview_prints_on_the_upload_and_keeps_nothing(office_client, office):
    answer = office_client.post(
        certificate_page("document_template_preview", office.district), {"upload": coloured(), "valid_from": ""}
    )
    assert answer["Content-Type"] == "application/pdf"
    assert "DATA CONTOH" in words_of(answer.content)
    assert b"/DCTDecode" in answer.content  # the background
    assert not DocumentTemplate.objects.exists()


def test_back_to_the_portals_own_form(office_client, office):
    DocumentTemplate.objects.create(
        district=office.district,
        kind="certificates",
        valid_from=localdate() - timedelta(days=9),
        file=picture(size=(1188, 840)),
        name="lama.jpg",
        sha256="0" * 64,
    )
    address = certificate_page("document_template_create", office.district)
    assert "checked" in office_client.get(f"{address}?bawaan=1").content.decode()
    office_client.post(address, {"valid_from": localdate().isoformat(), "without": "on"})
    text = text_of(office_client.get(certificate_page("document_templates", office.district)))
    assert "Bentuk bawaan portal: bingkai garis ganda" in text
    assert DocumentTemplate.objects.kinds_on(office.district, localdate()) == set()


@pytest.mark.parametrize("fields", [{"name": "a.jpg"}, {"sha256": "0" * 64}])
def test_the_database_keeps_no_half_of_a_file(office, fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        DocumentTemplate.objects.create(
            district=office.district, kind="certificates", valid_from=date(2026, 1, 1), **fields
        )


def test_the_database_keeps_one_form_a_day(office):
    row = {"district": office.district, "kind": "certificates", "valid_from": date(2026, 1, 1)}
    DocumentTemplate.objects.create(**row)
    with pytest.raises(IntegrityError), transaction.atomic():
        DocumentTemplate.objects.create(**row)


def test_another_kabupaten_is_not_found(client, office):
    client.force_login(factories.UserFactory(district=factories.OtherDistrictFactory()))
    assert client.get(certificate_page("document_templates", office.district)).status_code == 404


def word_file(*lines):
    file = Document()
    for line in lines:
        file.add_paragraph(line)
    saved = io.BytesIO()
    file.save(saved)
    saved.seek(0)
    saved.name = "undangan kami.docx"
    return saved


def word_lines(content):
    return [line.text for line in Document(io.BytesIO(content)).paragraphs]


def invitation_lines(training, by, **parameters):
    report = requests.request_document("invitation", training, parameters, by=by, format="docx")
    tasks.render_report(report.pk)
    report.refresh_from_db()
    return word_lines(storage.read_file(report))


def test_the_word_file_of_an_invitation_is_the_offices_own_from_its_day_on(office_client, office, staff):
    training = make_training(villages=2, per_village=1)
    address = reverse("reports:document_template_create", args=[office.district_id, "invitation"])
    own_text = "{{ judul }}: {% for p in peserta %}{{ p.nama }}; {% endfor %}{{ isi }}"
    office_client.post(address, {"valid_from": "2018-01-01", "upload": word_file(own_text)})
    own = [
        "Undangan: Peserta Nomor 1; Peserta Nomor 2; Dalam rangka meningkatkan kapasitas "
        "kelompok pengelola SPAMS, dengan ini kami mengharapkan Saudara menugaskan 3 (tiga) orang (sekurang-kurangnya "
        "1 orang perempuan) untuk mengikuti Pelatihan Peningkatan Kapasitas KPSPAMS Tahun 2018 pada:\n"
        "hari/tanggal: Selasa s.d. Kamis, 4 s.d. 6 Desember 2018\n"
        "pukul: 08.00 WIB s.d. selesai\n"
        "tempat: Balai Uji, Brabasan\n"
        "Demikian, atas perhatian dan kerja sama Saudara kami ucapkan terima kasih."
    ]
    made_of = {"letter": "one", "signer": "chosen"}
    assert invitation_lines(training, staff, **made_of) == own
    assert "word" not in made("invitation", training, staff, **made_of).snapshot
    each = invitation_lines(training, staff, letter="village")
    assert [line.split(";")[0] for line in each if line] == ["Undangan: Peserta Nomor 1", "Undangan: Peserta Nomor 2"]
    DocumentTemplate.objects.update(valid_from=date(2019, 1, 1))
    assert invitation_lines(training, staff, **made_of) != own


def test_a_word_file_with_an_unknown_placeholder_is_refused_by_its_name(office_client, office):
    address = reverse("reports:document_template_create", args=[office.district_id, "memo"])
    answer = office_client.post(address, {"valid_from": "2026-01-01", "upload": word_file("{{ nomer_surat }}")})
    assert "Tanda isian tidak dikenal: {{ nomer_surat }}." in text_of(answer)
    assert not DocumentTemplate.objects.exists()


@pytest.mark.parametrize(
    "kind", ["invitation", "memo", "official_minutes", "speaker_request", "schedule_change", "staff_assignment"]
)
def test_a_word_file_is_tried_on_sample_data(office_client, office, kind):
    address = reverse("reports:document_template_preview", args=[office.district_id, kind])
    answer = office_client.post(address, {"upload": word_file("{{ kegiatan }} {{ kabupaten }} {{ jam_pelajaran }} JP")})
    assert answer["Content-Type"].endswith("wordprocessingml.document")
    first, second = word_lines(answer.content)
    assert first == "DATA CONTOH"
    assert second.startswith("Pelatihan Peningkatan Kapasitas KPSPAMS Tahun")
    assert second.endswith("Mesuji 8 JP")


def test_the_page_of_a_letter_names_its_placeholders_and_offers_a_file_to_begin_with(office_client, office):
    text = text_of(office_client.get(reverse("reports:document_templates", args=[office.district_id, "invitation"])))
    described = (
        "<code>{{ nomor }}</code>",
        "005/017/DPMU/2026",
        "baris.kecamatan",
        "PDF-nya tetap bentuk bawaan portal",
    )
    for line in described:
        assert line in text, line
    starter = office_client.get(reverse("reports:document_template_starter", args=[office.district_id, "invitation"]))
    word_template.check(starter.content, registry.document("invitation").word_form.fields)


def test_a_file_that_was_changed_on_the_disk_is_not_filled_in(office):
    word = {"file": "hilang.docx", "sha256": "0" * 64, "values": {}}
    with pytest.raises(ValidationError, match="hilang atau rusak"):
        word_template.fill_stored(word, {"code": "", "watermark": ""})


@pytest.mark.parametrize("kind", ["work_plan", "schedule", "tidak_ada"])
def test_kinds_without_own_forms_have_no_page(office_client, office, kind):
    assert office_client.get(reverse("reports:document_templates", args=[office.district_id, kind])).status_code == 404


def test_a_second_file_of_the_same_day_replaces_the_first(office_client, office):
    address = reverse("reports:document_template_create", args=[office.district_id, "invitation"])
    for text in ("Satu {{ nomor }}", "Dua {{ nomor }} {{ kegiatan }}"):
        sent = {"valid_from": "2026-01-01", "upload": word_file(text)}
        page = text_of(office_client.post(address, sent, follow=True))
    assert "Berkas sebelumnya pada tanggal itu digantikan." in page
    assert "Tanda isian yang terbaca: {{ nomor }}, {{ kegiatan }}." in page
    row = DocumentTemplate.objects.get()
    assert word_lines(row.file.read()) == ["Dua {{ nomor }} {{ kegiatan }}"]
    assert [event.verb for event in row.events.order_by("pk")] == ["add", "change"]


def test_a_word_file_without_placeholders_needs_a_tick(office_client, office):
    parts = [office.district_id, "memo"]
    preview = reverse("reports:document_template_preview", args=parts)
    page = text_of(office_client.post(preview, {"upload": word_file("Nomor ${nomor} «nama»")}))
    assert "Berkas ini tidak memuat satu pun tanda isian portal. Tanda sistem lain (${nomor}, «nama»)" in page
    assert 'type="checkbox" name="plain"' in page
    create = reverse("reports:document_template_create", args=parts)
    sent = {"valid_from": "2026-01-01"}
    office_client.post(create, sent | {"upload": word_file("Nomor ${nomor}")})
    assert not DocumentTemplate.objects.exists()
    office_client.post(create, sent | {"upload": word_file("Nomor ${nomor}"), "plain": "on"})
    assert DocumentTemplate.objects.get().name == "undangan kami.docx"


def test_the_heading_keeps_the_capitals_of_word_and_sk(office_client, office):
    page = reverse("reports:document_template_create", args=[office.district_id, "committee_decree"])
    assert "Ganti berkas Word SK panitia" in text_of(office_client.get(page))


def test_a_reprimand_for_each_village_fills_the_offices_own_file_once_for_each(office_client, office, staff):
    rows = "{% for b in teguran %}{{ b.no }} {{ b.kpspams }} {{ b.kewajiban }}{% endfor %}"
    text = f"{{{{ judul }}}} {{{{ yth }}}}: {{{{ desa }}}} {rows}"
    address = reverse("reports:document_template_create", args=[office.district_id, "reprimand"])
    office_client.post(address, {"valid_from": "2018-01-01", "upload": word_file(text)})
    for name in ("Satu", "Dua"):
        village = factories.VillageFactory(name=name)
        group = factories.GroupFactory(village=village, name=name)
        factories.LegalDocumentFactory(group=group, dated_on=date(2012, 1, 1), valid_until=date(2017, 1, 1))
    requested = {"letter": "village", "filter": {"per": "10-01-2026"}}
    report = requests.request_document("reprimand", office.district, requested, by=staff, format="docx")
    tasks.render_report(report.pk)
    report.refresh_from_db()
    lines = [line for line in word_lines(storage.read_file(report)) if line]
    owed = "SK berakhir 1 Januari 2017"
    assert lines == [
        f'Surat teguran Sdr. Kepala Desa {name}\nc.q. Ketua KPSPAMS "{name}": {name} 1 {name} {owed}'
        for name in ("Satu", "Dua")
    ]


def test_what_differs_from_letter_to_letter_is_refused_outside_the_body(office_client, office):
    file = Document()
    file.sections[0].header.paragraphs[0].text = "{{ desa }}"
    saved = io.BytesIO()
    file.save(saved)
    saved.seek(0)
    saved.name = "kop.docx"
    address = reverse("reports:document_template_create", args=[office.district_id, "reprimand"])
    page = text_of(office_client.post(address, {"valid_from": "2026-01-01", "upload": saved}))
    assert "{{ desa }} berbeda pada tiap surat, jadi hanya dapat ditulis di badan surat" in page
