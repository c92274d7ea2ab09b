"""Import of groups and their SK."""

from datetime import date

import pytest

from kpspams.models import KpspamsGroup, LegalDocument
from tests import factories as make
from tests.imports.office import book, figures, imported, preview, undone, wrongs

pytestmark = pytest.mark.django_db

HEAD = ["Kode desa", "Desa", "Nama KP-SPAMS", "No. SK", "Tgl SK", "Berlaku sampai", "Rekening"]


@pytest.fixture
def village():
    return make.VillageFactory(code="18.11.01.2001", name="Wiralaga I")


@pytest.fixture
def staff(village):
    return make.UserFactory(district=village.subdistrict.district)


def test_a_group_comes_with_its_decree(staff, village):
    row = [
        village.code,
        "Wiralaga I",
        'KP-SPAMS "Tirta Jaya"',
        "141/12/2018",
        "14 Maret 2018",
        "14/03/2023",
        "380.03.1",
    ]
    run = imported("groups", book(("G", [HEAD, row])), staff)
    assert figures(run) == {"rows": 1, "created": 1}
    group = KpspamsGroup.objects.get()
    assert (group.name, group.village, group.bank_account, group.is_pamsimas) == (
        "Tirta Jaya",
        village,
        "380.03.1",
        True,
    )
    decree = group.documents.get()
    assert (decree.kind, decree.number, decree.dated_on, decree.valid_until, decree.in_process) == (
        "sk",
        "141/12/2018",
        date(2018, 3, 14),
        date(2023, 3, 14),
        False,
    )
    again = preview("groups", book(("G", [HEAD, row])), staff)
    assert figures(again) == {"rows": 1, "same": 1}
    undone(run, staff)
    assert (KpspamsGroup.objects.count(), LegalDocument.objects.count()) == (0, 0)


def test_a_second_decree_of_a_group_stands_beside_the_first(staff, village):
    first = [village.code, "Wiralaga I", "Tirta Jaya", "141/12/2018", "14-03-2018", "14-03-2023"]
    second = [village.code, "Wiralaga I", "KPSPAMS Tirtajaya", "141/3/2023", "20-03-2023", None]
    run = imported("groups", book(("G", [HEAD, first, second])), staff)
    assert figures(run) == {"rows": 2, "created": 2}
    assert (KpspamsGroup.objects.count(), LegalDocument.objects.count()) == (1, 2)


def test_a_decree_in_process_is_settled_by_its_number_and_day(staff, village):
    group = make.GroupFactory(village=village, name="Tirta Jaya")
    make.LegalDocumentFactory(group=group, kind="sk", number="", dated_on=None, valid_until=None, in_process=True)
    imported("groups", book(("G", [HEAD, [village.code, None, "Tirta Jaya", "141/12/2018", "14-03-2018"]])), staff)
    decree = group.documents.get()
    assert (decree.number, decree.dated_on, decree.in_process) == ("141/12/2018", date(2018, 3, 14), False)


def test_what_is_wrong_with_a_group_is_told(staff, village):
    rows = [
        ["18.11.01.2999", None, "Tirta", None, None, None],
        [village.code, "Wiralaga II", "Tirta", None, None, None],
        [village.code, "Wiralaga I", "Tirta", "1", "14-03-2018", "13-03-2018"],
        [village.code, "Wiralaga I", "Tirta", "1", None, None],
        [village.code, "Wiralaga I", "Tirta", None, None, None, 1234567890123456789.0],
    ]
    run = preview("groups", book(("G", [HEAD, *rows])), staff)
    assert wrongs(run) == [
        (2, "village_code", "Kode desa 18.11.01.2999 tidak ada di Kabupaten Mesuji. Periksa kodenya."),
        (3, "village", "Kode 18.11.01.2001 adalah Desa Wiralaga I, bukan “Wiralaga II”. Perbaiki kode atau namanya."),
        (4, "sk_until", "SK berakhir sebelum tanggal SK. Periksa kedua tanggalnya."),
        (5, "sk_date", "Isi tanggal SK, atau isi Ya pada SK dalam proses."),
        (6, "bank_account", "Angka ini dibulatkan oleh Excel. Ubah format sel menjadi Teks, lalu tulis lagi."),
    ]


def test_a_village_of_another_kabupaten_is_unknown(staff):
    elsewhere = make.SubdistrictFactory(code="18.05.01", district=make.OtherDistrictFactory())
    other = make.VillageFactory(code="18.05.01.2001", subdistrict=elsewhere)
    run = preview("groups", book(("G", [HEAD[:3], [other.code, other.name, "Tirta"]])), staff)
    assert [column for _, column, _ in wrongs(run)] == ["village_code"]


def test_a_day_that_has_not_come_is_refused_as_in_the_form(staff, village):
    head = ["Kode desa", "Nama KPSPAMS", "Tanggal pembentukan", "No. SK", "Tgl SK", "Berlaku sampai"]
    row = [village.code, "Tirta Jaya", "12-03-2090", "141/12/2018", "14-03-2091", "14-03-2095"]
    run = preview("groups", book(("G", [head, row])), staff)
    assert [(column, text[:38]) for _, column, text in wrongs(run)] == [
        ("formed_on", "Tanggal tidak boleh sesudah hari ini, "),
        ("sk_date", "Tanggal tidak boleh sesudah hari ini, "),
    ]
