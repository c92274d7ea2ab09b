"""Persons: board members, participants, village officials. A person has no account and no NIK."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from accounts.models import District
from accounts.rights import Right, may, sees_whole_district
from records.models import DatedSpan, DatedSpanQuerySet, Editable, Sampled, in_order
from records.parsers import phones
from records.search_keys import fitting, name_key
from villages.models.places import RegistryQuerySet, Village


class PersonQuerySet(models.QuerySet):
    def visible_to(self, user):
        """A fasilitator sees the persons of their villages; others see all of their kabupaten."""
        if sees_whole_district(user):
            return self.filter(district__in=District.objects.visible_to(user))
        return self.filter(village__in=Village.objects.visible_to(user))

    def editable_by(self, user):
        if not may(user, Right.EDIT_GROUPS):
            return self.none()
        return self.visible_to(user)

    def exclude_key(self, key):
        """Excludes the row that this form created when it was sent before."""
        return self.exclude(request_key=key) if key else self

    def of_human(self, person: "Person"):
        """All rows of one human being: the current row and those merged into it."""
        root = person.merged_into_id or person.pk
        return self.filter(Q(pk=root) | Q(merged_into=root))

    def current(self):
        """Persons that lists count, without merged rows."""
        return self.filter(merged_into=None, erased_at=None)


class Person(Editable, Sampled):
    """Person (orang): one human being. One name field, because single names are normal; no NIK is stored (UU
    27/2022).
    """

    class Sex(models.TextChoices):
        MALE = "L", "Laki-laki"
        FEMALE = "P", "Perempuan"

    PRIVATE = ("phone",)

    # Loaded by PersonList for `held_posts`.
    open_posts: list[models.Model]
    doubles: list["Person"]

    district = models.ForeignKey(District, models.PROTECT, verbose_name="kabupaten", related_name="persons")
    village = models.ForeignKey(
        Village, models.PROTECT, verbose_name="desa", null=True, blank=True, related_name="persons"
    )
    hamlet = models.CharField("dusun", max_length=60, blank=True)
    institution = models.CharField("instansi", max_length=120, blank=True)
    name = models.CharField("nama", max_length=120, help_text="Nama lengkap seperti tertulis; satu kata pun cukup.")
    sex = models.CharField("L/P", max_length=1, choices=Sex)
    phone = models.CharField(
        "nomor HP",
        max_length=16,
        blank=True,
        validators=[phones.E164],
    )
    search_key = models.CharField(max_length=140, editable=False, db_index=True)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, verbose_name="digabung ke", null=True, blank=True, related_name="merged_rows"
    )
    erased_at = models.DateTimeField("dihapus pada", null=True, blank=True, editable=False)

    objects = PersonQuerySet.as_manager()

    class Meta:
        verbose_name = "orang"
        verbose_name_plural = "orang"
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(merged_into=None) | ~Q(merged_into=F("id")),
                name="person_not_merged_into_itself",
                violation_error_message="Orang tidak dapat digabung ke dirinya sendiri.",
            )
        ]

    @property
    def held_posts(self) -> list[models.Model]:
        """Posts that this human being holds today, merged rows included; PersonList loads them."""
        return [*self.open_posts, *(post for row in self.doubles for post in row.open_posts)]

    @property
    def hamlet_text(self) -> str:
        """'dusun Suka Maju', 'Dusun I': with the word once, whether it was typed or not."""
        typed = self.hamlet.lower().startswith(("dusun", "dsn"))
        return f"dusun {self.hamlet}" if self.hamlet and not typed else self.hamlet

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("villages:person_detail", args=[self.pk])

    def prepare(self):
        self.search_key = fitting(self, name_key(self.name))


# django-stubs types `as_manager` by the first base only.
class VillageOfficialQuerySet(DatedSpanQuerySet, RegistryQuerySet):  # type: ignore[override]
    pass


class VillageOfficial(DatedSpan):
    """A dated post in the village government; each day has one kepala desa."""

    class Office(models.TextChoices):
        HEAD = "kepala", "Kepala Desa"
        SECRETARY = "sekretaris", "Sekretaris Desa"
        COUNCIL_HEAD = "bpd", "Ketua BPD"

    PART_OF = "village"
    STILL = "dan masih menjabat"

    village = models.ForeignKey(Village, models.PROTECT, verbose_name="desa", related_name="officials")
    person = models.ForeignKey(Person, models.PROTECT, verbose_name="orang", related_name="offices")
    office = models.CharField("jabatan", max_length=12, choices=Office)

    objects = VillageOfficialQuerySet.as_manager()

    class Meta:
        verbose_name = "pejabat desa"
        verbose_name_plural = "pejabat desa"
        ordering = ["office", "-starts_on"]
        constraints = [
            in_order("village_official_in_order"),
            models.UniqueConstraint(
                fields=["village", "office"],
                condition=Q(ends_on=None),
                name="village_official_one_open",
                violation_error_message="Jabatan ini masih diisi orang lain. Akhiri dahulu jabatan yang lama.",
            ),
        ]

    def __str__(self):
        return f"{self.person}, {self.get_office_display()}"

    def get_absolute_url(self):
        return self.village.get_absolute_url()


class PersonMatch(models.Model):
    """The person that a user chose for a written name, stored for each kabupaten."""

    district = models.ForeignKey(District, models.PROTECT, verbose_name="kabupaten", related_name="person_matches")
    input_key = models.CharField("kunci masukan", max_length=300)
    person = models.ForeignKey(Person, models.CASCADE, verbose_name="orang", related_name="matches")

    class Meta:
        verbose_name = "padanan nama"
        verbose_name_plural = "padanan nama"
        constraints = [
            models.UniqueConstraint(
                fields=["district", "input_key"],
                name="person_match_once",
                violation_error_message="Padanan untuk nama ini sudah ada.",
            )
        ]

    def __str__(self):
        return f"{self.input_key}: {self.person}"


class PersonApart(models.Model):
    """Two rows of one name or number that a user declared to be different people."""

    first = models.ForeignKey(Person, models.CASCADE, verbose_name="orang", related_name="+")
    second = models.ForeignKey(Person, models.CASCADE, verbose_name="orang lain", related_name="+")

    class Meta:
        verbose_name = "dua orang berbeda"
        verbose_name_plural = "dua orang berbeda"
        constraints = [
            models.CheckConstraint(
                condition=Q(first__lt=F("second")),
                name="person_apart_in_order",
                violation_error_message="Sebutkan dua orang yang berlainan.",
            ),
            models.UniqueConstraint(
                fields=["first", "second"],
                name="person_apart_once",
                violation_error_message="Sudah tercatat bahwa keduanya orang yang berbeda.",
            ),
        ]

    def __str__(self):
        return f"{self.first} bukan {self.second}"
