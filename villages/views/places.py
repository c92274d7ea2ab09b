"""Pages of villages, their grants and their officials."""

from django.db.models import Max, Q
from django.urls import reverse
from django.views.generic import CreateView, DetailView, UpdateView

from accounts.lists import ScopedList
from accounts.rights import Right
from accounts.scoping import EditableMixin, PartMixin, RightMixin, VisibleMixin
from records.editing import SaveMixin
from records.history import MAX_SHOWN
from records.models import Event
from villages.exports import VILLAGE_COLUMNS
from villages.forms.places import (
    GrantAwardForm,
    OfficialEndForm,
    VillageFilter,
    VillageForm,
    VillageOfficialForm,
)
from villages.models import (
    Assignment,
    Facility,
    GrantAward,
    SanitationMark,
    TimelineEntry,
    Village,
    VillageName,
    VillageOfficial,
    WaterTest,
)
from villages.rules.life_cycle import phase_of
from villages.services.former_names import once_called

PARTS = (GrantAward, VillageOfficial, VillageName, TimelineEntry, WaterTest, SanitationMark)


def list_crumbs(*more) -> list[tuple[str, str]]:
    """The way back to the list of villages."""
    return [("Beranda", reverse("monitoring:home")), ("Desa", reverse("villages:village_list")), *more]


def crumbs_of(village: Village, *more) -> list[tuple[str, str]]:
    """The way back from a page below a village."""
    return list_crumbs((str(village), village.get_absolute_url()), *more)


def trainings_of(participants, user) -> list[list]:
    """Trainings of these participants, newest first: [training, its last day, how many]."""
    rows = participants.current().visible_to(user).select_related("training")
    counted: dict = {}
    for row in rows.annotate(day=Max("training__days__date")).order_by("-day", "pk"):
        counted.setdefault(row.training_id, [row.training, row.day, 0])[2] += 1
    return list(counted.values())


def events_of_parts(village) -> Q:
    """Events of the rows of the dossier of a village."""
    anything = Q()
    for part in PARTS:
        rows = part.objects.filter(village=village).values("pk")
        anything |= Q(kind=part._meta.label_lower, object_id__in=rows)
    return anything


class VillageList(ScopedList):
    model = Village
    template_name = "villages/village_list.html"
    search_fields = ("search_key",)
    filter_form = VillageFilter
    export_title, export_columns = "Daftar desa", VILLAGE_COLUMNS
    sorts = {"kode": ("Kode", ("code",)), "nama": ("Nama", ("name",))}

    def get_queryset(self):
        return (
            super()
            .get_queryset()
            .select_related("subdistrict")
            .prefetch_related("awards__programme", "groups", "names")
        )

    def found_by(self, text):
        return super().found_by(text) | Q(code__contains=text.strip()) | once_called(text)


class VillageDetail(VisibleMixin, DetailView):
    model = Village
    template_name = "villages/village_detail.html"

    def get_queryset(self):
        return super().get_queryset().select_related("subdistrict__district__settings_row")

    def get_context_data(self, **kwargs):
        village = self.object
        groups = village.groups.prefetch_related("members__person", "documents", "work_plans")
        groups = groups.order_by("dissolved_on", "name")
        officials = list(village.officials.select_related("person"))
        facilities = list(Facility.objects.filter(village=village).with_latest_check())
        timeline = list(village.timeline.select_related("file"))
        for entry in timeline:
            entry.phase = phase_of(entry.step)
        events = Event.objects.filter(
            Q(kind=Village._meta.label_lower, object_id=village.pk) | events_of_parts(village)
        )
        return super().get_context_data(**kwargs) | {
            "awards": village.awards.select_related("programme"),
            "officials": [official for official in officials if official.is_open],
            "former_officials": [official for official in officials if not official.is_open],
            "groups": groups,
            "facilities": facilities,
            "names": village.names.all(),
            "timeline": timeline,
            "water_tests": village.water_tests.select_related("facility", "file"),
            "sanitation_marks": village.sanitation_marks.all(),
            "assignments": Assignment.objects.current().filter(village=village).select_related("user"),
            "person_count": village.persons.current().count(),
            "trainings": trainings_of(village.participants, self.request.user),
            "events": events.select_related("by").order_by("-pk")[:MAX_SHOWN],
        }


class VillageCreate(SaveMixin, RightMixin, CreateView):
    model = Village
    form_class = VillageForm
    right = Right.EDIT_REGISTRY
    submit_label = "Simpan desa"
    extra_context = {"heading": "Tambah desa"}

    def get_cancel_url(self):
        return reverse("villages:village_list")

    def get_context_data(self, **kwargs):
        crumbs = list_crumbs(("Tambah desa", ""))
        return super().get_context_data(crumbs=crumbs, **kwargs)


class VillageUpdate(SaveMixin, EditableMixin, UpdateView):
    model = Village
    form_class = VillageForm
    right = Right.EDIT_REGISTRY
    submit_label = "Simpan desa"

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            heading=f"Ubah {self.object}", crumbs=crumbs_of(self.object, ("Ubah", "")), **kwargs
        )


class AwardCreate(PartMixin, SaveMixin, CreateView):
    model = GrantAward
    form_class = GrantAwardForm
    whole, part_of = Village, "village"
    right = Right.EDIT_REGISTRY
    submit_label = "Simpan bantuan"
    saved_message = "Bantuan {row} tersimpan."

    def get_context_data(self, **kwargs):
        heading = f"Catat bantuan {self.parent}"
        return super().get_context_data(heading=heading, crumbs=crumbs_of(self.parent, ("Catat bantuan", "")), **kwargs)


class AwardUpdate(SaveMixin, EditableMixin, UpdateView):
    model = GrantAward
    form_class = GrantAwardForm
    right = Right.EDIT_REGISTRY
    submit_label = "Simpan bantuan"
    saved_message = "Bantuan {row} tersimpan."

    def get_context_data(self, **kwargs):
        village = self.object.village
        heading = f"Ubah bantuan {village}"
        return super().get_context_data(heading=heading, crumbs=crumbs_of(village, ("Ubah bantuan", "")), **kwargs)


class OfficialCreate(PartMixin, SaveMixin, CreateView):
    model = VillageOfficial
    form_class = VillageOfficialForm
    whole, part_of = Village, "village"
    right = Right.EDIT_REGISTRY
    submit_label = "Simpan pejabat"
    saved_message = "{row}, tersimpan."

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            heading=f"Catat pejabat {self.parent}",
            intro="Pejabat yang digantikan otomatis berakhir sehari sebelum tanggal mulai yang baru.",
            crumbs=crumbs_of(self.parent, ("Catat pejabat", "")),
            **kwargs,
        )


class OfficialEnd(SaveMixin, EditableMixin, UpdateView):
    """Ends a post in the village government. It stays recorded."""

    model = VillageOfficial
    form_class = OfficialEndForm
    right = Right.EDIT_REGISTRY
    submit_label = "Akhiri jabatan"
    saved_message = "Jabatan {row}, berakhir."

    def get_queryset(self):
        return super().get_queryset().open().select_related("village", "person")

    def get_context_data(self, **kwargs):
        official = self.object
        return super().get_context_data(
            heading=f"Akhiri jabatan {official}",
            crumbs=crumbs_of(official.village, ("Akhiri jabatan", "")),
            **kwargs,
        )
