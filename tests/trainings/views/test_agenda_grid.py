"""The agenda of all days on one page: rows typed, added, removed, and merged with other users' changes."""

import uuid
from datetime import date, time

import pytest
from django.urls import reverse

from tests import factories as f
from trainings.models import AgendaItem, AgendaSpeaker

BLANK = {"starts": "", "ends": "", "kind": "materi", "topic": "", "lesson_hours": "", "method": ""}


def url(dataset):
    return reverse("trainings:agenda_grid_update", args=[dataset.training.pk])


def row(starts, ends, topic, *speakers, **more):
    return BLANK | {"starts": starts, "ends": ends, "topic": topic, "speakers": list(speakers)} | more


def sent(grid, rows):
    """The form of the page with these rows instead of the shown ones: {key: fields}."""
    data = {"rows": list(rows), "seen": grid.seen_text, "request_key": str(grid.request_key)}
    return data | {f"{key}-{name}": value for key, fields in rows.items() for name, value in fields.items()}


def shown(item, *speakers, **changes):
    """The row of a stored item as the page shows it."""
    fields = {name: getattr(item, name) for name in ("kind", "topic", "lesson_hours", "method", "speaker", "pb_code")}
    times = {name: f"{getattr(item, name):%H:%M}" for name in ("starts", "ends")}
    return fields | times | {"speakers": list(speakers)} | changes


def errors(response):
    return [(error["target"], error["text"]) for error in response.context["grid"].errors]


@pytest.fixture
def page(dataset, as_user):
    """Sends rows with the hidden values that the page had at the first call."""
    client, grids = as_user(dataset.staff), []

    def send(rows, **more):
        grids[:] = grids or [client.get(url(dataset)).context["grid"]]
        return client.post(url(dataset), sent(grids[0], rows) | more)

    return send


@pytest.fixture
def item(dataset):
    return f.AgendaItemFactory(session=dataset.session, topic="Keuangan", method="Ceramah")


def topics(dataset):
    return list(AgendaItem.objects.filter(day__training=dataset.training).values_list("topic", flat=True))


def test_agenda_grid_saves_all_days_at_once(dataset, item, page):
    second = f.TrainingSessionFactory(day__training=dataset.training, day__date=date(2018, 12, 5))
    speaker = f.ResourcePersonFactory(person__name="Sri Wahyuni", person__district=dataset.district)
    answer = page(
        {
            f"i{item.pk}": shown(item, topic="Administrasi keuangan"),
            f"h{dataset.day.pk}n1": row("07.30", "08:00", "Pembukaan", kind="acara"),
            f"h{dataset.day.pk}n2": BLANK,
            f"h{second.day.pk}n1": row("08:00", "09:30", "Kebijakan", "wahyuni", lesson_hours="2"),
        }
    )
    assert answer.url == reverse("trainings:agenda", args=[dataset.training.pk])
    assert topics(dataset) == ["Pembukaan", "Administrasi keuangan", "Kebijakan"]
    policy = AgendaItem.objects.get(topic="Kebijakan")
    assert (policy.session, [one.resource_person for one in policy.speakers.all()]) == (second, [speaker])
    assert item.events.first().changes == {"materi/acara": ["Keuangan", "Administrasi keuangan"]}


def test_agenda_grid_reads_several_narasumber_from_one_box(dataset, page):
    names = ("Sri Wahyuni", "Nyoman Suarta", "Joko; Kepala")
    speakers = [f.ResourcePersonFactory(person__name=name, person__district=dataset.district) for name in names]
    rows = {
        f"h{dataset.day.pk}n1": row("08:00", "09:30", "Kebijakan", "Sri Wahyuni; suarta;", "Joko; Kepala"),
        f"h{dataset.day.pk}n2": row("10:00", "11:00", "Iuran", "Sri Wahyuni; Tak Dikenal"),
    }
    answer = page(rows)
    assert answer.context["grid"].rows[1].slots == ["Sri Wahyuni", "Tak Dikenal", ""]
    assert [text.split(" ")[0] for _, text in errors(answer)] == ["“Tak"]
    page(dict(list(rows.items())[:1]))
    item = AgendaItem.objects.get(topic="Kebijakan")
    assert [one.resource_person for one in item.speakers.order_by("pk")] == speakers


def test_agenda_grid_sent_twice_adds_once_and_other_words_ask(dataset, page):
    key = f"h{dataset.day.pk}n1"
    rows = {key: row("08:00", "09:00", "Pembukaan")}
    assert (page(rows).status_code, page(rows).status_code) == (302, 302)
    answer = page({key: row("08:00", "09:00", "Pembukaan resmi")})
    assert answer.status_code == 409
    assert topics(dataset) == ["Pembukaan"]


def test_agenda_grid_names_what_is_wrong_at_its_field_and_keeps_the_words(dataset, item, page):
    f.ResourcePersonFactory(person__name="Sri Wahyuni", person__district=dataset.district)
    f.ResourcePersonFactory(person__name="Sri Lestari", person__district=dataset.district)
    key, second, third = (f"h{dataset.day.pk}n{n}" for n in (1, 2, 3))
    answer = page(
        {
            f"i{item.pk}": BLANK,
            key: row("10:00", "09:00", "Rehat", kind="istirahat", lesson_hours="1"),
            second: row("", "09:00", "", "Sri"),
            third: row("09:00", "10:00", "Praktik", "Budi"),
        }
    )
    assert answer.status_code == 422
    assert errors(answer) == [
        (f"i{item.pk}-topic", "Baris ini kosong. Centang Hapus untuk menghapus mata acaranya, atau isi kembali."),
        (f"{key}-ends", "Jam selesai harus sesudah jam mulai."),
        (f"{key}-lesson_hours", "Istirahat tidak mempunyai JP. Isi 0."),
        (f"{second}-starts", "Isi jam mulai."),
        (f"{second}-topic", "Tulis materi atau acaranya."),
        (
            f"{second}-speakers",
            "“Sri” cocok dengan beberapa orang: Sri Lestari, Sri Wahyuni. Tulis nama lengkapnya.",
        ),
        (
            f"{third}-speakers",
            "“Budi” belum ada dalam daftar narasumber. Pilih namanya dari daftar, atau tulis pada “Narasumber sebagai"
            " teks”.",
        ),
    ]
    assert 'value="Budi"' in answer.content.decode()
    assert topics(dataset) == ["Keuangan"]


def test_agenda_grid_keeps_both_when_two_people_write_one_row(dataset, item, page):
    other = f.AgendaItemFactory(session=dataset.session, topic="Teknis", starts=time(10), ends=time(11))
    moderator = f.ResourcePersonFactory()
    AgendaSpeaker.objects.create(item=item, resource_person=moderator, role="moderator")
    page({f"i{item.pk}": shown(item, topic="Keuangan KPSPAMS"), f"i{other.pk}": shown(other)})
    rows = {f"i{item.pk}": shown(item, topic="Pembukuan"), f"i{other.pk}": shown(other, "", drop="on")}
    answer = page(rows)
    assert answer.status_code == 409
    assert topics(dataset) == ["Keuangan KPSPAMS", "Teknis"]
    grid = answer.context["grid"]
    mine, dropped = grid.rows[:2]
    assert (mine.texts["topic"], mine.theirs) == (
        "Pembukuan",
        "Tersimpan sekarang: 08.00–09.30 Keuangan KPSPAMS, Materi, 2 JP, Ceramah",
    )
    assert dropped.dropped
    assert page(rows, seen=grid.seen_text).status_code == 302
    assert topics(dataset) == ["Pembukuan"]
    assert item.speakers.get().resource_person == moderator


def test_agenda_grid_leaves_alone_what_only_others_changed(dataset, item, page):
    other = f.AgendaItemFactory(session=dataset.session, topic="Teknis", starts=time(10), ends=time(11))
    before = {f"i{item.pk}": shown(item), f"i{other.pk}": shown(other)}
    page(before | {f"i{item.pk}": shown(item, topic="Pembukuan")})
    assert page(before | {f"i{other.pk}": shown(other, lesson_hours="1")}).status_code == 302
    assert list(AgendaItem.objects.values_list("topic", "lesson_hours")) == [("Pembukuan", 2), ("Teknis", 1)]


def test_agenda_grid_gives_back_a_row_that_somebody_removed(dataset, item, page):
    page({f"i{item.pk}": shown(item, drop="on")})
    answer = page({f"i{item.pk}": shown(item, topic="Pembukuan")})
    grid = answer.context["grid"]
    assert (answer.status_code, grid.rows[0].texts["topic"]) == (409, "Pembukuan")
    assert grid.rows[0].theirs.startswith("Mata acara ini dihapus orang lain.")
    page({grid.rows[0].key: row("08:00", "09:30", "Pembukuan")})
    assert topics(dataset) == ["Pembukuan"]


def test_agenda_grid_adds_rows_without_script_and_warns_of_overlaps(dataset, item, page):
    key = f"h{dataset.day.pk}n1"
    rows = {f"i{item.pk}": shown(item), key: row("09:00", "10:00", "Praktik", lesson_hours="1")}
    answer = page(rows, susun=f"tambah:{dataset.day.pk}")
    part = answer.context["grid"].days[0]
    assert [row.key for row in part.rows][2:] == [f"h{dataset.day.pk}n{number}" for number in (2, 3, 4)]
    assert (part.hours, part.notes) == (
        3,
        ["Bertumpuk: “Praktik” mulai 09.00, padahal “Keuangan” baru selesai 09.30."],
    )
    assert topics(dataset) == ["Keuangan"]


def test_agenda_grid_refuses_a_longer_agenda_than_a_training_has(dataset, page, monkeypatch):
    monkeypatch.setattr("trainings.services.agenda_grid.MAX_ITEMS", 1)
    rows = {f"h{dataset.day.pk}n{hour}": row(f"{hour:02}:00", f"{hour:02}:30", "Materi") for hour in (8, 9)}
    text = "Susunan acara memuat paling banyak 1 mata acara, dan ini menjadi 2. Kurangi barisnya."
    assert errors(page(rows)) == [("", text)]


def test_agenda_grid_asks_as_much_for_one_row_as_for_ten(dataset, as_user, django_assert_max_num_queries):
    client = as_user(dataset.staff)
    for number in range(10):
        speaker = f.ResourcePersonFactory(person__district=dataset.district)
        row = f.AgendaItemFactory(session=dataset.session, topic=f"Materi {number}")
        AgendaSpeaker.objects.create(item=row, resource_person=speaker)
    with django_assert_max_num_queries(16):
        client.get(url(dataset))


def test_agenda_grid_of_another_training_leaves_its_days_alone(dataset, page):
    foreign = f.AgendaItemFactory(session__day__date=date(2018, 12, 7), topic="Milik lain")
    page({f"h{foreign.day.pk}n1": row("08:00", "09:00", "Sisipan"), f"i{foreign.pk}": shown(foreign, drop="on")})
    foreign.refresh_from_db()
    assert (AgendaItem.objects.count(), uuid.UUID(int=0) == foreign.request_key) == (1, False)
