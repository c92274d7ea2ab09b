import re
from datetime import date

import pytest
from django.core.exceptions import ValidationError

from documents import registry
from documents.rendering import printing
from kpspams.models import KpspamsGroup
from monitoring.queries.overdue import overdue
from tests import factories
from tests.documents.samples import pages_of, table_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("office")]


def group(village, name, until=None, **decree):
    found = factories.GroupFactory(
        village=factories.VillageFactory(name=village), name=name, formed_on=date(2017, 5, 1)
    )
    if until or decree:
        factories.LegalDocumentFactory(group=found, valid_until=until, dated_on=date(2018, 2, 12), **decree)
    return found


@pytest.fixture
def groups(db):
    """A group without arrears, one with a late plan and an expired SK, one whose SK is in process."""
    good = group("Desa Rapi", "Rapi", until=date(2030, 1, 1))
    factories.ApprovedPlanFactory(group=good, year=2026)
    group("Desa Telat", "Telat", until=date(2025, 12, 31))
    group("Desa Proses", "Proses", in_process=True)


def collected(user=None, **parameters):
    document = registry.document("reprimand")
    district = factories.DistrictFactory()
    chosen = document.clean(district, {"filter": {"per": "10-03-2026"}, **parameters})
    return document.collect(district, chosen, user)


def test_what_each_group_owes_since_when(groups):
    found = overdue(KpspamsGroup.objects.order_by("village__code"), date(2026, 3, 10))
    assert [(row.group.name, row.label, row.since, row.due) for row in found] == [
        ("Telat", "Rencana kerja 2026", date(2026, 2, 1), date(2026, 1, 31)),
        ("Telat", "SK berakhir 31 Desember 2025", date(2026, 1, 1), None),
        ("Proses", "Rencana kerja 2026", date(2026, 2, 1), date(2026, 1, 31)),
    ]


def test_one_letter_to_all_with_the_list_behind_it(groups):
    snapshot = collected()
    pages = [" ".join(page.split()) for page in pages_of(printed(snapshot))]
    assert len(pages) == 2
    for line in (
        "Nomor : ..... Sifat : Biasa Lampiran : 1 (satu) berkas Hal : Teguran".replace(".....", "." * 40),
        "Yth. 1. Sdr. Kepala Desa Desa Telat 2. Sdr. Kepala Desa Desa Proses di Tempat",
        "Berdasarkan catatan kami per 10 Maret 2026, KPSPAMS sebagaimana daftar terlampir",
        "Tembusan: 1. Camat Uji Tengah 2. Arsip",
    ):
        assert line in pages[0], line
    assert table_of(snapshot, "Yang belum dipenuhi")["rows"] == [
        ["1", "Desa Telat", "Uji Tengah", "Telat", "Rencana kerja 2026", "1 Februari 2026", "31 Januari 2026"],
        ["", "", "", "", "SK berakhir 31 Desember 2025", "1 Januari 2026", "-"],
        ["2", "Desa Proses", "Uji Tengah", "Proses", "Rencana kerja 2026", "1 Februari 2026", "31 Januari 2026"],
    ]


def printed(snapshot):
    return printing.print_document(registry.document("reprimand"), factories.DistrictFactory().pk, snapshot).content


def test_more_villages_than_a_letter_has_room_for_stand_in_the_list_alone(groups):
    for number in range(5):
        group(f"Desa Lagi {number}", "Lagi")
    text = " ".join(pages_of(printed(collected()))[0].split())
    assert "Yth. Sdr. Kepala Desa (daftar terlampir) di Tempat" in text
    assert "Desa Lagi" not in text


def test_a_letter_for_each_village(groups):
    pages = [" ".join(page.split()) for page in pages_of(printed(collected(letter="village")))]
    assert len(pages) == 2
    assert 'Yth. Sdr. Kepala Desa Desa Telat c.q. Ketua KPSPAMS "Telat" di Tempat' in pages[0]
    assert "SK berakhir 31 Desember 2025 1 Januari 2026 -" in pages[0]
    assert "Desa Proses" not in pages[0]


def test_where_nobody_owes_anything_it_is_refused_in_words(db):
    with pytest.raises(ValidationError, match="Tidak ada KPSPAMS yang terlambat"):
        collected()


def test_it_is_the_offices_alone(groups, client):
    for user, offered in ((factories.UserFactory(), True), (factories.OfficialFactory(), False)):
        client.force_login(user)
        html = client.get("/temuan/").content.decode()
        assert ("Surat teguran" in html) == offered


def offered(client, url):
    """The sentence beside the buttons, and the groups that they name."""
    html = " ".join(client.get(url).content.decode().split())
    section = html.partition('id="teguran"')[2].partition("</section>")[0]
    keys = set(re.findall(r'name="groups" value="([\d,]+)"', section))
    named = KpspamsGroup.objects.filter(pk__in=",".join(keys).split(",")) if keys else KpspamsGroup.objects.none()
    return re.sub(r"<[^>]+>", "", section), sorted(named.values_list("name", flat=True))


@pytest.fixture
def elsewhere(groups):
    """A kecamatan with a group in arrears; a village of another one has no group."""
    far = factories.SubdistrictFactory(name="Jauh", code="18.11.09")
    village = factories.VillageFactory(subdistrict=far, name="Desa Jauh")
    factories.GroupFactory(village=village, name="Jauh", formed_on=date(2017, 5, 1))
    factories.VillageFactory(name="Desa Kosong")
    return far


@pytest.mark.parametrize(
    ("page", "all_names"),
    [
        ("/rencana-kerja/belum/?tenggat=final-2026", ["Jauh", "Proses", "Telat"]),
        ("/temuan/?per=2026-03-10", ["Jauh", "Proses", "Telat"]),
        ("/kpspams/?sk=belum", ["Jauh"]),
    ],
)
def test_the_letter_is_about_the_rows_of_the_filtered_list(elsewhere, client, page, all_names, monkeypatch):
    monkeypatch.setattr("plans.forms.plan_missing.localdate", lambda: date(2026, 11, 24))
    client.force_login(factories.UserFactory())
    sentence, names = offered(client, page)
    assert names == all_names
    assert f"Surat teguran untuk {len(all_names)} desa ({len(all_names)} KPSPAMS)" in sentence
    assert "1 desa tanpa KPSPAMS pada pilihan ini tidak termasuk dalam surat" in sentence
    sentence, names = offered(client, f"{page}&kecamatan={elsewhere.pk}")
    assert ("Surat teguran untuk 1 desa (1 KPSPAMS)" in sentence, names) == (True, ["Jauh"])
    assert "tanpa KPSPAMS" not in sentence
    (key,) = KpspamsGroup.objects.filter(name="Jauh").values_list("pk", flat=True)
    rows = table_of(collected(groups=str(key)), "Yang belum dipenuhi")["rows"]
    assert {row[3] for row in rows} == {"Jauh", ""}
