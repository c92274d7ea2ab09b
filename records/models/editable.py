"""What a noun needs that people make and edit: a request key, a version, an event for every change."""

import uuid

from django.db import IntegrityError, models, transaction

from records import history, samples
from records.models.events import Event
from records.models.sent_forms import RequestKey, SentByAnother, SentOther


class Sampled(models.Model):
    """A root noun that may be DATA CONTOH: marked by the loader or inherited from a demo account, never by a form."""

    is_sample = models.BooleanField("data contoh", default=False, editable=False)

    class Meta:
        abstract = True


class Conflict(Exception):
    """Somebody saved this row in between; `current` is the row as it stands now."""

    def __init__(self, current):
        self.current = current
        super().__init__(f"{current._meta.label} {current.pk} is at version {current.version}")


class Once(models.Model):
    """A row made by a form: the same form sent twice makes one row."""

    request_key = models.UUIDField("kunci permintaan", null=True, unique=True, editable=False)

    # Fields whose values never enter the history (personal data): only that they changed is kept.
    PRIVATE: tuple[str, ...] = ()
    # The field of the whole that this row is a part of; empty for a noun that stands by itself.
    PART_OF = ""

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        self.prepare()
        super().save(*args, **kwargs)

    def prepare(self):
        """Fills the columns that are computed from others (search keys, amounts) before a row is written."""

    def check_related(self):
        """Rules over rows of other tables, which no constraint can hold. Raises ValidationError by field.

        Asked by forms, by `add` and `change`, and of every row of an import (imports.rows.ledger).
        """

    def clean(self):
        super().clean()
        self.check_related()

    @classmethod
    def made_before(cls, key: uuid.UUID | None, by):
        """The row that the same `key` made before, or None.

        Raises SentOther when nobody knows what was sent then, SentByAnother for the key of another person.
        """
        made = cls._base_manager.filter(request_key=key).first() if key else None
        if made and isinstance(key, RequestKey) and key.claimed:
            # The note of this very request is the first of its key: the row is older than the notes.
            first = made.events.filter(verb=Event.Verb.ADD).last()
            if first and first.by_id != by.pk:
                raise SentByAnother
            raise SentOther(made, None)
        return made

    def add(self, *, by, key: uuid.UUID | None = None, reason: str = ""):
        """Inserts the row with its event, or returns the row that the same `key` made before.

        Raises ValidationError when a real row would hang on sample data, as `check_related`, and as `made_before`.
        """
        made = self.made_before(key, by)
        if made:
            return made
        self.request_key = key and uuid.UUID(int=key.int)
        samples.inherit(self, by)
        samples.refuse_sample_parent(self)
        self.check_related()
        try:
            with transaction.atomic():
                self.save(force_insert=True)
                history.record(self, Event.Verb.ADD, by=by, reason=reason)
        except IntegrityError:
            # Only the twin of this very request may have been faster; any other broken promise stays loud.
            made = self.made_before(key, by)
            if made is None:
                raise
            return made
        return self

    @property
    def events(self):
        return Event.objects.of(self)


class Editable(Once):
    """A noun that people edit: the second of two writers is told and sees both texts."""

    version = models.PositiveIntegerField("versi", default=1, editable=False)

    class Meta:
        abstract = True

    def change(self, *, by, verb: str = Event.Verb.CHANGE, reason: str = "") -> dict:
        """Writes the changed columns if the row is still at `self.version`, with one event; returns the changes.

        Nothing changed writes nothing. Raises Conflict when somebody else saved in between, ValidationError when
        a real row would hang on sample data, and as `check_related`.
        """
        self.prepare()
        samples.refuse_sample_parent(self)
        with transaction.atomic():
            current = type(self)._base_manager.get(pk=self.pk)
            if current.version != self.version:
                raise Conflict(current)
            changed = history.changed_fields(current, self)
            if not changed:
                return {}
            changes = history.describe(current, self, changed)
            self.check_related()
            values = {field.attname: field.pre_save(self, False) for field in changed}
            untouched = type(self)._base_manager.filter(pk=self.pk, version=self.version)
            if not untouched.update(**values, version=self.version + 1):
                raise Conflict(type(self)._base_manager.get(pk=self.pk))
            self.version += 1
            history.record(self, verb, by=by, changes=changes, reason=reason)
        return changes

    def touch(self):
        """Raises the version where a part of this whole changed. Raises Conflict when somebody was faster."""
        untouched = type(self)._base_manager.filter(pk=self.pk, version=self.version)
        if not untouched.update(version=models.F("version") + 1):
            raise Conflict(type(self)._base_manager.get(pk=self.pk))
        self.version += 1

    def remove(self, *, by, reason: str = ""):
        """Deletes the row with an event that keeps its last text. For parts only; nouns are closed instead."""
        with transaction.atomic():
            kept = history.describe(self, None, history.plain_fields(self))
            history.record(self, Event.Verb.DELETE, by=by, changes=kept, reason=reason)
            self.delete()
