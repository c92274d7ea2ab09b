"""Final figures of the public page."""

from django.db import models
from django.db.models import Q
from django.urls import reverse

from accounts.models import District
from accounts.models.offices import OfficeQuerySet
from accounts.rights import Right, may
from records.formats import date_id
from records.models import Once, Recorded


class FinalFiguresQuerySet(OfficeQuerySet):
    def editable_by(self, user):
        return self.visible_to(user) if may(user, Right.SET_FIGURES) else self.none()

    def current(self):
        return self.filter(withdrawn_at=None)


class FinalFigures(Once, Recorded):
    """Final figures (Angka yang ditetapkan) of one kabupaten for the public page, frozen as of a day. Only added;
    a wrong set is withdrawn and replaced. Contains counts, never a name of a person.
    """

    PART_OF = "recorded_by"  # figures of a demo account are sample data

    district = models.ForeignKey(District, models.PROTECT, verbose_name="kabupaten", related_name="final_figures")
    as_of = models.DateField("keadaan per")
    figures = models.JSONField("angka", editable=False)
    note = models.CharField("catatan", max_length=200, blank=True)
    withdrawn_at = models.DateTimeField("dicabut pada", null=True, blank=True, editable=False)

    objects = FinalFiguresQuerySet.as_manager()

    class Meta:
        verbose_name = "angka yang ditetapkan"
        verbose_name_plural = "angka yang ditetapkan"
        ordering = ["-as_of", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["district", "as_of"],
                condition=Q(withdrawn_at=None),
                name="final_figures_one_a_day",
                violation_error_message="Angka per tanggal itu sudah ditetapkan. Cabut dahulu bila keliru.",
            )
        ]

    def __str__(self):
        return f"Angka {self.district} per {date_id(self.as_of)}"

    def get_absolute_url(self):
        return reverse("monitoring:figures_detail", args=[self.pk])
