"""Exports of every list: filtered, in scope, and recorded."""

import csv
import io
from datetime import date, datetime
from decimal import Decimal

import pytest
import time_machine
from django.http import HttpResponse

from accounts import lists
from records import exports
from records.models import Event
from tests import factories as make
from tests.conventions.walks.test_phones import holds_phone
from tests.dataset import DIGITS, PHONE

LISTS = {
    "/": "Rantai hasil per desa",
    "/asosiasi/": "Daftar asosiasi",
    "/bahan-ajar/": "Daftar bahan ajar",
    "/desa/": "Daftar desa",
    "/orang/": "Daftar orang",
    "/kpspams/": "Daftar KPSPAMS",
    "/kpspams/pengurus/": "Daftar pengurus KPSPAMS",
    "/impor/": "Daftar impor",
    "/titip-entri/": "Daftar titip entri",
    "/rencana-kerja/": "Daftar rencana kerja",
    "/pelatihan/": "Daftar pelatihan",
    "/laporan/": "Daftar laporan",
    "/pengguna/": "Daftar pengguna",
    "/penugasan/": "Daftar penugasan",
    "/penugasan/tanpa-fasilitator/": "Daftar desa tanpa fasilitator",
}


@pytest.fixture(autouse=True)
def today():
    """A fixed day: the rows below have dates, and figures as of today must not change with the calendar."""
    with time_machine.travel("2026-11-24 03:00Z", tick=True):
        yield


def taken(client, address, **query) -> list[dict]:
    response = client.get(address, {"unduh": "csv"} | query)
    assert response.status_code == 200, response.status_code
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.parametrize("address", LISTS)
def test_each_list_leaves_as_a_file_and_is_written_down(address, form, dataset, client):
    admin = dataset.people["admin"]
    client.force_login(admin)
    page = client.get(address)
    assert "Unduh daftar ini" in page.content.decode()
    response = client.get(address, {"unduh": form})
    assert f".{form}" in response["Content-Disposition"]
    assert response["Cache-Control"] == "private, no-store"
    assert b"".join(response.streaming_content)
    event = Event.objects.filter(by=admin, verb=Event.Verb.DOWNLOAD).get()
    count = page.context["page_obj"].paginator.count
    assert event.label == f"{LISTS[address]} ({form.upper()}), {count} baris"
    assert (event.kind, event.object_id) == ("accounts.user", admin.pk)


def test_the_filter_and_the_search_go_along(dataset, client):
    make.GroupFactory(village=dataset.village, name="Sumber Air", is_pamsimas=False)
    client.force_login(dataset.people["staff"])
    assert [row["KPSPAMS"] for row in taken(client, "/kpspams/", jenis="non")] == ["Sumber Air"]
    assert [row["KPSPAMS"] for row in taken(client, "/kpspams/", q="sumberair")] == ["Sumber Air"]
    assert "Jenis: Non-Pamsimas" in Event.objects.filter(verb="download").order_by("pk").first().reason
    assert "Pencarian: sumberair" in Event.objects.filter(verb="download").order_by("pk").last().reason


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("/rencana-kerja/", "Tahun: 2026"),
        ("/", "Desa: Desa sasaran TA 2017"),
        ("/temuan/tanpa-rencana-kerja/", "Keadaan: Temuan"),
    ],
)
def test_what_a_page_asks_by_itself_is_told_too(address, reason, dataset, client):
    client.force_login(dataset.people["staff"])
    taken(client, address)
    assert reason in Event.objects.get(verb="download").reason


def test_a_facilitator_takes_the_own_villages_only(dataset, client):
    client.force_login(dataset.people["facilitator"])
    assert [row["Kode desa"] for row in taken(client, "/desa/")] == [dataset.village.code]


def test_codes_and_amounts_are_plain(dataset, client):
    client.force_login(dataset.people["official"])
    plan = next(row for row in taken(client, "/rencana-kerja/", tahun="2026") if row["Tahun"] == "2026")
    assert plan["Kode desa"] == dataset.village.code
    assert plan["Jumlah biaya"] == "1500000"


@pytest.mark.parametrize(
    ("role", "names", "phones"),
    [
        *(("admin", True, True), ("staff", True, True), ("facilitator", True, True)),
        *(("official", False, False), ("camat", False, False)),
    ],
)
def test_names_and_numbers_only_for_those_who_may_and_when_asked(role, names, phones, dataset, client):
    dataset.person.phone = PHONE
    dataset.person.save()
    client.force_login(dataset.people[role])
    by_default = taken(client, "/orang/")
    assert "Nama" not in by_default[0]
    assert "Nomor HP" not in by_default[0]
    named = taken(client, "/orang/", pribadi="1")
    assert ("Nama" in named[0], "Nomor HP" in named[0]) == (names, False)
    assert "Nomor HP" not in taken(client, "/orang/", hp="1")[0]
    full = taken(client, "/orang/", pribadi="1", hp="1")
    assert ("Nomor HP" in full[0]) == phones
    assert any(DIGITS in row.get("Nomor HP", "") for row in full) == phones
    event = Event.objects.filter(verb="download").order_by("pk").last()
    assert ("dengan nomor HP" in event.reason) == phones
    assert not holds_phone(event.reason)


@pytest.mark.parametrize("role", ["official", "camat"])
def test_who_only_reads_takes_no_name_along_from_any_list(role, dataset, client):
    client.force_login(dataset.people[role])
    for address in ("/desa/", "/orang/", "/kpspams/", "/rencana-kerja/", "/pelatihan/", "/laporan/"):
        response = client.get(address, {"unduh": "csv", "pribadi": "1", "hp": "1"})
        text = b"".join(response.streaming_content).decode()
        assert dataset.person.name not in text, address


def test_too_many_rows_are_refused_with_a_way_out(dataset, client, monkeypatch):
    monkeypatch.setattr(exports, "MAX_ROWS", 1)
    make.VillageFactory()
    client.force_login(dataset.people["admin"])
    response = client.get("/desa/", {"unduh": "xlsx", "urut": "nama"}, follow=True)
    assert response.redirect_chain == [("/desa/?urut=nama", 302)]
    assert "persempit dengan filter" in response.content.decode()
    assert not Event.objects.filter(verb="download").exists()


def test_an_unknown_form_shows_the_page(dataset, client):
    client.force_login(dataset.people["admin"])
    assert client.get("/desa/", {"unduh": "exe"})["Content-Type"].startswith("text/html")


def test_without_the_right_nothing_leaves(dataset, client, monkeypatch):
    monkeypatch.setattr(lists, "may", lambda user, right: False)
    monkeypatch.setattr("accounts.scoping.may", lambda user, right: False)
    client.force_login(dataset.people["staff"])
    assert "Unduh daftar ini" not in client.get("/desa/").content.decode()
    assert client.get("/desa/", {"unduh": "csv"}).status_code == 403


@pytest.mark.parametrize("address", ["/desa/", "/orang/", "/kpspams/", "/rencana-kerja/", "/pelatihan/"])
def test_a_long_list_asks_no_more_than_a_short_one(address, dataset, client, django_assert_max_num_queries):
    for _ in range(4):
        group = make.MemberFactory(group=make.GroupFactory()).group
        make.WorkPlanFactory(group=group)
        make.GrantAwardFactory(village=group.village)
        make.TrainingDayFactory(training=make.TrainingFactory())
    client.force_login(dataset.people["admin"])
    with django_assert_max_num_queries(20):
        taken(client, address)


NUMBERS = (int, float, Decimal)
TYPES = {
    exports.Kind.DATE: date,
    exports.Kind.MOMENT: datetime,
    **dict.fromkeys(
        (exports.Kind.NUMBER, exports.Kind.DECIMAL, exports.Kind.RUPIAH, exports.Kind.YEAR, exports.Kind.DEGREES),
        NUMBERS,
    ),
}


@pytest.mark.parametrize("address", [*LISTS, "/temuan/", "/temuan/tanpa-rencana-kerja/", "/cakupan/"])
def test_each_value_is_of_the_kind_that_its_column_tells(address, dataset, client, monkeypatch):
    seen = []
    monkeypatch.setattr(exports, "response", lambda table, form, filename: seen.append(table) or HttpResponse())
    client.force_login(dataset.people["admin"])
    client.get(address, {"unduh": "xlsx", "pribadi": "1", "hp": "1", "ta": "semua" if address == "/" else ""})
    (table,) = seen
    labels = [column.label for column in table.columns]
    assert len(set(labels)) == len(labels)
    assert all(column.concept for column in table.columns)
    rows = list(table.rows)
    assert len(rows) == table.count > 0
    for row in rows:
        for column in table.columns:
            value = column.of(row)
            assert value is None or isinstance(value, TYPES.get(column.kind, str)), (column.label, value)
