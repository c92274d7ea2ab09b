"""Giving, excepting and taking back the sertifikat."""

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
def present(world, people):
    """All four attended the two JP there are."""
    f.AgendaItemFactory(session=world.session, lesson_hours=2)
    for row in people:
        f.AttendanceFactory(participant=row, session=world.session)
    return people


def previewed(world, pattern=PATTERN):
    return Previewed(pattern, ON, [row.participant.pk for row in certificate_roll(world.training).due])


def numbers(world):
    return list(world.training.certificates.order_by("participant__number").values_list("number", flat=True))


def test_all_who_earned_one_get_the_previewed_numbers_with_history(world, present):
    rows = give(world.training, previewed(world), by=world.staff)
    assert [(row.participant, row.number, row.lesson_hours) for row in rows] == [
        (present[0], "007/SERT/XII/2018", 2),
        (present[1], "008/SERT/XII/2018", 2),
        (present[2], "009/SERT/XII/2018", 2),
        (present[3], "010/SERT/XII/2018", 2),
    ]
    (event,) = world.training.events
    assert event.changes == {"sertifikat": ["", "4 diberikan, nomor 007/SERT/XII/2018 s.d. 010/SERT/XII/2018"]}
    assert present[0].events[0].changes == {"sertifikat": ["", "007/SERT/XII/2018"]}
    assert rows[0].events.get().verb == Event.Verb.ADD


def test_sent_twice_gives_once(world, present):
    wish = previewed(world)
    first = give(world.training, wish, by=world.staff)
    assert give(world.training, wish, by=world.staff) == first
    assert Certificate.objects.count() == 4


def test_without_a_pattern_no_number_is_invented(world, present):
    give(world.training, previewed(world, Pattern()), by=world.staff)
    assert numbers(world) == ["", "", "", ""]


def test_a_preview_that_no_longer_holds_is_refused(world, present):
    wish = previewed(world)
    present[3].attendances.all().delete()
    with pytest.raises(ValidationError, match="berubah sejak pratinjau"):
        give(world.training, wish, by=world.staff)
    assert not Certificate.objects.exists()


def test_later_ones_leave_given_numbers_alone(world, present):
    f.CertificateFactory(participant=present[1], number="001/SERT/XII/2018")
    give(world.training, previewed(world, Pattern("{nomor}/SERT/XII/2018", 2, 3)), by=world.staff)
    assert numbers(world) == [f"00{n}/SERT/XII/2018" for n in (2, 1, 3, 4)]


def test_a_number_of_another_training_is_refused_by_name(world, present):
    other = f.CertificateFactory(number="009/SERT/XII/2018", participant__training__title="Bimtek")
    with pytest.raises(ValidationError) as refused:
        give(world.training, previewed(world), by=world.staff)
    assert refused.value.message_dict == {
        "text": [f"Nomor 009/SERT/XII/2018 sudah dipakai untuk {other.participant} pada Bimtek. Mulai dari nomor lain."]
    }


def test_the_database_refuses_a_number_twice_in_a_training(world, present):
    f.CertificateFactory(participant=present[0], number="1")
    with pytest.raises(IntegrityError), transaction.atomic():
        f.CertificateFactory(participant=present[1], number="1")


def test_a_reason_gives_what_the_rule_does_not_and_once_per_key(world, present):
    f.AgendaItemFactory(session=f.TrainingSessionFactory(day=world.day), lesson_hours=8)
    assert certificate_roll(world.training).due == []
    key = uuid.uuid4()
    typed = {"number": "1/K", "dated_on": ON, "reason": "Keputusan Ketua", "by": world.staff, "key": key}
    row = give_one(world.training, present[0].pk, **typed)
    assert (row.reason, row.lesson_hours) == ("Keputusan Ketua", 2)
    assert give_one(world.training, present[0].pk, **typed) == row
    with pytest.raises(ValidationError, match="sudah mempunyai"):
        give_one(world.training, present[0].pk, **(typed | {"key": uuid.uuid4()}))
    with pytest.raises(ValidationError) as refused:
        give_one(world.training, present[1].pk, **(typed | {"key": uuid.uuid4()}))
    assert list(refused.value.message_dict) == ["number"]


def test_who_was_not_present_gets_none_even_with_a_reason(world, present):
    absent = f.ParticipantFactory(training=world.training, number=9)
    with pytest.raises(ValidationError, match="tidak tercatat hadir"):
        give_one(world.training, absent.pk, number="", dated_on=ON, reason="x", by=world.staff, key=None)


def test_a_withdrawn_one_is_not_given_again_by_rule_and_its_number_never(world, present):
    rows = give(world.training, previewed(world), by=world.staff)
    withdraw(rows[1], by=world.staff, reason="Salah nama")
    event = present[1].events[0]
    assert (event.changes, event.reason) == ({"sertifikat": ["008/SERT/XII/2018", "dicabut"]}, "Salah nama")
    roll = certificate_roll(world.training)
    assert (roll.due, [row.withdrawn for row in roll.refused]) == ([], [event])
    typed = {"dated_on": ON, "reason": "Nama sudah dibetulkan", "by": world.staff, "key": None}
    with pytest.raises(ValidationError, match="dicabut"):
        give_one(world.training, present[1].pk, number="008/SERT/XII/2018", **typed)
    give_one(world.training, present[1].pk, number="011/SERT/XII/2018", **typed)
    assert certificate_roll(world.training).refused == []
    with pytest.raises(ValidationError, match="sudah dicabut"):
        withdraw(rows[1], by=world.staff, reason="lagi")


def test_a_closed_training_still_gives_and_a_cancelled_one_does_not(world, present):
    wish = previewed(world)
    type(world.training).objects.update(state="cancelled")
    with pytest.raises(ValidationError, match="dibatalkan"):
        give(world.training, wish, by=world.staff)
    type(world.training).objects.update(state="closed")
    assert len(give(world.training, wish, by=world.staff)) == 4
