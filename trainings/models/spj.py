"""SPJ: the accounts file of a training. Money lists are printed with blank columns and never stored."""

from django.db import models
from django.db.models import Q

from records.models import CountField, Editable, StoredFile, limits
from records.models.figures import COUNT
from trainings.models.trainings import Training, TrainingSession


class SpjItem(Editable):
    """One document of the accounts file: its number and date from the agenda book, and the signed or issued file."""

    class Document(models.TextChoices):
        TERMS = "kak", "KAK/TOR"
        COMMITTEE_DECREE = "sk_panitia", "SK panitia"
        ASSIGNMENT = "surat_tugas", "Surat tugas narasumber"
        INVITATION = "undangan", "Undangan"
        RESCHEDULE = "perubahan", "Surat perubahan jadwal"
        MEMO = "nota_dinas", "Nota dinas"  # announces that the event will be held
        RESULT_MEMO = "nota_hasil", "Nota dinas hasil"
        SCHEDULE = "jadwal", "Jadwal"
        BIODATA = "biodata", "Biodata"
        ATTENDANCE = "daftar_hadir", "Daftar hadir"
        TESTS = "tes", "Pre-test dan post-test"
        EVALUATION = "evaluasi", "Evaluasi"
        FOLLOW_UPS = "rktl", "RKTL"
        MINUTES = "notulen", "Notulen"
        OFFICIAL_MINUTES = "berita_acara", "Berita acara"
        PHOTOS = "dokumentasi", "Dokumentasi"
        CERTIFICATES = "sertifikat", "Sertifikat"
        TRANSPORT = "uang_saku", "Daftar penerimaan uang saku/transport"
        HONORARIUM = "honorarium", "Daftar penerimaan honorarium"
        MATERIALS = "tanda_terima", "Tanda terima bahan"
        REPORT = "laporan", "Laporan pelaksanaan"

    PART_OF = "training"

    training = models.ForeignKey(Training, models.PROTECT, verbose_name="pelatihan", related_name="spj_items")
    document = models.CharField("dokumen", max_length=14, choices=Document)
    number = models.CharField("nomor", max_length=80, blank=True, help_text="Dari buku agenda; tidak dibuat portal.")
    dated_on = models.DateField("tanggal", null=True, blank=True)
    file = models.ForeignKey(StoredFile, models.PROTECT, verbose_name="berkas", null=True, blank=True, related_name="+")
    people = CountField("jumlah orang dalam daftar", null=True, blank=True)
    not_needed = models.BooleanField("tidak diperlukan", default=False)
    note = models.CharField("keterangan", max_length=200, blank=True)

    class Meta:
        verbose_name = "dokumen SPJ"
        verbose_name_plural = "dokumen SPJ"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["training", "document"],
                name="spj_item_once",
                violation_error_message="Dokumen ini sudah tercatat untuk pelatihan itu.",
            ),
            models.CheckConstraint(
                condition=Q(not_needed=False) | Q(file=None),
                name="spj_item_needed_or_not",
                violation_error_message="Dokumen yang sudah diunggah tidak dapat ditandai tidak diperlukan.",
            ),
            limits("spj_item_limits", people=COUNT),
        ]

    def __str__(self):
        return self.get_document_display()


class TrainingFile(Editable):
    """A photo of the training, the scan of a signed sheet of one session, or a scan whose pages are not yet assigned.

    `page_codes`: of a scan, for each page {"page": number, "code": its Kode lembar, "filed": where it was filed}.
    """

    class Kind(models.TextChoices):
        PHOTO = "foto", "Dokumentasi"
        SHEET = "daftar_hadir", "Daftar hadir bertanda tangan"
        UNSORTED = "pindaian", "Pindaian belum disortir"

    PART_OF = "training"

    training = models.ForeignKey(Training, models.PROTECT, verbose_name="pelatihan", related_name="files")
    kind = models.CharField("jenis", max_length=14, choices=Kind)
    session = models.ForeignKey(
        TrainingSession, models.PROTECT, verbose_name="sesi", null=True, blank=True, related_name="files"
    )
    file = models.ForeignKey(StoredFile, models.PROTECT, verbose_name="berkas", related_name="+")
    caption = models.CharField("keterangan", max_length=200, blank=True)
    taken_on = models.DateField("tanggal", null=True, blank=True)
    place = models.CharField("tempat", max_length=120, blank=True)
    page_codes = models.JSONField("halaman pindaian", default=list, blank=True, editable=False)

    class Meta:
        verbose_name = "berkas pelatihan"
        verbose_name_plural = "berkas pelatihan"
        ordering = ["taken_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind="daftar_hadir") | Q(session__isnull=False),
                name="training_file_sheet_of_session",
                violation_error_message="Pilih sesi yang daftar hadirnya diunggah.",
            )
        ]

    def __str__(self):
        return self.caption or self.file.name


class Narrative(Editable):
    """The narrative of a training beside its figures: for notulen, nota dinas and laporan pelaksanaan."""

    PART_OF = "training"

    training = models.OneToOneField(Training, models.PROTECT, verbose_name="pelatihan", related_name="narrative")
    background = models.TextField("latar belakang", max_length=4000, blank=True)
    purpose = models.TextField("maksud dan tujuan", max_length=4000, blank=True)
    chair = models.CharField("pimpinan rapat", max_length=120, blank=True)
    note_taker = models.CharField("notulis", max_length=120, blank=True)
    discussion = models.TextField("pembahasan", max_length=12000, blank=True)
    decisions = models.TextField("kesimpulan dan kesepakatan", max_length=6000, blank=True)
    obstacles = models.TextField("kendala", max_length=4000, blank=True)
    recommendations = models.TextField("rekomendasi", max_length=4000, blank=True)
    bring = models.TextField("yang dibawa peserta", max_length=1000, blank=True)
    copies_to = models.TextField("tembusan (satu per baris)", max_length=1000, blank=True)

    class Meta:
        verbose_name = "uraian pelatihan"
        verbose_name_plural = "uraian pelatihan"

    def __str__(self):
        return f"Uraian {self.training}"
