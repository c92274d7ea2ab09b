import uuid
from datetime import date

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from records.models import Event
from tests import factories as f
from trainings.models import Training

CREATE = "/pelatihan/baru/"
BESOK = "“besok” pada “4-12-2018, besok” bukan tanggal. Tulis seperti 4-6 Desember 2018 atau 4, 5 dan 6 Desember 2018."


def typed(dataset, **changes):
    return {
        "request_key": str(uuid.uuid4()),
        "kind": "pelatihan",
        "title": "Pelatihan Baru",
        "fiscal_year": "2018",
        "venue": "Aula",
        "first_date": "2018-12-04",
        "day_count": "3",
        "other_dates": "",
        "starts": "08:00",
        "ends": "16:30",
        "sheet_unit": "hari",
        "agenda": "kpspams_3_hari",
        "villages": [str(dataset.satu.pk), str(dataset.dua.pk)],
        "quota": "3",
        "posts": ["KET", "BEN"],
        "register_boards": "on",
    } | changes


def errors(response):
    return {name: list(texts) for name, texts in response.context["form"].errors.items()}


def test_training_create_logs_everything_in_one_sitting(dataset, as_user):
    f.GrantAwardFactory(village=dataset.tiga, fiscal_year=2017)
    data = typed(dataset, cohorts=["2017"], officers=[str(dataset.facilitator.pk)])
    response = as_user(dataset.staff).post(CREATE, data)
    row = Training.objects.get(title="Pelatihan Baru")
    assert response.url == row.get_absolute_url()
    assert (row.district, row.cohort_year, row.days.count()) == (dataset.district, 2017, 3)
    assert [i.village.name for i in row.invitations.all()] == ["A", "B", "C"]
    assert row.participants.count() == 6
    assert list(row.officers.all()) == [dataset.facilitator]


def test_training_create_sent_twice_makes_one(dataset, as_user):
    client = as_user(dataset.staff)
    data = typed(dataset)
    first = client.post(CREATE, data)
    events = Event.objects.count()
    second = client.post(CREATE, data)
    assert (first.status_code, second.status_code, first.url) == (302, 302, second.url)
    assert Training.objects.filter(title="Pelatihan Baru").count() == 1
    assert Event.objects.count() == events


def test_training_create_with_days_one_by_one(dataset, as_user):
    as_user(dataset.staff).post(
        CREATE, typed(dataset, first_date="", other_dates="6-12-2018, 4-12-2018, 6-12-2018", still_save="on")
    )
    row = Training.objects.get(title="Pelatihan Baru")
    assert [day.date for day in row.days.all()] == [date(2018, 12, 4), date(2018, 12, 6)]


@pytest.mark.parametrize("unit", ["hari", "pagi_siang", "sesi"])
def test_training_create_in_each_sheet_unit_counts_24_lesson_hours(unit, dataset, as_user):
    from trainings.queries.figures import training_figures

    as_user(dataset.staff).post(CREATE, typed(dataset, sheet_unit=unit))
    figures = training_figures(Training.objects.get(title="Pelatihan Baru"))
    assert (figures.lesson_hours, sum(s.lesson_hours for s in figures.sessions)) == (24, 24)
    assert len(figures.sessions) == {"hari": 3, "pagi_siang": 6, "sesi": 12}[unit]


@pytest.mark.parametrize(
    ("changes", "field", "text"),
    [
        ({"title": ""}, "title", "Isian ini wajib diisi."),
        ({"venue": ""}, "venue", "Isi tempat, atau centang daring."),
        ({"first_date": ""}, "first_date", "Isi tanggal mulai, atau tanggal satu per satu."),
        ({"day_count": ""}, "day_count", "Isi jumlah hari."),
        ({"other_dates": "4-12-2018, besok"}, "other_dates", BESOK),
        ({"ends": "07:00"}, "ends", "Jam selesai harus sesudah jam mulai."),
        ({"day_count": "99"}, "day_count", None),
        ({"fiscal_year": "1900"}, "fiscal_year", None),
        ({"villages": ["0"]}, "villages", None),
        ({"kind": "lain"}, "kind", None),
    ],
)
def test_training_create_says_what_is_wrong_at_its_field(changes, field, text, dataset, as_user):
    response = as_user(dataset.staff).post(CREATE, typed(dataset, **changes))
    found = errors(response)
    assert list(found) == [field]
    assert text is None or found[field] == [text]
    assert 'value="Aula"' in response.content.decode() or "venue" in changes
    assert not Training.objects.filter(title="Pelatihan Baru").exists()


def test_training_create_does_not_know_villages_of_another_district(dataset, as_user):
    other = f.VillageFactory(subdistrict__district=f.OtherDistrictFactory(), subdistrict__code="18.05.01")
    response = as_user(dataset.staff).post(CREATE, typed(dataset, villages=[str(other.pk)]))
    assert list(errors(response)) == ["villages"]


def test_all_districts_admin_chooses_the_district(dataset, as_user):
    admin = f.AdminFactory(district=None, all_districts=True)
    client = as_user(admin)
    assert list(errors(client.post(CREATE, typed(dataset)))) == ["district"]
    other = f.OtherDistrictFactory()
    refused = client.post(CREATE, typed(dataset, district=str(other.pk)))
    assert "tidak termasuk" in refused.content.decode()
    client.post(CREATE, typed(dataset, district=str(dataset.district.pk)))
    assert Training.objects.get(title="Pelatihan Baru").district == dataset.district


@pytest.mark.parametrize("role", ["facilitator", "official"])
def test_training_create_is_for_the_office(role, dataset, as_user):
    client = as_user(getattr(dataset, role))
    assert (client.get(CREATE).status_code, client.post(CREATE, typed(dataset)).status_code) == (403, 403)


def frame(dataset, **changes):
    row = dataset.training
    return {
        "version": str(row.version),
        "kind": row.kind,
        "title": row.title,
        "fiscal_year": "2018",
        "venue": row.venue,
        "sheet_unit": row.sheet_unit,
    } | changes


def url(dataset, name, *args):
    return reverse(f"trainings:{name}", args=[dataset.training.pk, *args])


def test_training_update_writes_with_event(dataset, as_user):
    as_user(dataset.staff).post(url(dataset, "training_update"), frame(dataset, venue="Hotel"))
    dataset.training.refresh_from_db()
    assert (dataset.training.venue, dataset.training.version) == ("Hotel", 2)
    assert dataset.training.events.first().changes == {"tempat": ["Balai", "Hotel"]}


def test_second_editor_sees_both_texts(dataset, as_user):
    client = as_user(dataset.staff)
    client.post(url(dataset, "training_update"), frame(dataset, venue="Hotel", version="1"))
    response = client.post(url(dataset, "training_update"), frame(dataset, venue="Sekolah", version="1"))
    assert response.status_code == 409
    assert response.context["conflict"]["rows"] == [{"label": "Tempat", "mine": "Sekolah", "theirs": "Hotel"}]
    dataset.training.refresh_from_db()
    assert dataset.training.venue == "Hotel"


def test_other_sheet_unit_makes_other_sessions(dataset, as_user):
    as_user(dataset.staff).post(url(dataset, "training_update"), frame(dataset, sheet_unit="pagi_siang"))
    assert [s.name for s in dataset.day.sessions.all()] == ["Pagi", "Siang"]


def test_other_sheet_unit_is_refused_after_marking(dataset, people, as_user):
    f.AttendanceFactory(participant=people[0], session=dataset.session)
    response = as_user(dataset.staff).post(url(dataset, "training_update"), frame(dataset, sheet_unit="pagi_siang"))
    assert list(errors(response)) == ["sheet_unit"]
    dataset.training.refresh_from_db()
    assert (dataset.training.sheet_unit, [s.name for s in dataset.day.sessions.all()]) == ("hari", ["Sehari penuh"])


def test_training_close_and_reopen_from_the_pages(dataset, people, as_user):
    client = as_user(dataset.staff)
    refused = client.post(url(dataset, "training_close"), {f"signatures_{dataset.session.pk}": "3", "reason": ""})
    assert "3 tanda tangan, 0 tercatat hadir" in refused.content.decode()
    client.post(url(dataset, "training_close"), {f"signatures_{dataset.session.pk}": "", "reason": ""})
    dataset.training.refresh_from_db()
    assert dataset.training.state == "closed"
    assert list(errors(client.post(url(dataset, "training_reopen"), {"reason": ""}))) == ["reason"]
    client.post(url(dataset, "training_reopen"), {"reason": "Ada yang keliru"})
    dataset.training.refresh_from_db()
    assert dataset.training.state == "open"


@pytest.mark.parametrize("name", ["training_close", "training_reopen", "training_cancel"])
@pytest.mark.parametrize("role", ["facilitator", "official"])
def test_closing_is_for_the_office(name, role, dataset, as_user):
    dataset.training.officers.add(dataset.facilitator)
    assert as_user(getattr(dataset, role)).post(url(dataset, name), {"reason": "x"}).status_code == 403


def titles(client, query):
    return [row.title for row in client.get("/pelatihan/", query).context["trainings"]]


def test_training_list_searches_filters_and_sorts(dataset, as_user):
    f.TrainingFactory(district=dataset.district, title="Bimtek Pembukuan", kind="bimtek", fiscal_year=2020)
    client = as_user(dataset.staff)
    assert titles(client, {"q": "PELATIHAN kps-pams"}) == ["Pelatihan KPSPAMS"]
    assert titles(client, {"jenis": "bimtek"}) == ["Bimtek Pembukuan"]
    assert titles(client, {"ta": "2018"}) == ["Pelatihan KPSPAMS"]
    assert titles(client, {"kecamatan": str(dataset.satu.subdistrict_id)}) == ["Pelatihan KPSPAMS"]
    assert titles(client, {"urut": "judul"}) == ["Bimtek Pembukuan", "Pelatihan KPSPAMS"]
    assert titles(client, {"urut": "ta"}) == ["Bimtek Pembukuan", "Pelatihan KPSPAMS"]
    assert titles(client, {"urut": "terlama"}) == ["Pelatihan KPSPAMS", "Bimtek Pembukuan"]
    assert titles(client, {"jenis": "'; DROP", "ta": "x", "urut": "-pk"}) == ["Bimtek Pembukuan", "Pelatihan KPSPAMS"]


def test_training_list_finds_states_by_their_days(dataset, as_user, time_machine_at):
    client = as_user(dataset.staff)
    states = {}
    for day in (date(2018, 12, 3), date(2018, 12, 4), date(2018, 12, 5)):
        with time_machine_at(day):
            for state in ("direncanakan", "berlangsung", "belum-ditutup", "selesai", "dibatalkan"):
                if titles(client, {"keadaan": state}):
                    states[day.day] = state
    assert states == {3: "direncanakan", 4: "berlangsung", 5: "belum-ditutup"}
    Training.objects.update(state="closed")
    assert titles(client, {"keadaan": "selesai"}) == ["Pelatihan KPSPAMS"]
    Training.objects.update(state="cancelled")
    assert titles(client, {"keadaan": "dibatalkan"}) == ["Pelatihan KPSPAMS"]


def test_training_list_shows_a_fasilitator_invited_trainings_and_own_participants(dataset, people, as_user):
    f.TrainingFactory(district=dataset.district, title="Lain")
    rows = as_user(dataset.facilitator).get("/pelatihan/").context["trainings"]
    assert [(row.title, row.participant_count, row.village_count) for row in rows] == [("Pelatihan KPSPAMS", 2, 2)]
    assert titles(as_user(dataset.stranger), {}) == []
    dataset.training.officers.add(dataset.stranger)
    assert titles(as_user(dataset.stranger), {}) == ["Pelatihan KPSPAMS"]


def steps(client, training):
    return [(step.sentence, step.label) for step in client.get(training.get_absolute_url()).context["steps"]]


def test_page_names_what_is_missing_with_the_next_step(dataset, people, as_user, time_machine_at):
    client = as_user(dataset.staff)
    empty = f.TrainingFactory(district=dataset.district)
    assert steps(client, empty) == [
        ("Belum ada hari.", "Tambah hari"),
        ("Belum ada desa yang diundang.", "Undang desa"),
    ]
    f.AgendaItemFactory(session=dataset.session)
    dataset.training.participants.filter(village=dataset.dua).update(state="batal")
    with time_machine_at(date(2018, 12, 1)):
        assert steps(as_user(dataset.staff), dataset.training) == [("Belum mengusulkan peserta: B.", "Ingatkan")]
    with time_machine_at(date(2018, 12, 5)):
        assert steps(as_user(dataset.staff), dataset.training)[1:] == [
            ("2 kehadiran belum dicatat.", "Catat kehadiran")
        ]
        for person in people[:2]:
            f.AttendanceFactory(participant=person, session=dataset.session)
        assert steps(as_user(dataset.staff), dataset.training) == [
            ("Pelatihan sudah lewat dan belum ditutup.", "Tutup pelatihan")
        ]


def test_page_names_what_is_missing_to_who_runs_the_training_only(dataset, as_user):
    assert as_user(dataset.official).get(dataset.training.get_absolute_url()).context["steps"] == []
    Training.objects.filter(pk=dataset.training.pk).update(state=Training.State.CLOSED)
    assert steps(as_user(dataset.staff), dataset.training) == []


def test_training_create_asks_before_days_of_the_template_are_left_out(dataset, as_user):
    client, data = as_user(dataset.staff), typed(dataset, day_count="2")
    requested = client.post(CREATE, data)
    (text,) = errors(requested)["still_save"]
    assert text.startswith("Pelatihan KPSPAMS, 3 hari (24 JP) memuat 3 hari, pelatihan ini 2 hari. Tidak ikut: ")
    assert all(part in text for part in ("Rencana Kerja Tindak Lanjut (RKTL)", "Post-test", "Penutupan"))
    assert 'name="still_save"' in requested.content.decode()
    assert not Training.objects.filter(title="Pelatihan Baru").exists()
    client.post(CREATE, data | {"still_save": "on"})
    assert Training.objects.get(title="Pelatihan Baru").days.count() == 2


def test_more_people_than_asked_for_are_told_and_saved(dataset, as_user):
    response = as_user(dataset.staff).post(CREATE, typed(dataset, quota="1"))
    assert Training.objects.get(title="Pelatihan Baru").participants.count() == 4
    sentences = [str(message) for message in get_messages(response.wsgi_request)]
    assert "Melebihi permintaan. 4 orang terdaftar, 2 orang diminta." in sentences
