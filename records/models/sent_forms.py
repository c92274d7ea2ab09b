"""Content sent under the key of a create form: the same key with other content is a conflict, never "saved"."""

import hashlib
import json
import uuid
from dataclasses import dataclass
from datetime import timedelta

from django.apps import apps
from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.utils import timezone


@dataclass(frozen=True)
class SentContent:
    """Content of a form. `values` are compared, `shown` is (name, label, text) for display, `files` are hashes.

    Photos are excluded: each is added once to the stored row. `address` is the URL that the form was posted to.
    """

    values: tuple[tuple[str, str], ...]
    shown: tuple[tuple[str, str, str], ...] = ()
    files: tuple[str, ...] = ()
    address: str = ""

    @property
    def digest(self) -> str:
        return hashlib.sha256(json.dumps([self.address, *sorted(self.values)]).encode()).hexdigest()


class RequestKey(uuid.UUID):
    """The key of a form with its content."""

    __slots__ = ("claimed", "content")

    content: SentContent
    claimed: "SentForm | None"

    def __init__(self, key: uuid.UUID, content: SentContent):
        super().__init__(int=key.int)
        object.__setattr__(self, "content", content)
        object.__setattr__(self, "claimed", None)


class SentOther(Exception):
    """This key was sent before with other content. `row` is the row it created, None where it created several.

    `sent` is None for a row that is older than these records.
    """

    def __init__(self, row, sent: "SentForm | None"):
        self.row, self.sent = row, sent
        super().__init__("the same request key was sent with other content")


class SentByAnother(Exception):
    """This key belongs to a form of another user, whose row must not be shown."""


class SentFormQuerySet(models.QuerySet):
    def expired(self):
        return self.filter(sent_at__lt=timezone.now() - SentForm.KEPT_FOR)


class SentForm(models.Model):
    """A stored create form, written in the transaction of its row."""

    KEPT_FOR = timedelta(days=35)  # a browser keeps a form for 30 days

    key = models.UUIDField("kunci permintaan", unique=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, verbose_name="dikirim oleh", related_name="+")
    digest = models.CharField(max_length=64)
    shown = models.JSONField("isi", default=list)
    files = models.JSONField("berkas", default=list)
    kind = models.CharField("jenis", max_length=60, blank=True)
    object_id = models.BigIntegerField("nomor baris", null=True)
    sent_at = models.DateTimeField("dikirim pada", default=timezone.now, db_index=True)

    objects = SentFormQuerySet.as_manager()

    class Meta:
        verbose_name = "formulir terkirim"
        verbose_name_plural = "formulir terkirim"

    def __str__(self):
        return str(self.key)

    @classmethod
    def claim(cls, key, by) -> "SentForm | None":
        """Records the content under `key` at the start of its transaction; a duplicate request waits here.

        The same content again returns the first record. Raises SentOther and SentByAnother. A key without content
        (derived from another, or of no form) is not recorded.
        """
        if not isinstance(key, RequestKey):
            return None
        content = key.content
        note = cls(key=uuid.UUID(int=key.int), by=by, digest=content.digest, shown=content.shown, files=content.files)
        try:
            with transaction.atomic():
                note.save(force_insert=True)
        except IntegrityError:
            return cls.objects.get(key=key).compare(content, by)
        object.__setattr__(key, "claimed", note)
        return note

    @classmethod
    def find(cls, key, by) -> "SentForm | None":
        """The record of the same form with the same content. Raises as `claim`."""
        note = cls.objects.filter(key=key).first() if isinstance(key, RequestKey) else None
        return note.compare(key.content, by) if note else None

    def compare(self, content: SentContent, by) -> "SentForm":
        if self.by_id != by.pk:
            raise SentByAnother
        if self.digest != content.digest or not set(content.files) <= set(self.files):
            raise SentOther(self.row, self)
        return self

    def point_at(self, row):
        """Records which row the form created."""
        self.kind, self.object_id = row._meta.label_lower, row.pk
        self.save(update_fields=["kind", "object_id"])

    @property
    def row(self):
        """The stored row; None where it is deleted, or where there are several."""
        return apps.get_model(self.kind)._base_manager.filter(pk=self.object_id).first() if self.kind else None
