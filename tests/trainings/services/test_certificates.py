"""Issue, exception and withdrawal of the sertifikat."""

import uuid
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from records.models import Event
from tests import factories as f
from trainings.models import Certificate
from trainings.queries.certificates import Pattern, certificate_roll
from trainings.services.certificates import Previewed, give, give_one, withdraw

ON = date(2018, 12, 6)
PATTERN = Pattern("{nomor}/SERT/XII/2018", 7, 3)


@pytest.fixture
def present(dataset, people):
    """All four attended all two JP."""
    f.AgendaItemFactory(session=dataset.session, lesson_hours=2)
    for row in people:
        f.AttendanceFactory(participant=row, session=dataset.session)
    return people


def previewed(dataset, pattern=PATTERN):
    return Previewed(pattern, ON, [row.participant.pk for row in certificate_roll(dataset.training).due])


def numbers(dataset):
    return list(dataset.training.certificates.order_by("participant__number").values_list("number", flat=True))


def test_all_who_earned_one_get_the_previewed_numbers_with_history(dataset, present):
    rows = give(dataset.training, previewed(dataset), by=dataset.staff)
    assert [(row.participant, row.number, row.lesson_hours) for row in rows] == [
        (present[0], "007/SERT/XII/2018", 2),
        (present[1], "008/SERT/XII/2018", 2),
        (present[2], "009/SERT/XII/2018", 2),
        (present[3], "010/SERT/XII/2018", 2),
    ]
    (event,) = dataset.training.events
    assert event.changes == {"sertifikat": ["", "4 diberikan, nomor 007/SERT/XII/2018 s.d. 010/SERT/XII/2018"]}
    assert present[0].events[0].changes == {"sertifikat": ["", "007/SERT/XII/2018"]}
    assert rows[0].events.get().verb == Event.Verb.ADD


def test_sent_twice_gives_once(dataset, present):
    wish = previewed(dataset)
    first = give(dataset.training, wish, by=dataset.staff)
    assert give(dataset.training, wish, by=dataset.staff) == first
    assert Certificate.objects.count() == 4


def test_without_a_pattern_no_number_is_invented(dataset, present):
    give(dataset.training, previewed(dataset, Pattern()), by=dataset.staff)
    assert numbers(dataset) == ["", "", "", ""]


def test_a_preview_that_no_longer_holds_is_refused(dataset, present):
    wish = previewed(dataset)
    present[3].attendances.all().delete()
    with pytest.raises(ValidationError, match="berubah sejak pratinjau"):
        give(dataset.training, wish, by=dataset.staff)
    assert not Certificate.objects.exists()


def test_later_ones_leave_given_numbers_alone(dataset, present):
    f.CertificateFactory(participant=present[1], number="001/SERT/XII/2018")
    give(dataset.training, previewed(dataset, Pattern("{nomor}/SERT/XII/2018", 2, 3)), by=dataset.staff)
    assert numbers(dataset) == [f"00{n}/SERT/XII/2018" for n in (2, 1, 3, 4)]


def test_a_number_of_another_training_is_refused_by_name(dataset, present):
    other = f.CertificateFactory(number="009/SERT/XII/2018", participant__training__title="Bimtek")
    with pytest.raises(ValidationError) as refused:
        give(dataset.training, previewed(dataset), by=dataset.staff)
    assert refused.value.message_dict == {
        "text": [f"Nomor 009/SERT/XII/2018 sudah dipakai untuk {other.participant} pada Bimtek. Mulai dari nomor lain."]
    }


def test_the_database_refuses_a_number_twice_in_a_training(dataset, present):
    f.CertificateFactory(participant=present[0], number="1")
    with pytest.raises(IntegrityError), transaction.atomic():
        f.CertificateFactory(participant=present[1], number="1")


def test_a_reason_gives_what_the_rule_does_not_and_once_per_key(dataset, present):
    f.AgendaItemFactory(session=f.TrainingSessionFactory(day=dataset.day), lesson_hours=8)
    assert certificate_roll(dataset.training).due == []
    key = uuid.uuid4()
    typed = {"number": "1/K", "dated_on": ON, "reason": "Keputusan Ketua", "by": dataset.staff, "key": key}
    row = give_one(dataset.training, present[0].pk, **typed)
    assert (row.reason, row.lesson_hours) == ("Keputusan Ketua", 2)
    assert give_one(dataset.training, present[0].pk, **typed) == row
    with pytest.raises(ValidationError, match="sudah mempunyai"):
        give_one(dataset.training, present[0].pk, **(typed | {"key": uuid.uuid4()}))
    with pytest.raises(ValidationError) as refused:
        give_one(dataset.training, present[1].pk, **(typed | {"key": uuid.uuid4()}))
    assert list(refused.value.message_dict) == ["number"]


def test_who_was_not_present_gets_none_even_with_a_reason(dataset, present):
    absent = f.ParticipantFactory(training=dataset.training, number=9)
    with pytest.raises(ValidationError, match="tidak tercatat hadir"):
        give_one(dataset.training, absent.pk, number="", dated_on=ON, reason="x", by=dataset.staff, key=None)


def test_a_withdrawn_one_is_not_given_again_by_rule_and_its_number_never(dataset, present):
    rows = give(dataset.training, previewed(dataset), by=dataset.staff)
    withdraw(rows[1], by=dataset.staff, reason="Salah nama")
    event = present[1].events[0]
    assert (event.changes, event.reason) == ({"sertifikat": ["008/SERT/XII/2018", "dicabut"]}, "Salah nama")
    roll = certificate_roll(dataset.training)
    assert (roll.due, [row.withdrawn for row in roll.refused]) == ([], [event])
    typed = {"dated_on": ON, "reason": "Nama sudah dibetulkan", "by": dataset.staff, "key": None}
    with pytest.raises(ValidationError, match="dicabut"):
        give_one(dataset.training, present[1].pk, number="008/SERT/XII/2018", **typed)
    give_one(dataset.training, present[1].pk, number="011/SERT/XII/2018", **typed)
    assert certificate_roll(dataset.training).refused == []
    with pytest.raises(ValidationError, match="sudah dicabut"):
        withdraw(rows[1], by=dataset.staff, reason="lagi")


def test_a_closed_training_still_gives_and_a_cancelled_one_does_not(dataset, present):
    wish = previewed(dataset)
    type(dataset.training).objects.update(state="cancelled")
    with pytest.raises(ValidationError, match="dibatalkan"):
        give(dataset.training, wish, by=dataset.staff)
    type(dataset.training).objects.update(state="closed")
    assert len(give(dataset.training, wish, by=dataset.staff)) == 4
