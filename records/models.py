"""What any row may need: its history, its version, the key of its creation, its place in a queue."""

import uuid
from datetime import timedelta

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.utils import timezone

from records import history, samples


class EventQuerySet(models.QuerySet):
    def of(self, row):
        """The events of one row, newest first."""
        return self.filter(kind=row._meta.label_lower, object_id=row.pk).select_related("by").order_by("-pk")

    def update(self, **kwargs):
        raise TypeError("Event rows are only added.")

    def delete(self):
        raise TypeError("Event rows are only added; wiping sample data uses _raw_delete.")


class Event(models.Model):
    """One change of one row, as it happened. Rows are only added; a correction is a new row.

    `by` is empty for what the portal did itself. The key goes to settings.AUTH_USER_MODEL, Django's own
    inversion: records names no app above it.
    """

    class Verb(models.TextChoices):
        ADD = "add", "Dibuat"
        CHANGE = "change", "Diubah"
        DELETE = "delete", "Dihapus"
        SUBMIT = "submit", "Diajukan"
        APPROVE = "approve", "Disetujui"
        RETURN = "return", "Dikembalikan"
        CLOSE = "close", "Ditutup"
        REOPEN = "reopen", "Dibuka kembali"
        DOWNLOAD = "download", "Diunduh"
        LOGIN = "login", "Masuk"

    at = models.DateTimeField("waktu", default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="oleh", null=True, related_name="+")
    verb = models.CharField("tindakan", max_length=20, choices=Verb)
    kind = models.CharField("jenis", max_length=60)
    object_id = models.BigIntegerField("nomor baris")
    label = models.CharField("sebutan", max_length=250)
    changes = models.JSONField("perubahan", default=dict)
    reason = models.TextField("alasan", blank=True)

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = "catatan perubahan"
        verbose_name_plural = "catatan perubahan"
        indexes = [models.Index(fields=["kind", "object_id", "-id"], name="event_of_row")]

    def __str__(self):
        return f"{self.get_verb_display()}: {self.label}"

    def save(self, *args, **kwargs):
        if self.pk is not None:
            raise TypeError("Event rows are only added.")
        super().save(*args, **kwargs)


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

    def add(self, *, by, key: uuid.UUID | None = None, reason: str = ""):
        """Inserts the row with its event, or returns the row that the same `key` made before.

        Raises ValidationError when a real row would hang on sample data.
        """
        made = type(self)._base_manager.filter(request_key=key).first() if key else None
        if made:
            return made
        self.request_key = key
        samples.inherit(self, by)
        samples.refuse_sample_parent(self)
        try:
            with transaction.atomic():
                self.save(force_insert=True)
                history.record(self, Event.Verb.ADD, by=by, reason=reason)
        except IntegrityError:
            # Only the twin of this very request may have been faster; any other broken promise stays loud.
            made = type(self)._base_manager.filter(request_key=key).first() if key else None
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
        a real row would hang on sample data.
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


class Job(models.Model):
    """Work that a worker does for a person. The row is the truth, the queue only a bell.

    A worker claims the row for a lease and renews it; what nobody holds is rung again by the sweep, at most
    `MAX_ATTEMPTS` times.
    """

    class State(models.TextChoices):
        QUEUED = "queued", "Menunggu"
        RUNNING = "running", "Sedang dibuat"
        READY = "ready", "Siap"
        FAILED = "failed", "Gagal"

    LEASE_SECONDS = 60
    MAX_ATTEMPTS = 3

    state = models.CharField("keadaan", max_length=10, choices=State, default=State.QUEUED)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="diminta oleh", null=True, related_name="+"
    )
    asked_at = models.DateTimeField("diminta pada", default=timezone.now)
    token = models.UUIDField(null=True, editable=False)
    lease_until = models.DateTimeField(null=True, editable=False)
    attempts = models.PositiveSmallIntegerField("percobaan", default=0, editable=False)
    done = models.PositiveIntegerField("selesai", default=0)
    total = models.PositiveIntegerField("dari", default=0)
    error = models.TextField("kesalahan", blank=True)

    class Meta:
        abstract = True

    @classmethod
    def unheld(cls):
        """Rows that wait, or whose worker let the lease run out."""
        lost = models.Q(state=cls.State.RUNNING, lease_until__lt=timezone.now())
        return cls._base_manager.filter(models.Q(state=cls.State.QUEUED) | lost)

    def claim(self) -> bool:
        """Takes the row for this process in one conditional UPDATE; False when somebody else holds it."""
        token = uuid.uuid4()
        taken = (
            type(self)
            .unheld()
            .filter(pk=self.pk, attempts__lt=self.MAX_ATTEMPTS)
            .update(
                state=self.State.RUNNING,
                token=token,
                lease_until=self._lease_end(),
                attempts=models.F("attempts") + 1,
                error="",
            )
        )
        if taken:
            self.refresh_from_db()
        return bool(taken) and self.token == token

    def renew(self) -> bool:
        """Prolongs the lease; False when the row was taken away meanwhile."""
        return bool(self._mine().update(lease_until=self._lease_end()))

    def close_as(self, state: str, **values) -> bool:
        """Ends the work, only if the claim is still ours."""
        closed = self._mine().update(state=state, lease_until=None, **values)
        if closed:
            self.refresh_from_db()
        return bool(closed)

    def _mine(self):
        return type(self)._base_manager.filter(pk=self.pk, token=self.token, state=self.State.RUNNING)

    def _lease_end(self):
        return timezone.now() + timedelta(seconds=self.LEASE_SECONDS)


class WorkerBeat(models.Model):
    """When a background process was last heard of."""

    name = models.CharField("nama", max_length=80, unique=True)
    seen_at = models.DateTimeField("terakhir terlihat", default=timezone.now)

    class Meta:
        verbose_name = "detak pekerja"
        verbose_name_plural = "detak pekerja"

    def __str__(self):
        return self.name
