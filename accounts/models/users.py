"""Accounts of the people who log in."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate

from accounts import roles
from accounts.models.offices import District
from accounts.models.subdistricts import Subdistrict
from accounts.rights import Reach, Right, may, reach_of
from records.models import Editable, Sampled
from records.parsers import phones


class UserQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Accounts of the same kabupaten and the user's own; an account of all kabupaten sees everyone."""
        if not reach_of(user):
            return self.none()
        return self if user.all_districts else self.filter(Q(district=user.district_id) | Q(pk=user.pk))

    def editable_by(self, user):
        """An admin manages the people of their own kabupaten; one for all kabupaten manages everyone."""
        if not may(user, Right.MANAGE_USERS):
            return self.none()
        return self if user.all_districts else self.filter(district=user.district_id)

    def current(self):
        """Accounts that may log in today."""
        today = localdate()
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=today), is_active=True)

    def facilitators(self):
        """Accounts that work in assigned villages."""
        return self.filter(role__in=roles.with_reach(Reach.ASSIGNED))

    def office(self):
        """Accounts of the DPMU."""
        return self.filter(role__in=roles.office())

    def with_right(self, right: Right):
        """Accounts whose role has this right; approving is a column of the account."""
        return self.filter(role__in=roles.with_right(right))


UserRows = models.Manager.from_queryset(UserQuerySet)


class UserManager(UserRows["User"], BaseUserManager["User"]):
    def create_user(self, username, password=None, **fields):
        user = self.model(username=self.model.normalize_username(username), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(Editable, Sampled, AbstractBaseUser):
    """Pengguna: an account. Never a person of the field (villages.Person)."""

    Role = roles.Role

    class FacilitatorType(models.TextChoices):
        """Kinds of fasilitator since those of the programme left (docs/domain/office.md; our assumption)."""

        FIELD = "fm", "Fasilitator Masyarakat"
        SENIOR = "fs", "Fasilitator Senior"
        SUSTAINABILITY = "fk", "Fasilitator Keberlanjutan"
        STAFF = "staf", "Staf DPMU/Tenaga Pendamping"
        CADRE = "kader", "Kader AMPL"
        ASSOCIATION = "asosiasi", "Petugas Asosiasi"

    username = models.CharField(
        "nama pengguna",
        max_length=60,
        unique=True,
        validators=[
            RegexValidator(r"^[a-z0-9._-]+$", "Pakai huruf kecil, angka, titik, garis bawah, atau tanda hubung.")
        ],
        error_messages={"unique": "Nama pengguna ini sudah dipakai. Pilih nama lain."},
    )
    name = models.CharField("nama lengkap", max_length=120)
    role = models.CharField("peran", max_length=12, choices=roles.choices)
    facilitator_type = models.CharField("jenis fasilitator", max_length=10, choices=FacilitatorType, blank=True)
    district = models.ForeignKey(
        District, models.PROTECT, verbose_name="kabupaten", null=True, blank=True, related_name="users"
    )
    subdistrict = models.ForeignKey(
        Subdistrict, models.PROTECT, verbose_name="kecamatan", null=True, blank=True, related_name="users"
    )
    all_districts = models.BooleanField("semua kabupaten", default=False)
    may_approve = models.BooleanField("berhak menyetujui rencana kerja", default=False)
    ends_on = models.DateField("berlaku sampai", null=True, blank=True)
    email = models.EmailField("pos-el", blank=True, help_text="Dipakai hanya untuk pengingat, bila Anda memintanya.")
    phone = models.CharField(
        "nomor HP",
        max_length=16,
        blank=True,
        validators=[phones.E164],
        help_text="Dipakai staf DPMU untuk menyiapkan pesan WhatsApp kepada fasilitator.",
    )
    is_active = models.BooleanField("aktif", default=True)
    # Temporary password: when it expires, and when it opened its one session. Empty: the owner's own password.
    password_until = models.DateTimeField("kata sandi sementara berlaku sampai", null=True, blank=True, editable=False)
    password_used_at = models.DateTimeField("kata sandi sementara dipakai", null=True, blank=True, editable=False)
    joined_at = models.DateTimeField("dibuat pada", default=timezone.now, editable=False)

    PRIVATE = ("email", "phone")
    USERNAME_FIELD = "username"

    objects = UserManager()

    class Meta:
        verbose_name = "pengguna"
        verbose_name_plural = "pengguna"
        ordering = ["name", "username"]
        constraints = [
            models.CheckConstraint(
                condition=Q(all_districts=True, district=None) | Q(all_districts=False, district__isnull=False),
                name="user_one_district_or_all",
                violation_error_message="Pilih satu kabupaten, atau centang semua kabupaten.",
            ),
            models.CheckConstraint(
                condition=Q(role=roles.Role.FACILITATOR.value) | Q(facilitator_type=""),
                name="user_facilitator_type_only_there",
                violation_error_message="Jenis fasilitator hanya diisi untuk peran Fasilitator.",
            ),
            # Set only together with a kabupaten; accounts.services.users checks that the kecamatan lies in it.
            models.CheckConstraint(
                condition=Q(role=roles.Role.CAMAT.value, subdistrict__isnull=False, district__isnull=False)
                | (~Q(role=roles.Role.CAMAT.value) & Q(subdistrict=None)),
                name="user_subdistrict_of_camat",
                violation_error_message="Peran Camat mempunyai satu kabupaten dan satu kecamatan, peran lain tidak.",
            ),
            models.CheckConstraint(
                condition=~Q(role=roles.Role.CAMAT.value) | Q(may_approve=False),
                name="user_camat_approves_nothing",
                violation_error_message="Camat hanya melihat. Hapus centang ini, atau pilih peran lain.",
            ),
            models.CheckConstraint(
                condition=Q(password_used_at=None) | Q(password_until__isnull=False),
                name="user_temporary_password_used",
                violation_error_message="Hanya kata sandi sementara yang dicatat pemakaiannya.",
            ),
        ]

    def __str__(self):
        return self.name or self.username

    def get_absolute_url(self):
        return reverse("accounts:user_detail", args=[self.pk])

    @classmethod
    def of_office(cls, district: District) -> "User":
        """An unsaved account with the scope of the DPMU, for documents that nobody requested."""
        return cls(role=roles.Role.STAFF, district=district)

    @property
    def is_office(self) -> bool:
        return roles.definition(self.role).is_office

    @property
    def is_facilitator(self) -> bool:
        return reach_of(self) == Reach.ASSIGNED

    @property
    def is_current(self) -> bool:
        return self.is_active and (self.ends_on is None or self.ends_on >= localdate())

    @property
    def has_temporary_password(self) -> bool:
        """Whether the password is temporary: it opens only the page that changes it."""
        return self.password_until is not None

    @property
    def password_has_ended(self) -> bool:
        return self.password_until is not None and self.password_until < timezone.now()
