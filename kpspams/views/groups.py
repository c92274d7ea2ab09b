"""Pages of groups: list, detail with board, legal documents and checks, closing and reopening."""

from django.db.models import Q
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.timezone import localdate
from django.views.generic import CreateView, DetailView, UpdateView

from accounts.lists import ScopedList
from accounts.rights import Right
from accounts.scoping import EditableMixin, PartMixin, RightMixin, VisibleMixin
from kpspams.exports import GROUP_COLUMNS
from kpspams.forms.groups import GroupCheckForm, GroupCloseForm, GroupFilter, GroupForm, GroupReopenForm
from kpspams.models import GroupCheck, GroupFacility, KpspamsGroup, LegalDocument, Member
from kpspams.queries.attention import attention
from kpspams.queries.boards import GroupOn
from records.editing import SaveMixin
from records.history import MAX_SHOWN
from records.models import Event
from villages.services.former_names import once_called
from villages.views.places import trainings_of
from villages.views.presets import preset_village


def list_crumbs(*more) -> list[tuple[str, str]]:
    """Breadcrumbs to the list of groups."""
    return [("Beranda", reverse("monitoring:home")), ("KPSPAMS", reverse("kpspams:group_list")), *more]


def crumbs_of(group: KpspamsGroup, *more) -> list[tuple[str, str]]:
    """Breadcrumbs of a page below a group."""
    return list_crumbs((str(group), group.get_absolute_url()), *more)


def history_of(group: KpspamsGroup):
    """Events of the group, its posts, legal documents, checks and water systems, newest first."""
    own = Q(kind=KpspamsGroup._meta.label_lower, object_id=group.pk)
    for model in (Member, LegalDocument, GroupCheck, GroupFacility):
        own |= Q(kind=model._meta.label_lower, object_id__in=model.objects.filter(group=group).values("pk"))
    return Event.objects.filter(own).select_related("by").order_by("-pk")


def operated_by(group: KpspamsGroup) -> dict:
    """Water systems of the village: those that the group operates or operated, with the span, and the others."""
    systems = {row.pk: row for row in group.village.facilities.with_latest_check()}
    spells = [spell for spell in group.operated.order_by("-starts_on", "-pk") if spell.facility_id in systems]
    for spell in spells:
        spell.system = systems[spell.facility_id]
    running = {spell.facility_id for spell in spells if spell.overlaps(localdate(), None)}
    return {"spells": spells, "other_systems": [row for pk, row in systems.items() if pk not in running]}


class GroupList(ScopedList):
    model = KpspamsGroup
    template_name = "kpspams/group_list.html"
    search_fields = ("search_key", "village__search_key")
    filter_form = GroupFilter
    export_title, export_columns = "Daftar KPSPAMS", GROUP_COLUMNS
    sorts = {"nama": ("Nama", ("name",)), "desa": ("Desa", ("village__name", "name"))}

    def found_by(self, text):
        return super().found_by(text) | once_called(text, "village") | self._with_number(text.strip())

    def _with_number(self, text) -> Q:
        """Groups with a legal document of this number, or of a part of it that has a digit."""
        if len(text) < 3 or not any(letter.isdigit() for letter in text):
            return Q(pk__in=[])
        return Q(pk__in=LegalDocument.objects.filter(number__icontains=text).values("group"))

    def get_queryset(self):
        rows = super().get_queryset().select_related("village__subdistrict")
        return rows.prefetch_related("documents", "members__person")

    def export_row(self, row):
        return GroupOn(row, localdate())

    def get_context_data(self, **kwargs):
        """Concerns are shown above the whole list, not above search results."""
        mine = KpspamsGroup.objects.visible_to(self.request.user)
        found = [] if self.request.GET else attention(mine, localdate())
        return super().get_context_data(**kwargs) | {"attention": found}


class GroupDetail(VisibleMixin, DetailView):
    model = KpspamsGroup
    template_name = "kpspams/group_detail.html"
    context_object_name = "group"

    def get_queryset(self):
        rows = super().get_queryset().select_related("village__subdistrict__district__settings_row", "programme")
        rows = rows.prefetch_related("documents__scan", "members__person", "members__appointed_by")
        return rows.prefetch_related("association_memberships__association")

    def get_context_data(self, **kwargs):
        group = self.object
        checks = list(group.checks.select_related("recorded_by"))
        plans = list(group.work_plans.with_total().order_by("-year", "-revision"))
        return super().get_context_data(**kwargs) | {
            "board": GroupOn(group, localdate()),
            "threshold": group.village.subdistrict.district.rules.women_share,
            "former_count": sum(1 for member in group.members.all() if not member.covers(localdate())),
            "checks": checks,
            "latest": checks[0] if checks else None,
            "plans": plans,
            "trainings": trainings_of(group.participants, self.request.user),
            **operated_by(group),
            "events": history_of(group)[:MAX_SHOWN],
        }


class GroupBoard(VisibleMixin, DetailView):
    """All holders of posts ever, and the board as of a day (`?pada=2020-01-01`)."""

    model = KpspamsGroup
    template_name = "kpspams/group_board.html"
    context_object_name = "group"

    def get_queryset(self):
        rows = super().get_queryset().select_related("village")
        return rows.prefetch_related("documents", "members__person", "members__appointed_by")

    def get_context_data(self, **kwargs):
        requested = self.request.GET.get("pada", "")
        try:
            day = parse_date(requested)
        except ValueError:
            day = None
        members = sorted(self.object.members.all(), key=lambda row: (row.starts_on, row.pk), reverse=True)
        return super().get_context_data(**kwargs) | {
            "members": members,
            "day": day or localdate(),
            "day_unreadable": bool(requested) and day is None,
            "board": GroupOn(self.object, day or localdate()),
        }


class GroupCreate(SaveMixin, RightMixin, CreateView):
    model = KpspamsGroup
    form_class = GroupForm
    right = Right.EDIT_GROUPS
    submit_label = "Simpan KPSPAMS"
    saved_message = "{row} tersimpan. Catat SK dan pengurusnya di bawah ini."

    def get_initial(self):
        return preset_village(self.request)

    def get_cancel_url(self):
        return reverse("kpspams:group_list")

    def get_context_data(self, **kwargs):
        crumbs = list_crumbs(("Tambah KPSPAMS", ""))
        return super().get_context_data(heading="Tambah KPSPAMS", crumbs=crumbs, **kwargs)


class GroupUpdate(SaveMixin, EditableMixin, UpdateView):
    model = KpspamsGroup
    form_class = GroupForm
    right = Right.EDIT_GROUPS
    submit_label = "Simpan KPSPAMS"
    heading = "Ubah {group}"
    intro = ""

    def get_context_data(self, **kwargs):
        # The stored row: an invalid form has already written its values into self.object.
        group = KpspamsGroup.objects.get(pk=self.object.pk)
        heading = self.heading.format(group=group)
        crumbs = crumbs_of(group, (heading, ""))
        return super().get_context_data(heading=heading, intro=self.intro, crumbs=crumbs, **kwargs)


class GroupClose(GroupUpdate):
    """Closes the group on a day, with its running posts. It stays recorded."""

    form_class = GroupCloseForm
    submit_label = "Bubarkan KPSPAMS"
    heading = "Bubarkan {group}"
    extra_context = {"danger": True}
    saved_message = "{row} dicatat bubar; jabatan yang masih berjalan ikut diakhiri."

    def get_queryset(self):
        return super().get_queryset().filter(dissolved_on=None)

    def get_context_data(self, **kwargs):
        running = Member.objects.open().filter(group=self.object.pk).count()
        self.intro = f"Bubarkan kelompok ini? {running} jabatan yang masih berjalan ikut diakhiri pada tanggal itu."
        return super().get_context_data(**kwargs)


class GroupReopen(GroupUpdate):
    form_class = GroupReopenForm
    submit_label = "Buka kembali KPSPAMS"
    heading = "Buka kembali {group}"
    intro = "Tanggal bubar dihapus. Jabatan yang sudah diakhiri tidak hidup lagi; catat pengurus yang baru."
    saved_message = "{row} dibuka kembali. Catat pengurusnya."

    def get_queryset(self):
        return super().get_queryset().exclude(dissolved_on=None)


class GroupCheckCreate(PartMixin, SaveMixin, CreateView):
    model = GroupCheck
    form_class = GroupCheckForm
    whole, part_of = KpspamsGroup, "group"
    right = Right.EDIT_GROUPS
    submit_label = "Simpan pemeriksaan"
    saved_message = "Pemeriksaan {row} tersimpan."

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            heading=f"Catat pemeriksaan {self.parent}",
            intro="Pemeriksaan tidak dapat diubah. Untuk membetulkannya, catat sekali lagi pada tanggal yang sama.",
            crumbs=crumbs_of(self.parent, ("Catat pemeriksaan", "")),
            **kwargs,
        )
