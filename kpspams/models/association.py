"""Association (Asosiasi SPAMS Perdesaan): the forum of groups of a kabupaten, Pamsimas and others, and its meetings."""

from django.db import models
from django.db.models import Q
from django.urls import reverse

from accounts.models import District
from accounts.rights import Right, may
from kpspams.models.groups import GroupPartQuerySet, KpspamsGroup
from records.formats import date_id
from records.models import (
    CountField,
    DatedSpan,
    DatedSpanQuerySet,
    Editable,
    Sampled,
    StoredFile,
    in_order,
    limits,
)
from records.models.figures import COUNT


class AssociationQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(district__in=District.objects.visible_to(user))

    def editable_by(self, user):
        return self.visible_to(user) if may(user, Right.EDIT_REGISTRY) else self.none()


class Association(Editable, Sampled):
    """An association; usually one in a kabupaten."""

    district = models.ForeignKey(District, models.PROTECT, verbose_name="kabupaten", related_name="associations")
    name = models.CharField("nama", max_length=120)
    formed_on = models.DateField("tanggal pembentukan", null=True, blank=True)
    dissolved_on = models.DateField("tanggal bubar", null=True, blank=True)

    objects = AssociationQuerySet.as_manager()

    class Meta:
        verbose_name = "asosiasi"
        verbose_name_plural = "asosiasi"
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["district", "name"],
                name="association_once",
                violation_error_message="Asosiasi dengan nama ini sudah ada di kabupaten itu.",
            ),
            in_order(
                "association_in_order",
                "formed_on",
                "dissolved_on",
                "Tanggal bubar tidak boleh sebelum tanggal pembentukan.",
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("kpspams:association_detail", args=[self.pk])


# django-stubs types `as_manager` by the first base only.
class AssociationMembershipQuerySet(DatedSpanQuerySet, GroupPartQuerySet):  # type: ignore[override]
    def editable_by(self, user):
        return self.visible_to(user) if may(user, Right.EDIT_REGISTRY) else self.none()


class AssociationMembership(DatedSpan):
    """A group in an association, from-until. Any SPAM group of a village may join (docs/domain/kpspams.md)."""

    PART_OF = "group"

    association = models.ForeignKey(Association, models.PROTECT, verbose_name="asosiasi", related_name="memberships")
    group = models.ForeignKey(
        KpspamsGroup, models.PROTECT, verbose_name="KPSPAMS", related_name="association_memberships"
    )
    starts_on = models.DateField("bergabung")
    ends_on = models.DateField("keluar", null=True, blank=True)

    objects = AssociationMembershipQuerySet.as_manager()

    class Meta:
        verbose_name = "keanggotaan asosiasi"
        verbose_name_plural = "keanggotaan asosiasi"
        ordering = ["starts_on", "pk"]
        constraints = [
            in_order(
                "association_membership_in_order", sentence="Tanggal keluar tidak boleh sebelum tanggal bergabung."
            ),
            models.UniqueConstraint(
                fields=["association", "group"],
                condition=Q(ends_on=None),
                name="association_membership_one_open",
                violation_error_message="Kelompok ini masih menjadi anggota asosiasi itu.",
            ),
        ]

    def __str__(self):
        return f"{self.group} dalam {self.association}"

    def get_absolute_url(self):
        return self.association.get_absolute_url()


class MeetingQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(association__in=Association.objects.visible_to(user))

    def editable_by(self, user):
        return self.visible_to(user) if may(user, Right.EDIT_REGISTRY) else self.none()


class AssociationMeeting(Editable):
    """A meeting of the association with its minutes."""

    PART_OF = "association"

    association = models.ForeignKey(Association, models.PROTECT, verbose_name="asosiasi", related_name="meetings")
    held_on = models.DateField("tanggal")
    place = models.CharField("tempat", max_length=160, blank=True)
    topic = models.CharField("pokok bahasan", max_length=200)
    attended = CountField("jumlah hadir (orang)", null=True, blank=True)
    decisions = models.TextField("hasil/keputusan", blank=True)
    minutes = models.ForeignKey(
        StoredFile, models.PROTECT, verbose_name="notulen", null=True, blank=True, related_name="+"
    )

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = "rapat asosiasi"
        verbose_name_plural = "rapat asosiasi"
        ordering = ["-held_on", "-pk"]
        constraints = [limits("association_meeting_limits", attended=COUNT)]

    def __str__(self):
        return f"{self.topic}, {date_id(self.held_on)}"

    def get_absolute_url(self):
        return self.association.get_absolute_url()
