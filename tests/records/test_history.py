"""Events are only added; rows are added once and changed with their version."""

import uuid
from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from accounts.models import Signatory
from records import history
from records.models import Conflict, Event
from tests.factories import (
    AgendaItemFactory,
    OfficeProfileFactory,
    PersonFactory,
    SignatoryFactory,
    UserFactory,
    VillageFactory,
    WorkAreaFactory,
)
from villages.models import Person, Village

pytestmark = pytest.mark.django_db

KEY = uuid.UUID("7c1a5c1e-5a0e-4a7b-9f6e-0d7c55aa0004")


def new_person(**fields):
    village = fields.pop("village", None) or VillageFactory()
    fields = {"name": "Sutrisno", "sex": "L", "village": village, "district": village.subdistrict.district} | fields
    return Person(**fields)


class TestEvents:
    @pytest.fixture
    def event(self):
        new_person().add(by=UserFactory())
        return Event.objects.get()

    def test_are_never_saved_again(self, event):
        event.label = "Lain"
        with pytest.raises(TypeError):
            event.save()

    @pytest.mark.parametrize("attempt", [lambda rows: rows.update(label="Lain"), lambda rows: rows.delete()])
    def test_are_neither_updated_nor_deleted_in_bulk(self, event, attempt):
        with pytest.raises(TypeError):
            attempt(Event.objects.all())
        assert Event.objects.get().label == event.label

    def test_newest_comes_first_with_its_author(self, django_assert_num_queries):
        user = UserFactory()
        person = new_person().add(by=user)
        person.name = "Sutrisna"
        person.change(by=user)
        new_person(name="Lain").add(by=user)
        with django_assert_num_queries(1):
            found = [(event.verb, event.by.name) for event in person.events]
        assert found == [("change", user.name), ("add", user.name)]

    def test_long_names_are_cut_not_refused(self):
        person = PersonFactory(name="x" * 120)
        history.record(person, Event.Verb.CHANGE, by=None)
        village = VillageFactory(name="y" * 80)
        history.record(village, Event.Verb.CHANGE, by=None)
        assert all(len(event.label) <= 250 for event in Event.objects.all())


class TestAdd:
    def test_writes_row_and_event(self):
        user = UserFactory()
        person = new_person().add(by=user, key=KEY)
        assert (person.version, person.request_key, person.search_key) == (1, KEY, "sutrisno")
        (event,) = person.events
        assert (event.verb, event.by, event.kind, event.label, event.changes) == (
            "add",
            user,
            "villages.person",
            str(person),
            {},
        )

    def test_same_key_twice_is_one_row(self):
        user = UserFactory()
        first = new_person().add(by=user, key=KEY)
        again = new_person(name="Diketik lain").add(by=user, key=KEY)
        assert again == first
        assert list(Person.objects.values_list("name", flat=True)) == ["Sutrisno"]
        assert Event.objects.count() == 1

    def test_without_a_key_two_rows_are_two(self):
        for _ in range(2):
            new_person().add(by=None)
        assert Person.objects.count() == 2

    def test_twin_that_was_faster_wins(self, monkeypatch):
        """Between the lookup and the insert another process inserted the row of the same key."""
        first = new_person().add(by=None, key=KEY)
        manager = type(Person._base_manager)
        found = iter([None, first])
        monkeypatch.setattr(
            manager, "filter", lambda self, **query: type("Found", (), {"first": lambda _: next(found)})()
        )
        assert new_person(village=first.village).add(by=None, key=KEY) == first
        monkeypatch.undo()
        assert Person.objects.count() == 1

    def test_another_broken_promise_stays_loud(self):
        village = VillageFactory()
        duplicate = Village(subdistrict=village.subdistrict, code=village.code, name="Kembar")
        with pytest.raises(IntegrityError), transaction.atomic():
            duplicate.add(by=None, key=KEY)
        assert Event.objects.count() == 0


class TestChange:
    def test_writes_only_what_changed_with_old_and_new_words(self):
        person = PersonFactory(name="Trisno", hamlet="Dusun I")
        person.name, person.sex = "H. Sutrisno, S.Pd.", Person.Sex.MALE
        changes = person.change(by=UserFactory())
        assert changes == {
            "nama": ["Trisno", "H. Sutrisno, S.Pd."],
            "L/P": ["Perempuan", "Laki-laki"],
        }
        assert person.events.get().changes == changes
        person.refresh_from_db()
        assert (person.version, person.search_key, person.hamlet) == (2, "sutrisno", "Dusun I")

    def test_nothing_changed_writes_nothing(self):
        person = PersonFactory()
        assert person.change(by=UserFactory()) == {}
        person.refresh_from_db()
        assert (person.version, person.events.count()) == (1, 0)

    def test_second_writer_is_told(self):
        person = PersonFactory(name="Mula")
        first, second = Person.objects.get(), Person.objects.get()
        first.name = "Pertama"
        first.change(by=UserFactory())
        second.name = "Kedua"
        with pytest.raises(Conflict) as conflict:
            second.change(by=UserFactory())
        assert conflict.value.current.name == "Pertama"
        person.refresh_from_db()
        assert (person.name, person.version, person.events.count()) == ("Pertama", 2, 1)

    def test_writer_between_read_and_write_is_seen(self, monkeypatch):
        """The version is a condition of the UPDATE itself, not only of the check before it."""
        person = PersonFactory(name="Mula")
        described = history.describe

        def somebody_is_faster(*args):
            Person.objects.filter(pk=person.pk).update(name="Pertama", version=2)
            return described(*args)

        monkeypatch.setattr(history, "describe", somebody_is_faster)
        person.name = "Kedua"
        with pytest.raises(Conflict):
            person.change(by=None)
        assert Event.objects.count() == 0

    def test_a_failing_event_undoes_the_change(self, monkeypatch):
        person = PersonFactory(name="Mula")
        monkeypatch.setattr(history, "record", lambda *args, **kwargs: 1 / 0)
        person.name = "Baru"
        with pytest.raises(ZeroDivisionError):
            person.change(by=None)
        assert Person.objects.get().name == "Mula"

    def test_private_field_says_only_that_it_changed(self):
        person = PersonFactory(phone="+628120000001")
        person.phone = "+628120000002"
        assert person.change(by=UserFactory()) == {"nomor HP": None}
        with connection.cursor() as cursor:
            cursor.execute("SELECT changes FROM records_event")
            stored = str(cursor.fetchall())
        assert "62812" not in stored

    def test_private_field_stays_out_of_a_removal_too(self):
        person = PersonFactory(phone="+628120000001")
        person.remove(by=UserFactory())
        event = Event.objects.get()
        assert (event.verb, event.changes["nomor HP"]) == ("delete", None)
        assert "62812" not in str(event.changes)


def test_removed_part_leaves_its_last_words():
    item = AgendaItemFactory(topic="Materi lama")
    pk = item.pk
    item.remove(by=UserFactory(), reason="Tertulis dua kali")
    event = Event.objects.get()
    assert (event.verb, event.object_id, event.reason) == ("delete", pk, "Tertulis dua kali")
    assert "Materi lama" in str(event.changes)


def test_touch_raises_the_version_once_for_each_reader():
    office = OfficeProfileFactory()
    late = type(office).objects.get()
    office.touch()
    assert office.version == 2
    with pytest.raises(Conflict):
        late.touch()


def test_describe_knows_rows_that_are_no_nouns():
    before, after = WorkAreaFactory(), WorkAreaFactory()
    after.label = "Baru"
    fields = history.changed_fields(before, after)
    assert history.describe(before, after, fields) == {"bidang": [before.label, "Baru"]}


@pytest.mark.parametrize(
    ("fields", "name", "expected"),
    [
        ({"slot": "office_head"}, "slot", "Kepala Dinas"),
        ({"rank": ""}, "rank", ""),
        ({"valid_from": date(2026, 12, 2)}, "valid_from", "2 Desember 2026"),
    ],
)
def test_values_are_told_in_words(fields, name, expected):
    row = SignatoryFactory(**fields)
    assert history.text(row, Signatory._meta.get_field(name)) == expected
