import pytest
from django.urls import reverse

from records.models import Event
from tests import factories as f
from trainings.models import Attendance, Training


def grid(dataset):
    return reverse("trainings:attendance_grid", args=[dataset.training.pk])


def roll(dataset):
    return reverse("trainings:attendance_session", args=[dataset.training.pk, dataset.session.pk])


def cells(dataset, people, *statuses):
    return {f"k-{p.pk}-{dataset.session.pk}": status for p, status in zip(people, statuses, strict=True)}


def stored(dataset):
    return {row.participant.number: (row.status, row.source) for row in dataset.session.attendances.all()}


def sentence(response):
    return [str(message) for message in response.context["messages"]]


def test_grid_saves_and_says_the_totals(dataset, people, as_user):
    response = as_user(dataset.staff).post(
        grid(dataset), cells(dataset, people, "hadir", "hadir", "izin", ""), follow=True
    )
    assert sentence(response) == ["Kehadiran hari ke-1 tersimpan: 2 hadir, 1 izin."]
    assert stored(dataset) == {1: ("hadir", "grid"), 2: ("hadir", "grid"), 3: ("izin", "grid")}


def test_grid_sent_twice_writes_once(dataset, people, as_user):
    client = as_user(dataset.staff)
    for _ in range(2):
        response = client.post(grid(dataset), cells(dataset, people, "hadir", "hadir", "izin", ""), follow=True)
    assert sentence(response) == ["Kehadiran hari ke-1 tersimpan: 2 hadir, 1 izin."]
    assert Event.objects.filter(kind="trainings.training").count() == 1


def test_roll_marks_all_with_one_tap_then_takes_exceptions(dataset, people, as_user):
    client = as_user(dataset.staff)
    page = client.get(roll(dataset))
    assert (Attendance.objects.count(), [line["cells"][0]["unsaved"] for line in page.context["rows"]]) == (
        0,
        [False] * 4,
    )
    assert "Semua hadir (4 belum dicatat)" in page.content.decode()
    client.post(roll(dataset), cells(dataset, people, "", "", "", "sakit") | {"semua": "1"})
    assert stored(dataset) == {n: ("hadir", "semua") for n in (1, 2, 3)} | {4: ("sakit", "semua")}
    seen = client.get(roll(dataset)).context["seen"]
    remark = {f"r-{people[0].pk}-{dataset.session.pk}": "  hujan   deras "}
    client.post(
        roll(dataset), cells(dataset, people, "terlambat", "hadir", "hadir", "sakit") | remark | {"version": seen}
    )
    assert stored(dataset)[1] == ("terlambat", "hp")
    assert Attendance.objects.get(participant=people[0]).remark == "hujan deras"


def test_roll_says_its_counts_by_sex_and_village(dataset, people, as_user):
    for row in people[:3]:
        f.AttendanceFactory(participant=row, session=dataset.session)
    context = as_user(dataset.staff).get(roll(dataset)).context
    assert context["row"].present.text == "3 orang (2 L, 1 P)"
    assert [(v["name"], v["present"], v["total"]) for v in context["villages"]] == [("A", 2, 2), ("B", 1, 2)]


def test_remark_without_a_mark_keeps_what_was_typed(dataset, people, as_user):
    remark = {f"r-{people[0].pk}-{dataset.session.pk}": "hujan"}
    response = as_user(dataset.staff).post(roll(dataset), cells(dataset, people, "", "sakit", "", "") | remark)
    page = response.content.decode()
    assert "Keterangan tanpa kehadiran: Ketua A" in page
    assert ('value="hujan"' in page, stored(dataset)) == (True, {})
    assert [line["cells"][0]["shown"].status for line in response.context["rows"]] == ["", "sakit", "", ""]


def test_too_long_a_remark_is_refused_and_kept(dataset, people, as_user):
    remark = {f"r-{people[0].pk}-{dataset.session.pk}": "x" * 121}
    page = (
        as_user(dataset.staff).post(roll(dataset), cells(dataset, people, "izin", "", "", "") | remark).content.decode()
    )
    assert ("paling banyak 120 huruf" in page, "x" * 121 in page, stored(dataset)) == (True, True, {})


def test_closed_day_asks_for_a_reason_and_shows_it_afterwards(dataset, people, as_user):
    client = as_user(dataset.staff)
    client.post(grid(dataset), cells(dataset, people, *["hadir"] * 4))
    client.post(reverse("trainings:day_close", args=[dataset.training.pk, dataset.day.pk]), {})
    page = client.get(grid(dataset))
    assert 'name="alasan"' in page.content.decode()
    mine = cells(dataset, people, "alpa", "hadir", "hadir", "hadir") | {"version": page.context["seen"]}
    refused = client.post(grid(dataset), mine)
    assert (refused.context["reason_missing"], stored(dataset)[1]) == (True, ("hadir", "grid"))
    assert refused.context["rows"][0]["cells"][0]["shown"].status == "alpa"
    done = client.post(grid(dataset), mine | {"alasan": "Keliru orang"}, follow=True)
    assert stored(dataset)[1] == ("alpa", "koreksi")
    assert "Keliru orang" in done.content.decode()


def test_grid_says_who_stands_in_it_twice(dataset, people, as_user):
    from villages.models import Person

    Person.objects.filter(pk=people[2].person_id).update(merged_into=people[0].person)
    page = as_user(dataset.staff).get(grid(dataset)).content.decode()
    assert "Ketua A tercatat dua kali: no. 1 dan no. 3." in page


def test_500_people_in_3_sessions_are_saved_in_one_request(dataset, as_user, django_assert_max_num_queries):
    from kpspams.models import Member
    from trainings.models import Participant
    from villages.models import Person

    for number in (2, 3):
        f.TrainingSessionFactory(day=f.TrainingDayFactory(training=dataset.training, date=f"2018-12-0{number + 3}"))
    sessions = [s.pk for day in dataset.training.days.all() for s in day.sessions.all()]
    crowd = Person.objects.bulk_create(
        Person(district=dataset.district, village=dataset.satu, name=f"Peserta {n}", sex="LP"[n % 2])
        for n in range(500)
    )
    rows = Participant.objects.bulk_create(
        Participant(training=dataset.training, person=p, number=n, village=dataset.satu, post=Member.Post.CHAIR)
        for n, p in enumerate(crowd, 1)
    )
    marks = {f"k-{row.pk}-{session}": "hadir" for row in rows for session in sessions}
    client = as_user(dataset.staff)
    client.get(grid(dataset), {"hari": "semua"})
    with django_assert_max_num_queries(40):
        response = client.post(grid(dataset) + "?hari=semua", marks)
    assert response.status_code == 302
    assert Attendance.objects.filter(status="hadir").count() == 1_500


def test_grid_leaves_as_a_file_with_and_without_names(dataset, people, as_user):
    f.AttendanceFactory(participant=people[0], session=dataset.session, status="izin", remark="hujan")
    client = as_user(dataset.staff)

    def lines(**requested):
        body = b"".join(client.get(grid(dataset), {"unduh": "csv"} | requested).streaming_content)
        return body.decode("utf-8-sig").splitlines()

    assert lines()[:2] == [
        "No.,L/P,Jabatan/Unsur,Kode desa,Desa,Hari ke-1,JP",
        "1,L,Ketua KPSPAMS,18.11.98.2000,A,Izin,0",
    ]
    assert lines(pribadi="1")[1] == "1,Ketua A,L,Ketua KPSPAMS,18.11.98.2000,A,Izin,hujan,0"


def test_second_marker_sees_both_and_chooses(dataset, people, as_user):
    client = as_user(dataset.staff)
    seen = client.get(grid(dataset)).context["seen"]
    f.AttendanceFactory(participant=people[0], session=dataset.session, status="izin", marked_by=dataset.admin)
    mine = cells(dataset, people, "hadir", "sakit", "", "") | {"version": seen}
    response = client.post(grid(dataset), mine)
    page = response.content.decode()
    assert response.status_code == 409
    assert [(c.mine_text, c.theirs_text) for c in response.context["clashes"]] == [("Hadir", "Izin")]
    assert dataset.admin.name in page
    assert page.count('<option value="sakit" selected>') == 1  # text typed elsewhere is still there
    assert stored(dataset) == {1: ("izin", "grid")}
    name = f"pilih-k-{people[0].pk}-{dataset.session.pk}"
    assert (f'name="{name}" value="saya:izin"' in page, f'name="{name}" value="mereka"' in page) == (True, True)
    client.post(grid(dataset), mine | {name: "mereka"})
    assert {n: s for n, (s, _) in stored(dataset).items()} == {1: "izin", 2: "sakit"}
    client.post(grid(dataset), mine | {name: "saya:izin"})
    assert {n: s for n, (s, _) in stored(dataset).items()} == {1: "hadir", 2: "sakit"}


def test_clash_without_an_answer_asks_again(dataset, people, as_user):
    client = as_user(dataset.staff)
    f.AttendanceFactory(participant=people[0], session=dataset.session, status="izin")
    mine = cells(dataset, people, "hadir", "", "", "")
    assert [client.post(grid(dataset), mine).status_code for _ in range(2)] == [409, 409]
    assert stored(dataset) == {1: ("izin", "grid")}


@pytest.mark.parametrize(
    ("role", "expected"), [("official", 403), ("facilitator", 403), ("stranger", 404), ("staff", 302), ("admin", 302)]
)
def test_who_may_mark(role, expected, dataset, people, as_user):
    for page in (grid(dataset), roll(dataset)):
        assert as_user(getattr(dataset, role)).post(page, {}).status_code == expected


def test_officer_marks_all_participants(dataset, people, as_user):
    dataset.training.officers.add(dataset.stranger)
    client = as_user(dataset.stranger)
    assert len(client.get(grid(dataset)).context["rows"]) == 4
    assert client.post(grid(dataset), cells(dataset, people, *["hadir"] * 4)).status_code == 302
    assert len(stored(dataset)) == 4


def test_fasilitator_looks_at_own_people_without_fields(dataset, people, as_user):
    response = as_user(dataset.facilitator).get(grid(dataset))
    assert [line["person"].participant.number for line in response.context["rows"]] == [1, 2]
    assert "<select" not in response.content.decode()


def test_closed_training_shows_marks_and_takes_none(dataset, people, as_user):
    Training.objects.update(state=Training.State.CLOSED)
    client = as_user(dataset.staff)
    assert "<select" not in client.get(grid(dataset)).content.decode()
    response = client.post(grid(dataset), cells(dataset, people, *["hadir"] * 4), follow=True)
    assert "Buka kembali dahulu" in sentence(response)[0]
    assert Attendance.objects.count() == 0


@pytest.mark.parametrize(
    "data",
    [
        {"k-1-1": "hadir"},
        {"k-99999999999999999999-1": "hadir"},
        {"version": "x-y-z 1-2-lain", "pilih-k-1-1": "saya:", "k-a-b": "hadir"},
    ],
)
def test_nonsense_writes_nothing(data, dataset, people, as_user):
    assert as_user(dataset.staff).post(grid(dataset), data, follow=True).status_code == 200
    assert Attendance.objects.count() == 0


def test_unknown_mark_is_refused(dataset, people, as_user):
    response = as_user(dataset.staff).post(grid(dataset), cells(dataset, people, "lari", "", "", ""), follow=True)
    assert "tidak dikenal" in sentence(response)[0]
    assert Attendance.objects.count() == 0


def test_grid_shows_one_day_or_all(dataset, people, as_user):
    other = f.TrainingSessionFactory(day__training=dataset.training, day__date="2018-12-05")
    client = as_user(dataset.staff)
    shown = {
        query: [row.session.pk for row in client.get(grid(dataset), {"hari": query}).context["sessions"]]
        for query in ("", "1", "2", "semua", "9", "x")
    }
    one, two = dataset.session.pk, other.pk
    assert shown == {"": [one], "1": [one], "2": [two], "semua": [one, two], "9": [one], "x": [one]}


def test_grid_asks_the_same_number_of_queries_for_4_and_9_people(dataset, people, as_user, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = as_user(dataset.staff)
    with CaptureQueriesContext(connection) as queries:
        client.get(grid(dataset))
    for number in range(10, 15):
        row = f.ParticipantFactory(training=dataset.training, number=number)
        f.AttendanceFactory(participant=row, session=dataset.session)
    with django_assert_num_queries(len(queries)):
        assert len(client.get(grid(dataset)).context["rows"]) == 9
