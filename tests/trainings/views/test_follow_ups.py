from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from tests.trainings.services.test_follow_ups import group_of, handed, task
from trainings.models import FollowUp


def at(name, *args):
    return reverse(f"trainings:{name}", args=args)


def sentence(response):
    return [str(message) for message in response.context["messages"]]


def listed(client, **query):
    return sorted(row.number for row in client.get(at("follow_up_list"), query).context["object_list"])


def test_a_fasilitator_fills_own_villages_only(dataset, as_user):
    client = as_user(dataset.facilitator)
    response = client.post(at("follow_up_fill", dataset.training.pk), follow=True)
    assert sentence(response) == ["RKTL dari templat terisi untuk 1 desa."]
    assert set(FollowUp.objects.values_list("village", flat=True)) == {dataset.satu.pk}
    assert client.post(at("follow_up_fill", dataset.training.pk), {"desa": str(dataset.dua.pk)}).status_code == 404
    for nonsense in ("x", "9" * 30, "\u0661"):
        assert client.post(at("follow_up_fill", dataset.training.pk), {"desa": nonsense}).status_code == 404


def test_the_office_fills_all_villages_at_once(dataset, as_user):
    as_user(dataset.staff).post(at("follow_up_fill", dataset.training.pk))
    assert FollowUp.objects.values("village").distinct().count() == 2


def test_a_fasilitator_sees_own_villages_on_the_page(dataset, as_user):
    task(dataset)
    task(dataset, village=dataset.dua)
    seen = {
        role: [
            str(p.village)
            for p in as_user(getattr(dataset, role)).get(at("follow_up_plan", dataset.training.pk)).context["plans"]
        ]
        for role in ("staff", "official", "facilitator")
    }
    assert seen == {"staff": ["Desa A", "Desa B"], "official": ["Desa A", "Desa B"], "facilitator": ["Desa A"]}


def test_a_task_is_added_by_hand(dataset, as_user):
    task(dataset)
    data = {"task": "Membuka rekening", "due_text": "Sebelum lebaran", "responsible": "Bendahara"}
    response = as_user(dataset.facilitator).post(
        at("follow_up_create", dataset.training.pk, dataset.satu.pk), data, follow=True
    )
    assert sentence(response) == ["Kegiatan RKTL Desa A: Membuka rekening tersimpan."]
    row = FollowUp.objects.get(number=2)
    assert (row.village, row.training, row.due_text) == (dataset.satu, dataset.training, "Sebelum lebaran")


def test_people_offered_are_those_of_the_village(dataset, as_user):
    form = (
        as_user(dataset.facilitator).get(at("follow_up_create", dataset.training.pk, dataset.satu.pk)).context["form"]
    )
    assert {person.village for person in form.fields["person"].queryset} == {dataset.satu}
    assert list(form.fields["group"].queryset) == [group_of(dataset, dataset.satu)]


def test_done_with_day_and_note(dataset, as_user):
    row = task(dataset)
    data = {"done_on": "2019-01-05", "note": "Tarif Rp3.000", "version": "1"}
    response = as_user(dataset.facilitator).post(at("follow_up_done", row.pk), data, follow=True)
    assert sentence(response) == [f"{row}: selesai."]
    row.refresh_from_db()
    assert (row.done_on, row.note, row.version) == (date(2019, 1, 5), "Tarif Rp3.000", 2)
    assert row.events.first().verb == "close"
    again = as_user(dataset.facilitator).post(at("follow_up_done", row.pk), data, follow=True)
    assert sentence(again) == ["Tindak lanjut ini sudah berstatus selesai."]
    row.refresh_from_db()
    assert row.version == 2


@pytest.mark.parametrize(
    ("name", "data", "field"),
    [
        ("follow_up_done", {"done_on": "2999-01-01"}, "done_on"),
        ("follow_up_done", {"done_on": ""}, "done_on"),
        ("follow_up_drop", {"dropped_on": "2019-01-01", "note": ""}, "note"),
    ],
)
def test_an_end_is_refused_at_its_field(name, data, field, dataset, as_user):
    row = task(dataset)
    response = as_user(dataset.staff).post(at(name, row.pk), data | {"version": "1"})
    assert list(response.context["form"].errors) == [field]
    row.refresh_from_db()
    assert row.is_open


def test_dropped_with_a_reason(dataset, as_user):
    row = task(dataset)
    as_user(dataset.staff).post(
        at("follow_up_drop", row.pk), {"dropped_on": "2019-01-05", "note": "Tidak jadi", "version": "1"}
    )
    row.refresh_from_db()
    assert (row.state_word, row.note) == ("Dibatalkan", "Tidak jadi")


def test_the_second_writer_sees_both(dataset, as_user):
    row = task(dataset)
    FollowUp.objects.filter(pk=row.pk).update(task="Tugas lain", version=2)
    response = as_user(dataset.staff).post(at("follow_up_update", row.pk), {"task": "Tugas saya", "version": "1"})
    assert response.status_code == 409
    assert {"label": "Kegiatan", "mine": "Tugas saya", "theirs": "Tugas lain"} in [
        change | {"label": str(change["label"]).capitalize()} for change in response.context["conflict"]["rows"]
    ]


def test_the_plan_that_came_is_offered_and_taken(dataset, as_user):
    row = task(dataset, promises_plan=True)
    plan = handed(group_of(dataset, dataset.satu))
    client = as_user(dataset.facilitator)
    page = client.get(at("follow_up_detail", row.pk))
    assert page.context["offered"].plan == plan
    assert "masuk tanggal 21 Januari 2019, 48 hari sesudah pelatihan" in page.content.decode()
    response = client.post(at("follow_up_keep_promise", row.pk), follow=True)
    assert sentence(response) == [f"{plan} (masuk 21 Januari 2019) dicatat sebagai hasil."]
    row.refresh_from_db()
    assert (row.work_plan, row.state_word) == (plan, "Selesai")


def test_another_village_is_not_found(dataset, as_user):
    row = task(dataset, village=dataset.dua)
    client = as_user(dataset.facilitator)
    names = ("follow_up_detail", "follow_up_update", "follow_up_done", "follow_up_drop", "follow_up_remove")
    assert [client.get(at(name, row.pk)).status_code for name in names] == [404] * 5
    assert listed(client, keadaan="semua") == []


def test_the_list_shows_open_ones_and_what_is_asked(dataset, as_user):
    today = localdate()
    task(dataset, number=1, due_on=today - timedelta(days=1))
    task(dataset, number=2, due_on=today + timedelta(days=14))
    task(dataset, number=3, due_on=today + timedelta(days=15))
    task(dataset, number=4, done_on=today)
    task(dataset, number=5, dropped_on=today, note="Batal", village=dataset.dua)
    client = as_user(dataset.staff)
    requested = {
        word: listed(client, keadaan=word) for word in ("", "terlambat", "segera", "selesai", "batal", "semua", "x")
    }
    assert requested == {
        "": [1, 2, 3],
        "terlambat": [1],
        "segera": [2],
        "selesai": [4],
        "batal": [5],
        "semua": [1, 2, 3, 4, 5],
        "x": [1, 2, 3],
    }
    assert listed(client, keadaan="semua", desa=dataset.dua.pk) == [5]
    assert listed(client, keadaan="semua", fasilitator=dataset.facilitator.pk) == [1, 2, 3, 4]
    assert listed(client, keadaan="semua", q="desa-yang-tidak-ada") == []
    assert listed(client, keadaan="semua", pelatihan=dataset.training.pk) == [1, 2, 3, 4, 5]


@pytest.mark.parametrize(
    ("days", "shown"), [(30, {"30": 0, "60": 0}), (31, {"30": 1, "60": 0}), (61, {"30": 1, "60": 1})]
)
def test_open_ones_older_than_30_and_60_days(days, shown, dataset, as_user, time_machine_at):
    task(dataset)
    with time_machine_at(dataset.day.date + timedelta(days=days)):
        client = as_user(dataset.staff)
        assert {age: len(listed(client, umur=age)) for age in shown} == shown


def test_the_list_leaves_as_a_file_without_names_unless_asked(dataset, as_user):
    person = dataset.boards[dataset.satu.pk]["KET"].person
    task(dataset, person=person, responsible="Ketua")
    client = as_user(dataset.staff)
    plain = b"".join(client.get(at("follow_up_list"), {"unduh": "csv"}).streaming_content).decode()
    named = b"".join(client.get(at("follow_up_list"), {"unduh": "csv", "pribadi": "1"}).streaming_content).decode()
    assert ("Menyusun rencana kerja" in plain, person.name in plain, person.name in named) == (True, False, True)


def test_the_village_page_shows_what_was_promised(dataset, as_user):
    task(dataset, due_on=date(2019, 1, 1))
    task(dataset, number=2, task="Menguji air", done_on=date(2019, 1, 1))
    page = as_user(dataset.facilitator).get(dataset.satu.get_absolute_url()).content.decode()
    assert ("Tindak lanjut (1 belum selesai)" in page, "Menguji air" in page) == (True, False)


def test_lists_ask_the_same_number_of_queries_for_1_and_5(dataset, as_user, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = as_user(dataset.staff)
    addresses = [at("follow_up_list"), at("follow_up_plan", dataset.training.pk), dataset.satu.get_absolute_url()]
    task(dataset, promises_plan=True, group=group_of(dataset, dataset.satu))
    counts = []
    for address in addresses:
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        counts.append(len(queries))
    for number in range(2, 6):
        task(dataset, number=number, promises_plan=True, group=group_of(dataset, dataset.satu))
    for address, count in zip(addresses, counts, strict=True):
        with django_assert_num_queries(count):
            client.get(address)
