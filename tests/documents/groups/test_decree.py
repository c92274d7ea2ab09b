from datetime import date

import pytest
import time_machine
from django.core.exceptions import ValidationError

from documents import registry
from documents.groups import decree, decree_draft, formation_minutes
from documents.groups.decree_draft import DecreeDraft
from documents.layout import frame
from documents.rendering import printing
from tests import factories
from tests.documents.samples import pages_of, words_of

TODAY = date(2026, 11, 24)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.fixture
def group(office):
    village = factories.VillageFactory(name="Contoh Satu", postal_code="34697")
    group = factories.GroupFactory(village=village, name="Tirta Contoh", hamlets="I, II", formed_on=date(2018, 12, 6))
    for post, name, sex in (("KET", "Sutrisno", "L"), ("BEN", "Siti Aminah", "P"), ("TEK", "Wayan", "L")):
        person = factories.PersonFactory(village=village, name=name, sex=sex, hamlet="I")
        factories.MemberFactory(group=group, person=person, post=post, starts_on=date(2018, 12, 6))
    return group


def made(kind, group):
    return printing.print_document(
        registry.document(kind), group.pk, registry.document(kind).collect(group, {}, None)
    ).content


def test_the_minutes_say_what_is_known_and_dot_the_rest(group):
    text = words_of(made("formation_minutes", group))
    for message in (
        "PEMERINTAH KABUPATEN MESUJI KECAMATAN UJI TENGAH DESA CONTOH SATU Kode pos 34697",
        "BERITA ACARA MUSYAWARAH PEMBENTUKAN KPSPAMS “TIRTA CONTOH” Nomor: ....",
        "Pada hari ini Kamis tanggal Enam bulan Desember tahun Dua Ribu Delapan Belas (06-12-2018), bertempat di ....",
        "dengan wilayah layanan I, II",
        "1 Ketua Sutrisno L I",
        "2 Sekretaris ........................................",
        "3 Bendahara Siti Aminah P I",
        "4 Seksi Teknik Wayan L I",
        "Demikian berita acara ini dibuat dengan sebenarnya untuk dipergunakan sebagaimana mestinya.",
        "Notulis,",
        "Pimpinan Musyawarah,",
        "Mengetahui, Kepala Desa Contoh Satu, (....",
    ):
        assert message in text, message


def test_the_sheet_has_numbered_empty_rows(group):
    pages = pages_of(made("formation_minutes", group))
    sheet = " ".join(" ".join(pages[1:]).split())
    for number in (1, 2, formation_minutes.ATTENDEES):
        assert f"{number}. ............" in sheet
    assert f"{formation_minutes.ATTENDEES + 1}. ............" not in sheet


def test_the_decree_has_its_annex_and_invents_no_number(group):
    content = made("decree_draft", group)
    pages = [" ".join(page.split()) for page in pages_of(content)]
    first, annex = pages[0], pages[-1]
    assert "KEPUTUSAN KEPALA DESA CONTOH SATU NOMOR ...." in first
    assert "TENTANG PENETAPAN PENGURUS KELOMPOK PENGELOLA" in first
    for word in ("Menimbang", "Mengingat", "MEMUTUSKAN:", "KESATU", "KELIMA", "Ditetapkan di ....", "Tembusan:"):
        assert word in " ".join(pages), word
    assert annex.startswith("LAMPIRAN KEPUTUSAN KEPALA DESA CONTOH SATU NOMOR : ....")
    assert "1 Ketua Sutrisno L I 2 Sekretaris ...." in annex
    assert "188" not in " ".join(pages)


def test_a_known_head_of_the_village_signs_and_a_past_one_does_not(group):
    head = factories.PersonFactory(village=group.village, name="Kades Uji")
    factories.VillageOfficialFactory(village=group.village, person=head, ends_on=date(2024, 1, 1))
    assert frame.village_head(group.village, TODAY) == ""
    factories.VillageOfficialFactory(village=group.village, person=head, starts_on=date(2024, 1, 2))
    assert "Kades Uji" in words_of(made("decree_draft", group))


def test_a_board_of_later_days_leaves_the_day_of_the_minutes_dotted(group):
    assert decree.formation_day(group, TODAY) == date(2018, 12, 6)
    factories.MemberFactory(group=group, post="SEK", starts_on=date(2021, 1, 1))
    assert decree.formation_day(group, TODAY) is None
    assert "Pada hari ini ............ tanggal ............" in words_of(made("formation_minutes", group))


def test_after_an_earlier_sk_the_board_is_chosen_anew(group):
    factories.LegalDocumentFactory(group=group, dated_on=date(2018, 12, 20), valid_until=date(2023, 12, 20))
    text = words_of(made("formation_minutes", group))
    assert "MUSYAWARAH PEMILIHAN PENGURUS KPSPAMS “TIRTA CONTOH”" in text
    assert "pembentukan" not in text


def test_a_recorded_perdes_stands_among_the_grounds(group):
    factories.LegalDocumentFactory(group=group, kind="perdes", number="04 Tahun 2019", dated_on=date(2019, 3, 1))
    assert decree_draft.DecreeDraft().collect(group, {}, None)["basis"][-1] == (
        "Peraturan Desa Contoh Satu Nomor 04 Tahun 2019 tanggal 1 Maret 2019"
    )


def test_a_group_without_board_prints_dotted_core_posts(office):
    rows = decree.board_rows(factories.GroupFactory(), TODAY)
    assert [row["post"] for row in rows] == ["Ketua", "Sekretaris", "Bendahara"]
    assert {row["name"] for row in rows} == {decree.LINE}


def test_a_sample_group_is_marked(office):
    group = factories.GroupFactory(is_sample=True)
    for kind in ("formation_minutes", "decree_draft"):
        assert "DATA CONTOH" in words_of(made(kind, group))


def test_no_papers_for_a_group_that_is_no_more(office):
    with pytest.raises(ValidationError, match="sudah bubar"):
        DecreeDraft().clean(factories.GroupFactory(dissolved_on=date(2020, 1, 1)), {})
