"""Board members (pengurus): the dated posts of persons in a group."""

from django.db import models
from django.db.models import Q

from kpspams.models.groups import GroupPartQuerySet, KpspamsGroup, LegalDocument
from records.models import DatedSpan, DatedSpanQuerySet, in_order
from villages.models import Person


# django-stubs types `as_manager` by the first base only.
class MemberQuerySet(DatedSpanQuerySet, GroupPartQuerySet):  # type: ignore[override]
    def board(self):
        """Posts of the board (pengurus), without Pembina and Pengawas."""
        return self.exclude(post__in=Member.NOT_BOARD)


class Member(DatedSpan):
    """One dated post (pengurus/anggota) of a person in a group. Posts are ended, never overwritten."""

    class Post(models.TextChoices):
        """Posts in printing order; codes are fixed, the wording of the SK is in `title`."""

        ADVISOR = "PMB", "Pembina/Penasihat"
        SUPERVISOR = "PGW", "Pengawas"
        CHAIR = "KET", "Ketua"
        VICE_CHAIR = "WKL", "Wakil Ketua"
        SECRETARY = "SEK", "Sekretaris"
        TREASURER = "BEN", "Bendahara"
        TECHNICAL = "TEK", "Seksi Teknik"
        OPERATOR = "OPR", "Operator"
        HEALTH = "KES", "Seksi Kesehatan"
        CUSTOMER_SERVICE = "PEL", "Seksi Pelayanan Pelanggan"
        COMMUNITY = "PSM", "Seksi Peran Serta Masyarakat"
        MEMBER = "ANG", "Anggota"

    CORE = [Post.CHAIR, Post.SECRETARY, Post.TREASURER]
    NOT_BOARD = [Post.ADVISOR, Post.SUPERVISOR]
    PART_OF = "group"
    STILL = "dan masih menjabat"

    group = models.ForeignKey(KpspamsGroup, models.PROTECT, verbose_name="KPSPAMS", related_name="members")
    person = models.ForeignKey(Person, models.PROTECT, verbose_name="orang", related_name="posts")
    post = models.CharField("jabatan", max_length=3, choices=Post)
    title = models.CharField("sebutan menurut SK", max_length=80, blank=True)
    acting = models.BooleanField("pelaksana tugas (Plt.)", default=False)
    appointed_by = models.ForeignKey(
        LegalDocument,
        models.PROTECT,
        verbose_name="diangkat dengan",
        null=True,
        blank=True,
        related_name="members",
    )

    objects = MemberQuerySet.as_manager()

    class Meta:
        verbose_name = "pengurus"
        verbose_name_plural = "pengurus"
        ordering = ["group", "-starts_on", "pk"]
        constraints = [
            in_order("member_in_order"),
            models.UniqueConstraint(
                fields=["group", "person", "post", "starts_on"],
                name="member_once",
                violation_error_message="Jabatan ini sudah tercatat untuk orang itu mulai tanggal itu.",
            ),
            models.UniqueConstraint(
                fields=["group", "post"],
                condition=Q(ends_on=None, post__in=["KET", "SEK", "BEN"]),
                name="member_one_open_core_post",
                violation_error_message="Jabatan ini masih diisi orang lain. Akhiri dahulu jabatan yang lama.",
            ),
        ]

    def __str__(self):
        return f"{self.person}, {self.wording}"

    def get_absolute_url(self):
        return self.group.get_absolute_url()

    @property
    def wording(self) -> str:
        """The post with the wording of the SK, and with Plt. where acting."""
        return f"{'Plt. ' if self.acting else ''}{self.title or self.get_post_display()}"
