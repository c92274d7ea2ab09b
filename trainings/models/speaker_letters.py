"""Letters about narasumber of other offices: our permohonan, and the surat tugas received in reply."""

from django.db import models

from records.models import Editable, StoredFile
from trainings.models.speakers import ResourcePerson
from trainings.models.trainings import Training


class SpeakerLetter(Editable):
    """Letter about one narasumber of a training: addressee, date and number of the permohonan, and the reply."""

    PART_OF = "training"

    training = models.ForeignKey(Training, models.PROTECT, verbose_name="pelatihan", related_name="speaker_letters")
    resource_person = models.ForeignKey(
        ResourcePerson, models.PROTECT, verbose_name="narasumber", related_name="letters"
    )
    addressee = models.CharField("Yth.", max_length=160, blank=True)
    number = models.CharField(
        "nomor surat permohonan", max_length=80, blank=True, help_text="Dari buku agenda; tidak dibuat portal."
    )
    dated_on = models.DateField("tanggal surat permohonan", null=True, blank=True)
    file = models.ForeignKey(
        StoredFile, models.PROTECT, verbose_name="surat tugas dari instansinya", null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "surat narasumber"
        verbose_name_plural = "surat narasumber"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["training", "resource_person"],
                name="speaker_letter_once",
                violation_error_message="Surat untuk narasumber ini sudah tercatat pada pelatihan itu.",
            )
        ]

    def __str__(self):
        return f"Surat narasumber {self.resource_person}"
