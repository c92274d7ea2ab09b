import uuid
from datetime import date, time

from django.contrib.messages import get_messages
from django.urls import reverse

from records.formats import time_id
from tests import factories as f
from trainings.models import Training
from trainings.rules.hours import moved
from trainings.services.copies import parts_of


def url(training):
    return reverse("trainings:training_copy", args=[training.pk])


def typed(**changes):
    return {
        "request_key": str(uuid.uuid4()),
        "title": "Pelatihan KPSPAMS 2019",
        "wave": "Angkatan II",
        "first": "2019-03-05",
        "parts": ["desa", "acara", "panitia", "soal", "evaluasi", "anggaran"],
    } | changes


def whole(dataset, people):
    """A training with one row of everything that can be copied, and of what cannot."""
    training = dataset.training
    item = f.AgendaItemFactory(session=dataset.session, topic="Pembukuan", lesson_hours=2)
    f.AgendaSpeakerFactory(item=item, resource_person__person__district=dataset.district)
    later = f.TrainingSessionFactory(day__training=training, day__date=date(2018, 12, 6), name="Malam")
    f.CommitteeMemberFactory(training=training, person__district=dataset.district)
    f.TestQuestionFactory(training=training)
    f.EvaluationQuestionFactory(training=training)
    f.BudgetLineFactory(training=training, ceiling=1_000_000, realised=900_000, dpa_number="DPA/1")
    f.SpjItemFactory(training=training, number="005/1")
    f.AttendanceFactory(participant=people[0], session=dataset.session)
    return later


def test_copy_takes_the_chosen_parts_and_nothing_of_the_people(dataset, people, as_user):
    whole(dataset, people)
    answer = as_user(dataset.staff).post(url(dataset.training), typed())
    new = Training.objects.get(title="Pelatihan KPSPAMS 2019")
    assert answer.url == new.get_absolute_url()
    assert (new.wave, new.fiscal_year, new.venue, new.kind) == ("Angkatan II", 2019, "Balai", "pelatihan")
    assert [(d.date, [s.name for s in d.sessions.all()]) for d in new.days.all()] == [
        (date(2019, 3, 5), ["Sehari penuh"]),
        (date(2019, 3, 7), ["Malam"]),
    ]
    (item,) = new.days.first().items.all()
    assert (item.topic, item.session, item.speakers.count()) == ("Pembukuan", new.days.first().sessions.get(), 1)
    counts = ("invitations", "committee", "test_questions", "evaluation_questions", "budget_lines")
    assert [getattr(new, name).count() for name in counts] == [2, 1, 1, 1, 1]
    line = new.budget_lines.get()
    assert (line.ceiling, line.realised, line.dpa_number) == (1_000_000, None, "")
    assert [getattr(new, name).count() for name in ("participants", "spj_items", "certificates")] == [0, 0, 0]


def test_copy_with_another_start_moves_all_hours_after_a_question(dataset, as_user):
    f.AgendaItemFactory(session=dataset.session, starts=time(8), ends=time(9, 30))
    client, later = as_user(dataset.staff), typed(starts="09:00", parts=["acara"])
    requested = client.post(url(dataset.training), later).context["form"].errors
    ends = time_id(moved(dataset.session.ends, 60))
    assert requested == {
        "still_save": [
            f"Jam semua acara dan sesi bergeser 60 menit: hari ke-1 09.00 s.d. {ends} WIB. Centang bila benar."
        ]
    }
    client.post(url(dataset.training), later | {"still_save": "on"})
    item = Training.objects.get(title="Pelatihan KPSPAMS 2019").days.get().items.get()
    assert (item.starts, item.ends, item.session.starts) == (time(9), time(10, 30), time(9))
    too_late = client.post(url(dataset.training), typed(starts="20:00", parts=["acara"])).context["form"].errors
    assert too_late == {"starts": ["Jam mulai itu membuat sebagian acara jatuh pada hari lain. Pilih jam lain."]}


def test_copy_of_nothing_but_the_frame(dataset, people, as_user):
    whole(dataset, people)
    as_user(dataset.staff).post(url(dataset.training), typed(parts=[]))
    new = Training.objects.get(title="Pelatihan KPSPAMS 2019")
    assert [(day.date.day, day.sessions.count(), day.items.count()) for day in new.days.all()] == [(5, 1, 0), (7, 1, 0)]
    assert (new.invitations.count(), new.committee.count(), new.budget_lines.count()) == (0, 0, 0)


def test_copy_sent_twice_makes_one_and_a_closed_training_may_be_copied(dataset, as_user):
    dataset.training.close(by=dataset.staff)
    client, data = as_user(dataset.staff), typed()
    data.pop("parts")
    assert client.post(url(dataset.training), data).url == client.post(url(dataset.training), data).url
    assert Training.objects.filter(title="Pelatihan KPSPAMS 2019").count() == 1


def test_sample_speakers_stay_out_and_that_is_said(dataset, people, as_user):
    item = f.AgendaItemFactory(session=dataset.session)
    f.AgendaSpeakerFactory(item=item, resource_person__person__is_sample=True)
    answer = as_user(dataset.staff).post(url(dataset.training), typed(parts=["acara"]))
    texts = [str(message) for message in get_messages(answer.wsgi_request)]
    assert texts[0].startswith("Narasumber contoh tidak ikut disalin: ")
    assert not Training.objects.latest("title").days.first().items.get().speakers.exists()


def test_parts_offer_only_what_is_there(dataset):
    assert parts_of(dataset.training) == {"desa": "Desa undangan (2 desa)"}


def test_a_meeting_is_copied_by_the_short_form(dataset, as_user):
    meeting = f.TrainingFactory(district=dataset.district, kind=Training.Kind.MEETING)
    answer = as_user(dataset.staff).get(url(meeting))
    assert answer.url == f"/pelatihan/rapat/baru/?dari={meeting.pk}"


def test_copy_proposes_the_year_of_the_new_dates_in_the_title_once(dataset, as_user):
    dataset.training.title = "Pelatihan Tahun 2018/2019 dari usulan 2017"
    dataset.training.save()
    client, old = as_user(dataset.staff), {"title": dataset.training.title, "wave": "Angkatan I", "parts": ["desa"]}
    form = client.post(url(dataset.training), typed(**old)).context["form"]
    assert list(form.errors) == ["title"]
    assert form["title"].value() == "Pelatihan Tahun 2019/2020 dari usulan 2017"
    assert Training.objects.count() == 1
    kept = client.post(url(dataset.training), typed(**old, seen=form["seen"].value()))
    assert kept.status_code == 302
    again = client.post(url(dataset.training), typed(**old, first="2018-12-20"))
    assert again.status_code == 302
    assert [row.title for row in Training.objects.all()] == [dataset.training.title] * 3
