import uuid
from datetime import date

import pytest
from django.core.exceptions import ValidationError

from records.models import Event
from tests import factories as f
from trainings.models import Participant, Training
from trainings.services import participant_numbers, participants
from trainings.services.participants import Entry
from villages.models import Person


def sheet(training):
    return [(p.number, p.person.name) for p in training.participants.all()]


def test_register_orders_by_village_and_post_and_appends(dataset):
    late = [participants.as_entry(dataset.boards[dataset.satu.pk]["KET"])]
    first = [
        participants.as_entry(dataset.boards[v.pk][post]) for v in (dataset.dua, dataset.satu) for post in ("BEN",)
    ]
    participants.register(dataset.training, first, by=dataset.staff)
    participants.register(dataset.training, late, by=dataset.staff)
    assert sheet(dataset.training) == [(1, "Bendahara A"), (2, "Bendahara B"), (3, "Ketua A")]
    participant_numbers.renumber(dataset.training, by=dataset.staff)
    assert sheet(dataset.training) == [(1, "Ketua A"), (2, "Bendahara A"), (3, "Bendahara B")]


def test_register_puts_people_without_village_and_walk_ins_last(dataset):
    guest = f.PersonFactory(village=None, name="Tamu")
    walker = f.PersonFactory(village=dataset.satu, name="Pendatang")
    entries = [
        Entry(walker, village=dataset.satu, walk_in=True),
        Entry(guest, affiliation="BPD"),
        participants.as_entry(dataset.boards[dataset.dua.pk]["KET"]),
    ]
    participants.register(dataset.training, entries, by=dataset.staff)
    assert sheet(dataset.training) == [(1, "Ketua B"), (2, "Tamu"), (3, "Pendatang")]


def test_register_twice_registers_once(dataset):
    entries = [participants.as_entry(dataset.boards[dataset.satu.pk]["KET"])]
    participants.register(dataset.training, entries, by=dataset.staff)
    events = Event.objects.count()
    again = participants.register(dataset.training, entries * 2, by=dataset.staff)
    assert ([p.number for p in again.already], again.added) == ([1, 1], [])
    assert (dataset.training.participants.count(), Event.objects.count()) == (1, events)


def test_a_withdrawn_person_comes_back_as_the_last(dataset, people):
    participants.withdraw(people[1], by=dataset.staff)
    entry = participants.as_entry(dataset.boards[dataset.satu.pk]["BEN"])
    found = participants.register(dataset.training, [entry], by=dataset.staff)
    assert [(p.number, p.state) for p in found.returned] == [(len(people), "terdaftar")]
    assert [row.number for row in dataset.training.participants.current()] == list(range(1, len(people) + 1))


def test_numbers_have_no_gap_after_withdrawal_and_substitution(dataset, people):
    participants.withdraw(people[0], by=dataset.staff)
    second = Participant.objects.get(pk=people[1].pk)
    other = f.PersonFactory(village=dataset.satu)
    instead = participants.substitute(second, other, {"village": dataset.satu}, by=dataset.staff)
    current = dataset.training.participants.current()
    assert [row.number for row in current] == list(range(1, len(people)))
    assert current[0] == instead


def test_numbers_stay_beside_their_signatures_once_people_are_marked(dataset, people):
    f.AttendanceFactory(participant=people[-1], session=dataset.session)
    participants.withdraw(people[0], by=dataset.staff)
    assert [row.number for row in dataset.training.participants.current()] == list(range(2, len(people) + 1))


def test_withdraw_is_refused_once_marked(dataset, people):
    f.AttendanceFactory(participant=people[0], session=dataset.session)
    with pytest.raises(ValidationError, match="sudah tercatat"):
        participants.withdraw(people[0], by=dataset.staff)


def test_register_refuses_a_person_of_another_district(dataset):
    person = f.PersonFactory(village=None, district=f.OtherDistrictFactory())
    with pytest.raises(ValidationError, match="tidak termasuk"):
        participants.register(dataset.training, [Entry(person)], by=dataset.staff)


def test_register_refuses_a_group_of_another_village(dataset):
    member = dataset.boards[dataset.satu.pk]["KET"]
    with pytest.raises(ValidationError, match="bukan kelompok"):
        participants.register(
            dataset.training, [Entry(member.person, dataset.dua, member.group, "KET")], by=dataset.staff
        )


def test_register_refuses_sample_people_in_a_real_training(dataset):
    person = f.PersonFactory(village=dataset.satu, is_sample=True)
    with pytest.raises(ValidationError, match="DATA CONTOH"):
        participants.register(dataset.training, [Entry(person, dataset.satu)], by=dataset.staff)
    assert dataset.training.participants.count() == 0


def test_register_in_a_closed_training_is_refused(dataset):
    Training.objects.update(state=Training.State.CLOSED)
    with pytest.raises(ValidationError, match="sudah selesai"):
        participants.register(dataset.training, [], by=dataset.staff)


def test_boards_show_each_person_once_by_first_post_in_printing_order(dataset):
    chair = dataset.boards[dataset.satu.pk]["KET"]
    f.MemberFactory(group=chair.group, person=chair.person, post="TEK")
    rows = participants.boards(dataset.training, [dataset.satu.pk])
    assert [(m.person.name, m.post) for m in rows] == [("Ketua A", "KET"), ("Bendahara A", "BEN")]


def test_boards_offer_the_row_that_stands_for_a_merged_one(dataset):
    ketua = participants.boards(dataset.training, [dataset.satu.pk])[0]
    kept = f.PersonFactory(village=dataset.satu, name="Ketua Sebenarnya")
    Person.objects.filter(pk=ketua.person_id).update(merged_into=kept)
    rows = participants.boards(dataset.training, [dataset.satu.pk])
    assert [(row.post, row.person) for row in rows if row.pk == ketua.pk] == [(ketua.post, kept)]
    assert participants.as_entry(rows[0]).person == rows[0].person


def test_boards_tell_who_held_the_post_that_day(dataset):
    chair = dataset.boards[dataset.satu.pk]["KET"]
    chair.ends_on = date(2020, 1, 1)
    chair.save()
    f.MemberFactory(group=chair.group, post="KET", starts_on=date(2020, 1, 2), person__name="Ketua Kini")
    rows = participants.boards(dataset.training, [dataset.satu.pk])
    held = {m.person.name: m.held_that_day for m in rows}
    assert held == {"Ketua A": True, "Bendahara A": True, "Ketua Kini": False}
    names = [entry.person.name for entry in participants.board_entries(dataset.training, wished_only=True)]
    assert names == ["Ketua A", "Bendahara A", "Ketua B", "Bendahara B"]


def test_renumber_is_refused_once_people_were_marked(dataset, people):
    f.AttendanceFactory(participant=people[0], session=dataset.session)
    with pytest.raises(ValidationError, match="nomor urut mengikuti"):
        participant_numbers.renumber(dataset.training, by=dataset.staff)


def test_likely_doubles_ignore_case_spaces_and_titles(dataset):
    dataset.boards[dataset.satu.pk]["KET"].person.name = "Sutrisno"
    dataset.boards[dataset.satu.pk]["KET"].person.save()
    f.PersonFactory(village=dataset.dua, name="Sutrisno")
    found = participants.likely_doubles(dataset.training, "H. SUTRISNO, S.Pd.", dataset.satu, user=dataset.staff)
    assert [p.village for p, _ in found] == [dataset.satu]
    everywhere = participants.likely_doubles(dataset.training, "sutrisno", None, user=dataset.staff)
    assert {p.village for p, _ in everywhere} == {dataset.satu, dataset.dua}
    assert participants.likely_doubles(dataset.training, "sutrisno", None, user=dataset.stranger) == []


def test_add_person_twice_with_one_key_adds_one(dataset):
    key = uuid.uuid4()
    for _ in range(2):
        person = Person(district=dataset.district, village=dataset.satu, name="Baru", sex="P")
        entry = {"village": dataset.satu, "walk_in": True}
        participants.add_person(dataset.training, person, entry, by=dataset.staff, key=key)
    assert Person.objects.filter(name="Baru").count() == 1
    assert [(p.person.name, p.walk_in) for p in Participant.objects.filter(training=dataset.training)] == [
        ("Baru", True)
    ]


def test_proposals_of_a_fasilitator_keep_who_and_are_late_after_the_deadline(dataset, time_machine_at):
    Training.objects.filter(pk=dataset.training.pk).update(proposal_deadline=date(2018, 11, 20))
    one, two = (dataset.boards[dataset.satu.pk][post] for post in ("KET", "BEN"))
    with time_machine_at(date(2018, 11, 20)):
        participants.register(dataset.training, [participants.as_entry(one)], by=dataset.facilitator)
    with time_machine_at(date(2018, 11, 21)):
        participants.register(dataset.training, [participants.as_entry(two)], by=dataset.facilitator)
        office = participants.as_entry(dataset.boards[dataset.dua.pk]["KET"])
        participants.register(dataset.training, [office], by=dataset.staff)
    shown = [(p.person.name, p.proposed_by, p.late_proposal) for p in dataset.training.participants.all()]
    assert shown == [
        ("Ketua A", dataset.facilitator, False),
        ("Bendahara A", dataset.facilitator, True),
        ("Ketua B", None, False),
    ]


def test_substitute_takes_the_line_of_the_invited_one_who_leaves_the_sheet(dataset, people):
    other = f.PersonFactory(village=dataset.satu, name="Pengganti")
    row = participants.substitute(people[0], other, {"village": dataset.satu}, by=dataset.staff)
    people[0].refresh_from_db()
    assert (row.number, row.replaces, people[0].state, people[0].number) == (1, people[0], "digantikan", 5)
    assert next(p.person.name for p in dataset.training.participants.current()) == "Pengganti"
    assert Event.objects.of(people[0]).first().reason == "Digantikan oleh Pengganti."
    assert participants.substitute(people[0], other, {"village": dataset.satu}, by=dataset.staff) == row


def test_substitute_refuses_who_takes_part_and_who_was_marked(dataset, people):
    with pytest.raises(ValidationError, match="Bendahara A sudah menjadi peserta"):
        participants.substitute(people[0], people[1].person, {}, by=dataset.staff)
    people[0].refresh_from_db()
    assert people[0].state == "terdaftar"
    f.AttendanceFactory(participant=people[0], session=dataset.session)
    with pytest.raises(ValidationError, match="Kosongkan dahulu"):
        participants.substitute(people[0], f.PersonFactory(village=dataset.satu), {}, by=dataset.staff)


def test_who_was_replaced_is_not_registered_again_beside_the_substitute(dataset, people):
    participants.substitute(people[0], f.PersonFactory(village=dataset.satu), {}, by=dataset.staff)
    entry = Entry(person=people[0].person, village=dataset.satu)
    found = participants.register(dataset.training, [entry], by=dataset.staff)
    assert ([row.pk for row in found.replaced], found.current) == ([people[0].pk], [])


def test_a_human_being_is_registered_once_whatever_row_stands_for_them(dataset, people):
    duplicate = f.PersonFactory(village=dataset.satu, name="Kembar")
    Person.objects.filter(pk=people[0].person_id).update(merged_into=duplicate)
    found = participants.register(dataset.training, [Entry(duplicate, village=dataset.satu)], by=dataset.staff)
    assert ([row.pk for row in found.already], found.added) == ([people[0].pk], [])
    with pytest.raises(ValidationError, match="Kembar sudah menjadi peserta"):
        participants.substitute(people[1], duplicate, {"village": dataset.satu}, by=dataset.staff)


def test_withdraw_many_takes_all_off_and_closes_the_gaps_once(dataset, people):
    guest = f.PersonFactory(village=None, name="Pengganti")
    substitute = participants.substitute(people[1], guest, {"affiliation": "BPD"}, by=dataset.staff)
    done = participants.withdraw_many(dataset.training, [people[0], substitute], by=dataset.staff, reason="Hujan")
    current = dataset.training.participants.current()
    assert [row.person.name for row in done] == ["Ketua A", "Pengganti"]
    assert list(current.values_list("number", "person__name")) == [
        (1, "Bendahara A"),
        (2, "Ketua B"),
        (3, "Bendahara B"),
    ]
    assert [row.events.first().reason for row in done] == ["Hujan", "Hujan"]
    events = Event.objects.count()
    again = participants.withdraw_many(dataset.training, [people[0], substitute], by=dataset.staff, reason="Hujan")
    assert (again, Event.objects.count()) == ([], events)


def test_withdraw_many_takes_nobody_off_where_one_is_marked(dataset, people):
    f.AttendanceFactory(participant=people[1], session=dataset.session)
    with pytest.raises(ValidationError) as refused:
        participants.withdraw_many(dataset.training, people[:3], by=dataset.staff)
    assert refused.value.messages == [
        "Kehadiran Bendahara A sudah tercatat, jadi tetap menjadi peserta.",
        "Belum ada yang dibatalkan. Hapus centang pada nama tersebut, lalu ulangi.",
    ]
    assert dataset.training.participants.current().count() == 4
