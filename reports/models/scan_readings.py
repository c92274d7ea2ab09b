"""Reading of an uploaded scan by a worker: the Kode lembar of each of its pages."""

from django.db import models

from jobs.models import Job
from trainings.models import Training, TrainingFile


class ScanReadingQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(scan__training__in=Training.objects.visible_to(user))

    def open_of(self, training):
        """Those that wait, run or have failed; a scan that was read is sorted page by page."""
        rows = self.filter(scan__training=training).exclude(state=ScanReading.State.READY)
        return rows.select_related("scan__file").order_by("pk")


class ScanReading(Job):
    """The job that reads one scan; it ends with the scan, whose pages it describes (TrainingFile.page_codes)."""

    TASK = "reports.tasks.read_scan"
    GIVEN_UP = (
        "Pindaian tidak selesai dibaca setelah tiga kali percobaan. Bagi pindaiannya, lalu unggah satu per satu; bila "
        "tetap gagal, beri tahu pengelola portal."
    )
    PART_OF = "scan"

    scan = models.OneToOneField(TrainingFile, models.CASCADE, verbose_name="pindaian", related_name="reading")

    objects = ScanReadingQuerySet.as_manager()

    class Meta:
        verbose_name = "pembacaan pindaian"
        verbose_name_plural = "pembacaan pindaian"
        ordering = ["pk"]
        indexes = [models.Index(fields=["state", "lease_until"], name="scan_reading_waiting")]

    def __str__(self):
        return f"Pembacaan {self.scan.file.name}"

    @property
    def label(self) -> str:
        return "Sedang dibaca" if self.state == self.State.RUNNING else str(self.get_state_display())

    @property
    def progress(self) -> str:
        """ "12 dari 300 halaman"."""
        return f"{self.done} dari {self.total} halaman"

    def retry(self) -> bool:
        """Lets a failed reading be tried again; the state is in the WHERE, so that two clicks do it once."""
        lost = type(self).objects.filter(pk=self.pk, state__in=self.LOST)
        return bool(lost.update(state=self.State.QUEUED, attempts=0, done=0, error="", token=None, lease_until=None))
