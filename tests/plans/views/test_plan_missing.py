"""Groups without usulan or plan by the deadline, and the texts to send to them."""

from datetime import date
from urllib.parse import unquote

import pytest
from django.urls import reverse

from accounts.models import DistrictSettings
from plans.forms.plan_missing import deadlines
from tests.factories import (
    DistrictFactory,
    FacilitatorFactory,
    GroupFactory,
    OfficialFactory,
    WorkPlanFactory,
)

pytestmark = pytest.mark.django_db
URL = reverse("plans:plan_missing")


@pytest.fixture
def today(monkeypatch):
    def set_to(day):
        for place in ("plans.forms.plan_missing", "villages.models.places", "kpspams.models.groups"):
            monkeypatch.setattr(f"{place}.localdate", lambda: day)

    set_to(date(2026, 11, 24))
    return set_to


def shown(client, **query):
    return [(group.name, group.state) for group in client.get(URL, query).context["object_list"]]


@pytest.mark.parametrize(
    ("day", "nearest"),
    [
        (date(2026, 11, 24), "final-2027"),
        (date(2026, 7, 10), "usulan-2027"),
        (date(2026, 1, 5), "final-2026"),
        (date(2026, 6, 1), "usulan-2027"),
    ],
)
def test_the_nearest_deadline_comes_first(today, day, nearest):
    today(day)
    assert deadlines(DistrictSettings())[0].code == nearest


def test_the_days_are_those_of_the_settings(today):
    rules = DistrictSettings(plan_proposal_deadline="15-05", plan_deadline="28-02")
    found = {moment.code: moment.due for moment in deadlines(rules)}
    assert (found["usulan-2027"], found["final-2027"]) == (date(2026, 5, 15), date(2027, 2, 28))


def test_what_was_handed_in_leaves_the_list(client, staff, today):
    names = ["Draf", "Kembali", "Ajukan", "Setuju", "Usulan", "Kosong", "Bubar"]
    groups = {name: GroupFactory(name=name) for name in names}
    groups["Bubar"].dissolved_on = date(2020, 1, 1)
    groups["Bubar"].save()
    for name, status in [("Draf", "draft"), ("Kembali", "returned"), ("Ajukan", "submitted"), ("Setuju", "approved")]:
        WorkPlanFactory(group=groups[name], year=2027, status=status)
    WorkPlanFactory(group=groups["Usulan"], year=2027, status="approved", stage="usulan")
    WorkPlanFactory(group=groups["Kosong"], year=2026, status="approved")
    assert sorted(shown(client)) == [
        ("Draf", "Draf"),
        ("Kembali", "Dikembalikan"),
        ("Kosong", "Belum ada"),
        ("Usulan", "Baru usulan"),
    ]
    usulan = sorted(shown(client, tenggat="usulan-2027"))
    assert usulan == [("Draf", "Draf"), ("Kembali", "Dikembalikan"), ("Kosong", "Belum ada")]
    assert "Kosong" not in dict(shown(client, tenggat="final-2026"))


def test_each_fasilitator_gets_a_text_with_their_villages(client, staff, today):
    one, other, alone = (GroupFactory(name=name) for name in ("Satu", "Dua", "Tiga"))
    FacilitatorFactory(name="Fasilitator A", villages=[one.village, other.village])
    texts = {message.name: message for message in client.get(URL).context["messages_to_send"]}
    assert set(texts) == {"", "Fasilitator A"}
    assert texts[""].text.splitlines() == [
        "Yth. Pengurus KPSPAMS,",
        "Rencana kerja 2027 KPSPAMS berikut belum diajukan (batas 31 Januari 2027):",
        f'1. {alone.village}, KPSPAMS "Tiga" (belum ada)',
        "Mohon dilengkapi dan diajukan di portal. Terima kasih.",
    ]
    assert "2. " in texts["Fasilitator A"].text
    assert unquote(texts[""].link.removeprefix("https://wa.me/?text=")) == texts[""].text
    late = client.get(URL, {"tenggat": "usulan-2027"}).context["messages_to_send"][0].text
    assert "(batas 30 Juni 2026 sudah lewat)" in late


def test_a_fasilitator_sees_their_villages_and_an_official_no_texts(client, staff, today):
    mine, _ = GroupFactory(name="Milik"), GroupFactory(name="Lain")
    client.force_login(FacilitatorFactory(villages=[mine.village]))
    assert shown(client) == [("Milik", "Belum ada")]
    client.force_login(OfficialFactory())
    answer = client.get(URL)
    assert (answer.context["messages_to_send"], "wa.me" in answer.text) == ([], False)


def test_the_list_asks_as_much_for_five_as_for_one(client, staff, today, django_assert_num_queries):
    DistrictSettings.objects.create(district=DistrictFactory())

    def add():
        group = GroupFactory()
        WorkPlanFactory(group=group, year=2027)
        FacilitatorFactory(villages=[group.village])

    add()
    with django_assert_num_queries(9):
        client.get(URL)
    for _ in range(4):
        add()
    with django_assert_num_queries(9):
        client.get(URL)


def test_the_list_leaves_as_a_file(client, staff, today):
    GroupFactory(name="Satu")
    answer = client.get(URL, {"unduh": "csv"})
    text = b"".join(answer).decode("utf-8-sig")
    assert "Satu" in text
    assert "Rencana kerja 2027" in text
