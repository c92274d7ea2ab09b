import uuid

import pytest

from documents.models import DocumentSetting, LetterText
from records.models import Event
from tests import factories
from tests.documents.samples import words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(client):
    user = factories.AdminFactory()
    client.force_login(user)
    return user


def paper(district, kind, rest=""):
    return f"/pengaturan/dokumen/{district.pk}/{kind}/{rest}"


def chosen(*places, letterhead="office", **more):
    data = {"letterhead": letterhead, "request_key": str(uuid.uuid4())} | more
    for number, (place, above) in enumerate(places, 1):
        data |= {f"place_{number}": place, f"above_{number}": above}
    return data


def test_the_list_tells_what_holds_in_as_many_queries_as_kinds_are_set(client, office, django_assert_num_queries):
    client.force_login(factories.UserFactory())
    for kinds in (["memo"], ["invitation", "schedule", "work_plan", "minutes"]):
        for kind in kinds:
            DocumentSetting.objects.create(
                district=office.district,
                kind=kind,
                letterhead="secretariat",
                signers=[{"place": "secretary", "above": "Mengetahui"}],
            )
        with django_assert_num_queries(6):
            page = client.get(f"/pengaturan/dokumen/{office.district.pk}/").content.decode()
        assert page.count("Sekretaris Daerah (Mengetahui)") == DocumentSetting.objects.count()
    assert "Pimpinan rapat dan notulis; Sekretaris Daerah (Mengetahui)" in page
    assert f'{paper(office.district, "memo")}"' not in page  # staff read, the admin changes


def test_signers_are_saved_once_with_history_and_the_second_writer_is_told(client, admin, office):
    address = paper(office.district, "official_minutes")
    first = chosen(("regent", "Mengetahui,"), ("secretary", ""), letterhead="regent")
    for _ in range(2):
        assert client.post(address, first).status_code == 302
    row = DocumentSetting.objects.get()
    assert row.signers == [{"place": "regent", "above": "Mengetahui"}, {"place": "secretary", "above": ""}]
    mine = chosen(("office_head", ""), letterhead="office", version="1")
    assert client.post(address, mine).status_code == 302
    assert Event.objects.of(row).first().changes == {
        "kop": ["Bupati", "Dinas"],
        "penanda tangan": ["Bupati (Mengetahui); Sekretaris Daerah", "Kepala Dinas"],
    }
    late = client.post(address, chosen(("pptk", ""), version="1"))
    assert late.status_code == 409
    shown = late.context_data["conflict"]["rows"][-1]
    assert shown == {"label": "Penanda tangan", "mine": "PPTK", "theirs": "Kepala Dinas"}
    row.refresh_from_db()
    assert row.signers == [{"place": "office_head", "above": ""}]


def test_what_the_kind_brings_along_is_not_kept(client, admin, office):
    own = chosen(("dpmu_head", "Mengetahui"), ("committee_head", ""))
    client.post(paper(office.district, "official_minutes"), own)
    assert DocumentSetting.objects.get().signers == []


@pytest.mark.parametrize(
    ("data", "complaint"),
    [
        (chosen(), "Pilih sekurang-kurangnya satu penanda tangan."),
        (chosen(("regent", ""), ("regent", "")), "Tempat tanda tangan ini sudah dipilih di atas."),
        (chosen(("", "Mengetahui")), "Pilih penanda tangannya, atau kosongkan kata di atasnya."),
        (chosen(("group_chair", "")), "Pilihan ini tidak ada untuk jenis dokumen ini."),  # a training has no group
        (chosen(("regent", ""), letterhead="village"), "Pilihan ini tidak ada untuk jenis dokumen ini."),
        (chosen(("regent", "x" * 41)), "paling banyak 40"),
    ],
)
def test_a_choice_that_cannot_be_printed_is_refused_in_words(client, admin, office, data, complaint):
    page = client.post(paper(office.district, "official_minutes"), data)
    assert page.status_code == 200
    assert complaint in page.content.decode()
    assert not DocumentSetting.objects.exists()


def test_a_kind_that_is_never_issued_takes_no_code(client, admin, office):
    client.post(paper(office.district, "memo"), chosen(("regent", ""), coded="on"))
    client.post(paper(office.district, "official_minutes"), chosen(("regent", ""), coded="on"))
    assert dict(DocumentSetting.objects.values_list("kind", "coded")) == {"memo": False, "official_minutes": True}


def test_wording_is_dated_checked_and_can_go_back_to_that_of_the_portal(client, admin, office):
    address = paper(office.district, "invitation", "naskah/opening/baru/")
    data = {"valid_from": "2019-01-01", "body": "{jumlah} <b>diundang</b>", "request_key": str(uuid.uuid4())}
    page = client.post(address, data).content.decode()
    assert "Tanda isian wajib belum ada: {kegiatan}." in page
    assert client.post(address, data | {"body": "{jumlah} <b>diundang</b> ke\r\n{kegiatan}"}).status_code == 302
    row = LetterText.objects.get()
    assert row.body == "{jumlah} <b>diundang</b> ke\n{kegiatan}"
    listed = client.get(paper(office.district, "invitation", "naskah/")).content.decode()
    assert "&lt;b&gt;diundang&lt;/b&gt;" in listed
    assert "Berlaku mulai 1 Januari 2019" in listed
    assert "Dalam rangka meningkatkan kapasitas" in client.get(f"{address}?bawaan=1").content.decode()
    again = client.post(address, data | {"body": "{jumlah} {kegiatan}", "request_key": str(uuid.uuid4())})
    assert "Sudah ada naskah bagian ini yang berlaku mulai tanggal itu." in again.content.decode()


def test_a_preview_prints_what_was_typed_and_keeps_nothing(client, admin, office):
    made = client.post(
        paper(office.district, "invitation", "naskah/closing/pratinjau/"),
        {"valid_from": "2030-01-01", "body": "Sekian dari {dinas}.", "kertas": "A4"},
    )
    assert made["Content-Disposition"] == 'attachment; filename="pratinjau-invitation.pdf"'
    text = words_of(made.content)
    assert "Sekian dari Dinas Perumahan dan Permukiman." in text
    assert "DATA CONTOH" in text
    assert not LetterText.objects.exists()


def test_a_preview_of_what_cannot_be_printed_says_so_and_many_in_a_row_wait(client, admin, office, monkeypatch):
    monkeypatch.setattr("reports.services.previews.make", lambda *args: b"%PDF-")  # the layout is tested above
    address = paper(office.district, "invitation", "pratinjau/")
    assert "Pratinjau belum dapat dibuat" in client.post(address, chosen()).content.decode()
    answers = [client.post(address, chosen(("regent", ""))).status_code for _ in range(14)]
    assert answers[:12] == [200] * 12
    assert answers[-1] == 302
    assert "Terlalu sering" in client.get(f"/pengaturan/dokumen/{office.district.pk}/").content.decode()
