"""Models of imports: a file of an office, its rows, what each row wrote, and earlier mappings of columns."""

import uuid
from pathlib import PurePath
from typing import ClassVar, NamedTuple

from django.conf import settings
from django.db import models
from django.db.models import Q

from jobs.models import Job
from records.models.editable import Sampled


def import_path(run, filename: str) -> str:
    """A random path; the user's name of the file is a column."""
    return f"imports/{uuid.uuid4().hex}{PurePath(filename).suffix.lower()[:6]}"


class ImportRun(Job, Sampled):
    """Import of one file. The user moves it from step to step, a worker does what takes long.

    `place`: code of the kabupaten of the rows (this app does not import accounts' kabupaten); `contents`: beginning of
    each sheet (imports.tables.contents) for the pages, which never open the file; `sheets`: header row of each chosen
    sheet; `counts`: rows by verdict; `reading`: what the file contains beside data (lines that are no data, unused
    columns, a question about a whole column, unknown words); `words`: the answers to those, {choice: {key of the word:
    value}}; `label` and `tone`: its name and colour in a list.
    """

    label: str
    tone: str

    class Step(models.TextChoices):
        READ = "read", "Membaca berkas"
        MAP = "map", "Pilih kolom"
        CHECK = "check", "Memeriksa baris"
        PREVIEW = "preview", "Pratinjau"
        APPLY = "apply", "Menyimpan"
        DONE = "done", "Tersimpan"
        UNDO = "undo", "Mengurungkan"
        UNDONE = "undone", "Diurungkan"
        CANCELLED = "cancelled", "Dibatalkan"

    class Mode(models.TextChoices):
        ALL = "all", "Semua atau tidak sama sekali"
        GOOD = "good", "Hanya baris yang benar"

    WORKING = [Step.READ, Step.CHECK, Step.APPLY, Step.UNDO]
    # Waits for the user: columns and answers may still be changed.
    UNSAVED: ClassVar[list[str]] = [Step.MAP, Step.PREVIEW]
    OVER = [Step.DONE, Step.UNDONE, Step.CANCELLED]

    TASK = "imports.tasks.run_import"
    GIVEN_UP = "Tidak selesai setelah tiga kali percobaan. Coba lagi; bila tetap gagal, beri tahu pengelola portal."

    request_key = models.UUIDField("kunci permintaan", null=True, unique=True, editable=False)
    kind = models.CharField("jenis data", max_length=20)
    place = models.CharField("kabupaten", max_length=8, db_index=True)
    file = models.FileField("berkas", upload_to=import_path, max_length=120, blank=True)
    name = models.CharField("nama berkas", max_length=120)
    step = models.CharField("tahap", max_length=10, choices=Step, default=Step.READ)
    mode = models.CharField("cara menyimpan", max_length=4, choices=Mode, blank=True)
    contents = models.JSONField("isi awal berkas", default=dict, blank=True)
    sheets = models.JSONField("lembar", default=list, blank=True)
    mapping = models.JSONField("padanan kolom", default=dict, blank=True)
    counts = models.JSONField("hasil", default=dict, blank=True)
    reading = models.JSONField("hasil pembacaan", default=dict, blank=True)
    words = models.JSONField("arti kata", default=dict, blank=True)
    cancel_requested = models.BooleanField("minta dibatalkan", default=False)
    acted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name="disimpan atau diurungkan oleh",
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    finished_at = models.DateTimeField("selesai pada", null=True, blank=True, editable=False)

    class Meta:
        verbose_name = "impor"
        verbose_name_plural = "impor"
        ordering = ["-pk"]
        indexes = [models.Index(fields=["state", "lease_until"], name="import_waiting")]
        constraints = [
            models.UniqueConstraint(
                fields=["place"],
                condition=Q(step__in=["apply", "undo"], state__in=["queued", "running"]),
                name="import_one_writer",
                violation_error_message="Impor lain sedang disimpan. Tunggu sampai selesai, lalu ulangi.",
            )
        ]

    def __str__(self):
        return f"Impor no. {self.pk}: {self.name}"

    @property
    def is_under_way(self) -> bool:
        """Whether a worker has it or will have it."""
        return self.step in self.WORKING and self.state in self.UNDER_WAY

    @property
    def is_unread(self) -> bool:
        """Whether its contents are missing: it was uploaded before workers read the files."""
        return self.step in self.UNSAVED and not self.contents and bool(self.file)

    @property
    def is_over(self) -> bool:
        return self.step in self.OVER


class ShownCell(NamedTuple):
    """One field of a row as the preview shows it; `written`: the cell of the file where it differs."""

    label: str
    text: str
    written: str
    note: str


class ImportRow(models.Model):
    """One row of the file: the cells of the mapped columns, and what will happen to it.

    `number` counts the rows of the run, `sheet` and `line` are the place in the file. `notes`: changes to a cell before
    it was read, by column; `understood`: the value of each column as text; `adds`: the kinds of rows created with it;
    `question`: rows with the same question may be answered together; `choice`: the chosen person, and after a plus the
    answer to another question. Unmapped columns of rows that are not saved are kept under REST, for the file of unsaved
    rows. Attributes without a column serve the preview.
    """

    tone: str
    place: str
    fields: list[ShownCell]
    folded: list[ShownCell]
    error_sentences: list[str]

    REST = "@lain"
    COLUMN = "@kolom"  # of a list written sideways: letter of the source column

    class Verdict(models.TextChoices):
        NEW = "new", "Baru"
        CHANGE = "change", "Diubah"
        SAME = "same", "Tetap"
        UNCLEAR = "ask", "Perlu jawaban"
        ERROR = "error", "Salah"

    run = models.ForeignKey(ImportRun, models.CASCADE, verbose_name="impor", related_name="rows")
    number = models.PositiveIntegerField("nomor")
    sheet = models.CharField("lembar", max_length=40, blank=True)
    line = models.PositiveIntegerField("baris")
    raw = models.JSONField("isi", default=dict, blank=True)
    verdict = models.CharField("putusan", max_length=6, choices=Verdict)
    label = models.CharField("sebutan", max_length=200, blank=True)
    changes = models.JSONField("perubahan", default=list, blank=True)
    errors = models.JSONField("kesalahan", default=list, blank=True)
    options = models.JSONField("calon orang", default=list, blank=True)
    question = models.CharField("pertanyaan", max_length=32, blank=True)
    choice = models.CharField("pilihan", max_length=20, blank=True)
    recognised = models.JSONField("dikenali sebagai", default=dict, blank=True)
    notes = models.JSONField("yang diisikan", default=dict, blank=True)
    understood = models.JSONField("yang dipahami", default=dict, blank=True)
    adds = models.JSONField("yang ditambahkan", default=list, blank=True)
    skipped = models.BooleanField("dilewati", default=False)

    class Meta:
        verbose_name = "baris impor"
        verbose_name_plural = "baris impor"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["run", "number"],
                name="import_row_once",
                violation_error_message="Baris ini sudah dibaca.",
            )
        ]
        indexes = [models.Index(fields=["run", "verdict", "number"], name="import_row_verdict")]

    def __str__(self):
        return f"Baris {self.line}"

    @property
    def person(self) -> str:
        """The chosen person: an id, "new", or ""."""
        return self.choice.partition("+")[0]

    @property
    def answer(self) -> str:
        return self.choice.partition("+")[2]

    @property
    def people(self) -> list[dict[str, str]]:
        """The persons to choose from."""
        return [option for option in self.options if "together" not in option]

    @property
    def answers(self) -> list[dict[str, str]]:
        """The possible answers to the other question."""
        return [option for option in self.options if "together" in option]

    @staticmethod
    def joined(person: str, answer: str) -> str:
        """Both answers as one `choice`."""
        return f"{person}+{answer}" if answer else person


class ImportEffect(models.Model):
    """One row that an import added or changed, with the values before, for the undo.

    One row of a file may write several (a village and its grant), so this is no column of ImportRow.
    """

    class Verb(models.TextChoices):
        ADD = "add", "ditambahkan"
        CHANGE = "change", "diubah"

    run = models.ForeignKey(ImportRun, models.CASCADE, verbose_name="impor", related_name="effects")
    kind = models.CharField("jenis", max_length=60)
    object_id = models.BigIntegerField("nomor baris")
    verb = models.CharField("tindakan", max_length=6, choices=Verb)
    before = models.JSONField("nilai lama", default=dict, blank=True)
    after = models.JSONField("nilai baru", default=dict, blank=True)
    version = models.PositiveIntegerField("versi sesudahnya", null=True, blank=True)

    class Meta:
        verbose_name = "akibat impor"
        verbose_name_plural = "akibat impor"
        ordering = ["pk"]

    def __str__(self):
        return f"{self.kind} {self.object_id} {self.get_verb_display()}"


class ColumnMap(models.Model):
    """An earlier mapping of the columns of a header; the next file with the same header starts from it."""

    kind = models.CharField("jenis data", max_length=20)
    place = models.CharField("kabupaten", max_length=8)
    fingerprint = models.CharField("sidik judul", max_length=64)
    mapping = models.JSONField("padanan kolom", default=dict, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="oleh", null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "padanan kolom"
        verbose_name_plural = "padanan kolom"
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "place", "fingerprint"],
                name="column_map_once",
                violation_error_message="Padanan kolom ini sudah tersimpan.",
            )
        ]

    def __str__(self):
        return f"{self.kind} {self.fingerprint[:8]}"
