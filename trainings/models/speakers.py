"""Narasumber, moderators and panitia: those who teach, moderate and organise a training."""

from django.db import models

from accounts.models import District
from accounts.rights import Right, may
from records.models import Editable, limits
from records.models.figures import ORDER
from trainings.models.agenda import AgendaItem
from trainings.models.trainings import Training
from villages.models import Person


class ResourcePersonQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(person__district__in=District.objects.visible_to(user))

    def editable_by(self, user):
        return self.visible_to(user) if may(user, Right.EDIT_TRAININGS) else self.none()


class ResourcePerson(Editable):
    """Narasumber: a person who teaches, with the rank and office for the honorarium list."""

    PART_OF = "person"

    person = models.OneToOneField(
        Person,
        models.PROTECT,
        verbose_name="orang",
        related_name="resource_person",
        error_messages={"unique": "Orang ini sudah tercatat sebagai narasumber."},
    )
    expertise = models.CharField("keahlian", max_length=160, blank=True)
    position = models.CharField("jabatan", max_length=120, blank=True)
    rank = models.CharField("pangkat/golongan", max_length=60, blank=True)

    objects = ResourcePersonQuerySet.as_manager()

    class Meta:
        verbose_name = "narasumber"
        verbose_name_plural = "narasumber"
        ordering = ["person__name", "pk"]

    def __str__(self):
        return self.person.name


class AgendaSpeaker(models.Model):
    """Narasumber or moderator of one item. The free text of the item is still printed on the jadwal."""

    class Role(models.TextChoices):
        SPEAKER = "narasumber", "Narasumber"
        MODERATOR = "moderator", "Moderator"

    item = models.ForeignKey(AgendaItem, models.CASCADE, verbose_name="mata acara", related_name="speakers")
    resource_person = models.ForeignKey(
        ResourcePerson, models.PROTECT, verbose_name="narasumber", related_name="appearances"
    )
    role = models.CharField("peran", max_length=10, choices=Role, default=Role.SPEAKER)

    class Meta:
        verbose_name = "narasumber mata acara"
        verbose_name_plural = "narasumber mata acara"
        ordering = ["-role", "pk"]  # narasumber before moderator
        constraints = [
            models.UniqueConstraint(
                fields=["item", "resource_person", "role"],
                name="agenda_speaker_once",
                violation_error_message="Orang ini sudah tercatat dengan peran itu pada mata acara ini.",
            )
        ]

    def __str__(self):
        return f"{self.resource_person} ({self.get_role_display().lower()})"


class CommitteeMember(Editable):
    """Member of the panitia of one training, in the order of the SK panitia."""

    PART_OF = "training"

    training = models.ForeignKey(Training, models.CASCADE, verbose_name="pelatihan", related_name="committee")
    person = models.ForeignKey(Person, models.PROTECT, verbose_name="orang", related_name="committees")
    role = models.CharField("kedudukan dalam panitia", max_length=80)
    position = models.CharField("jabatan dinas", max_length=120, blank=True)
    number = models.PositiveSmallIntegerField("nomor urut", default=1, validators=ORDER.validators)

    class Meta:
        verbose_name = "panitia"
        verbose_name_plural = "panitia"
        ordering = ["number", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["training", "person"],
                name="committee_member_once",
                violation_error_message="Orang ini sudah menjadi panitia pelatihan itu.",
            ),
            limits("committee_member_limits", number=ORDER),
        ]

    def __str__(self):
        return f"{self.person}: {self.role}"
