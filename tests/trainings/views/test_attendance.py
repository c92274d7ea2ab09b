import pytest
from django.urls import reverse

from records.models import Event
from tests import factories as f
from trainings.models import Attendance, Training


def grid(world):
    return reverse("trainings:attendance_grid", args=[world.training.pk])


def roll(world):
    return reverse("trainings:attendance_session", args=[world.training.pk, world.session.pk])


def cells(world, people, *statuses):
    return {f"k-{p.pk}-{world.session.pk}": status for p, status in zip(people, statuses, strict=True)}


def stored(world):
    return {row.participant.number: (row.status, row.source) for row in world.session.attendances.all()}


def said(response):
    return [str(message) for message in response.context["messages"]]


def test_grid_saves_and_says_the_totals(world, people, as_user):
    response = as_user(world.staff).post(grid(world), cells(world, people, "hadir", "hadir", "izin", ""), follow=True)
    assert said(response) == ["Kehadiran hari ke-1 tersimpan: 2 hadir, 1 izin."]
    assert stored(world) == {1: ("hadir", "grid"), 2: ("hadir", "grid"), 3: ("izin", "grid")}


def test_grid_sent_twice_writes_once(world, people, as_user):
    client = as_user(world.staff)
    for _ in range(2):
        response = client.post(grid(world), cells(world, people, "hadir", "hadir", "izin", ""), follow=True)
    assert said(response) == ["Kehadiran hari ke-1 tersimpan: 2 hadir, 1 izin."]
    assert Event.objects.filter(kind="trainings.training").count() == 1


def test_roll_presets_present_without_writing(world, people, as_user):
    client = as_user(world.staff)
    response = client.get(roll(world))
    assert [line["cells"][0]["unsaved"] for line in response.context["rows"]] == [True] * 4
    assert response.content.decode().count('<option value="hadir" selected>') == 4
    assert Attendance.objects.count() == 0
    client.post(roll(world), cells(world, people, "hadir", "hadir", "hadir", "sakit"))
    assert stored(world) == {n: ("hadir", "semua") for n in (1, 2, 3)} | {4: ("sakit", "semua")}


def test_second_marker_sees_both_and_chooses(world, people, as_user):
    client = as_user(world.staff)
    seen = client.get(grid(world)).context["seen"]
    f.AttendanceFactory(participant=people[0], session=world.session, status="izin", marked_by=world.admin)
    mine = cells(world, people, "hadir", "sakit", "", "") | {"version": seen}
    response = client.post(grid(world), mine)
    page = response.content.decode()
    assert response.status_code == 409
    assert [(c.mine_word, c.theirs_word) for c in response.context["clashes"]] == [("Hadir", "Izin")]
    assert world.admin.name in page
    assert page.count('<option value="sakit" selected>') == 1  # what was typed elsewhere is still there
    assert stored(world) == {1: ("izin", "grid")}
    name = f"pilih-k-{people[0].pk}-{world.session.pk}"
    assert (f'name="{name}" value="saya:izin"' in page, f'name="{name}" value="mereka"' in page) == (True, True)
    client.post(grid(world), mine | {name: "mereka"})
    assert {n: s for n, (s, _) in stored(world).items()} == {1: "izin", 2: "sakit"}
    client.post(grid(world), mine | {name: "saya:izin"})
    assert {n: s for n, (s, _) in stored(world).items()} == {1: "hadir", 2: "sakit"}


def test_clash_without_an_answer_asks_again(world, people, as_user):
    client = as_user(world.staff)
    f.AttendanceFactory(participant=people[0], session=world.session, status="izin")
    mine = cells(world, people, "hadir", "", "", "")
    assert [client.post(grid(world), mine).status_code for _ in range(2)] == [409, 409]
    assert stored(world) == {1: ("izin", "grid")}


@pytest.mark.parametrize(
    ("role", "expected"), [("official", 403), ("facilitator", 403), ("stranger", 404), ("staff", 302), ("admin", 302)]
)
def test_who_may_mark(role, expected, world, people, as_user):
    for page in (grid(world), roll(world)):
        assert as_user(getattr(world, role)).post(page, {}).status_code == expected


def test_officer_marks_all_participants(world, people, as_user):
    world.training.officers.add(world.stranger)
    client = as_user(world.stranger)
    assert len(client.get(grid(world)).context["rows"]) == 4
    assert client.post(grid(world), cells(world, people, *["hadir"] * 4)).status_code == 302
    assert len(stored(world)) == 4


def test_fasilitator_looks_at_own_people_without_fields(world, people, as_user):
    response = as_user(world.facilitator).get(grid(world))
    assert [line["person"].participant.number for line in response.context["rows"]] == [1, 2]
    assert "<select" not in response.content.decode()


def test_closed_training_shows_marks_and_takes_none(world, people, as_user):
    Training.objects.update(state=Training.State.CLOSED)
    client = as_user(world.staff)
    assert "<select" not in client.get(grid(world)).content.decode()
    response = client.post(grid(world), cells(world, people, *["hadir"] * 4), follow=True)
    assert "Buka kembali dahulu" in said(response)[0]
    assert Attendance.objects.count() == 0


@pytest.mark.parametrize(
    "data",
    [
        {"k-1-1": "hadir"},
        {"k-99999999999999999999-1": "hadir"},
        {"version": "x-y-z 1-2-lain", "pilih-k-1-1": "saya:", "k-a-b": "hadir"},
    ],
)
def test_nonsense_writes_nothing(data, world, people, as_user):
    assert as_user(world.staff).post(grid(world), data, follow=True).status_code == 200
    assert Attendance.objects.count() == 0


def test_unknown_mark_is_refused(world, people, as_user):
    response = as_user(world.staff).post(grid(world), cells(world, people, "lari", "", "", ""), follow=True)
    assert "tidak dikenal" in said(response)[0]
    assert Attendance.objects.count() == 0


def test_grid_shows_one_day_or_all(world, people, as_user):
    other = f.TrainingSessionFactory(day__training=world.training, day__date="2018-12-05")
    client = as_user(world.staff)
    shown = {
        query: [row.session.pk for row in client.get(grid(world), {"hari": query}).context["sessions"]]
        for query in ("", "1", "2", "semua", "9", "x")
    }
    one, two = world.session.pk, other.pk
    assert shown == {"": [one], "1": [one], "2": [two], "semua": [one, two], "9": [one], "x": [one]}


def test_grid_asks_the_same_number_of_queries_for_4_and_9_people(world, people, as_user, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = as_user(world.staff)
    with CaptureQueriesContext(connection) as queries:
        client.get(grid(world))
    for number in range(10, 15):
        row = f.ParticipantFactory(training=world.training, number=number)
        f.AttendanceFactory(participant=row, session=world.session)
    with django_assert_num_queries(len(queries)):
        assert len(client.get(grid(world)).context["rows"]) == 9
