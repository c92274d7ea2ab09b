"""Base models of rows that people create and edit: a request key, a version, an event for every change."""

import uuid

from django.db import IntegrityError, models, transaction

from records import history, samples
from records.models.events import Event
from records.models.sent_forms import RequestKey, SentByAnother, SentOther


class Sampled(models.Model):
    """A root row that may be DATA CONTOH: marked by the loader or inherited from a demo account, never by a form."""

    is_sample = models.BooleanField("data contoh", default=False, editable=False)

    class Meta:
        abstract = True


class Conflict(Exception):
    """Another request saved this row in between; `current` is the stored row."""

    def __init__(self, current):
        self.current = current
        super().__init__(f"{current._meta.label} {current.pk} is at version {current.version}")


class Once(models.Model):
    """A row created by a form: the same form sent twice creates one row."""

    request_key = models.UUIDField("kunci permintaan", null=True, unique=True, editable=False)

    # Fields whose values never enter the history (personal data): only the fact of a change is recorded.
    PRIVATE: tuple[str, ...] = ()
    # Name of the field with the whole that this row is a part of; empty for an independent row.
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

        Called by forms, by `add` and `change`, and for every row of an import (imports.rows.ledger).
        """

    def clean(self):
        super().clean()
        self.check_related()

    @classmethod
    def made_before(cls, key: uuid.UUID | None, by):
        """The row that the same `key` created before, or None.

        Raises SentOther when the first content is unknown, SentByAnother for the key of another user.
        """
        made = cls._base_manager.filter(request_key=key).first() if key else None
        if made and isinstance(key, RequestKey) and key.claimed:
            # The record of this request is the first of its key: the row is older than these records.
            first = made.events.filter(verb=Event.Verb.ADD).last()
            if first and first.by_id != by.pk:
                raise SentByAnother
            raise SentOther(made, None)
        return made

    def add(self, *, by, key: uuid.UUID | None = None, reason: str = ""):
        """Inserts the row with its event, or returns the row that the same `key` created before.

        Raises ValidationError when a real row would refer to sample data, as `check_related`, and as `made_before`.
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
            # Only a duplicate of this request may have been faster; any other violation is raised.
            made = self.made_before(key, by)
            if made is None:
                raise
            return made
        return self

    @property
    def events(self):
        return Event.objects.of(self)


class Editable(Once):
    """A row that people edit: the second of two writers gets a conflict with both texts."""

    version = models.PositiveIntegerField("versi", default=1, editable=False)

    class Meta:
        abstract = True

    def change(self, *, by, verb: str = Event.Verb.CHANGE, reason: str = "") -> dict:
        """Writes the changed columns with one event if the row is still at `self.version`; returns the changes.

        Without changes it writes nothing. Raises Conflict when another request saved in between, ValidationError when
        a real row would refer to sample data, and as `check_related`.
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
        """Increments the version after a change of a part. Raises Conflict when another request was faster."""
        untouched = type(self)._base_manager.filter(pk=self.pk, version=self.version)
        if not untouched.update(version=models.F("version") + 1):
            raise Conflict(type(self)._base_manager.get(pk=self.pk))
        self.version += 1

    def remove(self, *, by, reason: str = ""):
        """Deletes the row with an event that keeps its last text. For parts only; independent rows are closed."""
        with transaction.atomic():
            kept = history.describe(self, None, history.plain_fields(self))
            history.record(self, Event.Verb.DELETE, by=by, changes=kept, reason=reason)
            self.delete()
