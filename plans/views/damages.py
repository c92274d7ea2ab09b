"""Pages of damage reports (kerusakan): list with open ones first, report, steps, repair in a plan."""

from django.contrib import messages
from django.db.models import Case, IntegerField, Value, When
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods, require_safe
from django.views.generic import CreateView, DetailView, UpdateView

from accounts.lists import ScopedList
from accounts.rights import Right, may
from accounts.scoping import EditableMixin, PartMixin, VisibleMixin, require
from plans.exports import DAMAGE_COLUMNS
from plans.forms.damages import DamageFilter, DamageForm, RepairForm, StepForm
from plans.models import DamagePhoto, DamageReport
from plans.services.damages import open_plans, operating_groups, recorded_operators
from records.editing import SaveMixin
from records.files import serve
from records.history import MAX_SHOWN
from villages.models import ConditionCheck, Facility, Village
from villages.views.photos import more_photos

State = DamageReport.State
TONES = {State.REPORTED: "red", State.INSPECTED: "amber", State.UNDER_REPAIR: "amber", State.WORKING: "green"}


def list_crumbs(*more) -> list[tuple[str, str]]:
    return [("Beranda", reverse("monitoring:home")), ("Kerusakan", reverse("plans:damage_list")), *more]


def crumbs_of(damage: DamageReport, *more) -> list[tuple[str, str]]:
    return list_crumbs((title_of(damage), damage.get_absolute_url()), *more)


def title_of(damage: DamageReport) -> str:
    return f"{damage.get_component_display()}, {damage.facility}"


class DamageList(ScopedList):
    model = DamageReport
    template_name = "plans/damage_list.html"
    search_fields = ("facility__village__search_key",)
    filter_form = DamageFilter
    export_title, export_columns = "Daftar kerusakan SPAM", DAMAGE_COLUMNS
    sorts = {
        "terbuka": ("Belum berfungsi dahulu", ("closed", "since")),
        "baru": ("Terbaru", ("-since",)),
        "desa": ("Desa", ("facility__village__name", "-since")),
    }

    def get_queryset(self):
        closed = Case(When(state=State.WORKING, then=Value(1)), default=Value(0), output_field=IntegerField())
        self.queryset = DamageReport.objects.alias(closed=closed).select_related("facility__village__subdistrict")
        return super().get_queryset()

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        for damage in context["object_list"]:
            damage.tone = TONES[damage.state]
        return context


class DamageDetail(VisibleMixin, DetailView):
    model = DamageReport
    template_name = "plans/damage_detail.html"
    context_object_name = "damage"

    def get_queryset(self):
        rows = super().get_queryset().select_related("facility__village__subdistrict", "activity__plan__group")
        return rows.prefetch_related("photos__file", "steps__by")

    def get_context_data(self, **kwargs):
        damage, user = self.object, self.request.user
        editable = DamageReport.objects.editable_by(user).filter(pk=damage.pk).exists()
        return super().get_context_data(**kwargs) | {
            "tone": TONES[damage.state],
            "name": title_of(damage),
            "editable": editable,
            "operators": (operators := recorded_operators(damage)),
            "village_groups": [] if operators else operating_groups(damage),
            "may_plan": editable and damage.is_open and not damage.activity and may(user, Right.EDIT_PLANS),
            "check": check_wanted(damage, user),
            "events": damage.events[:MAX_SHOWN],
            "crumbs": crumbs_of(damage),
        }


def check_wanted(damage: DamageReport, user) -> dict | None:
    """After a repair a new check of the water system is due: link to its form, or who makes it."""
    if damage.is_open or damage.facility.checks.filter(checked_on__gte=damage.working_again_on).exists():
        return None
    editable = Facility.objects.editable_by(user).filter(pk=damage.facility_id).exists()
    if not (editable and may(user, Right.EDIT_REGISTRY)):
        return {"url": ""}
    query = urlencode(
        {
            "tanggal": f"{damage.working_again_on:%Y-%m-%d}",
            "keadaan": ConditionCheck.Functioning.WORKS.value,
            "kembali": damage.get_absolute_url(),
        }
    )
    return {"url": f"{reverse('villages:check_create', args=[damage.facility_id])}?{query}"}


class DamageCreate(PartMixin, SaveMixin, CreateView):
    model = DamageReport
    form_class = DamageForm
    whole, part_of = Facility, "facility"
    right = Right.RECORD_PROGRESS
    submit_label = "Laporkan kerusakan"
    saved_message = "Laporan kerusakan tersimpan: {row}."

    def get_wholes(self):
        """Base of the forms for every user who may write about the village, also its fasilitator."""
        return Facility.objects.filter(village__in=Village.objects.editable_by(self.request.user))

    def get_context_data(self, **kwargs):
        facility = self.parent
        crumbs = list_crumbs((str(facility), facility.get_absolute_url()), ("Laporkan kerusakan", ""))
        return super().get_context_data(heading=f"Laporkan kerusakan {facility}", crumbs=crumbs, **kwargs)


class DamageUpdate(SaveMixin, EditableMixin, UpdateView):
    model = DamageReport
    form_class = DamageForm
    right = Right.RECORD_PROGRESS
    submit_label = "Simpan laporan"
    saved_message = "Laporan kerusakan tersimpan: {row}."
    heading, crumb = "Ubah laporan kerusakan", "Ubah"

    def get_queryset(self):
        return super().get_queryset().select_related("facility__village__subdistrict")

    def get_context_data(self, **kwargs):
        stored = self.get_queryset().get(pk=self.kwargs["pk"])  # the form may have changed self.object
        return super().get_context_data(heading=self.heading, crumbs=crumbs_of(stored, (self.crumb, "")), **kwargs)


class DamageStepCreate(DamageUpdate):
    """Form page of the next step: diperiksa, diperbaiki, berfungsi kembali."""

    form_class = StepForm
    submit_label = "Simpan langkah"
    heading = crumb = "Catat langkah"

    def get_success_url(self):
        return self.object.get_absolute_url()

    def saved(self, form):
        messages.success(self.request, f"Langkah tersimpan: {self.object.get_state_display().lower()}.")
        return redirect(self.object)


class DamageRepair(DamageUpdate):
    """Adds the repair as a line of an open plan (Buat kegiatan perbaikan)."""

    form_class = RepairForm
    submit_label = "Masukkan ke rencana kerja"
    heading = crumb = "Buat kegiatan perbaikan"

    def dispatch(self, request, *args, **kwargs):
        require(request.user, Right.EDIT_PLANS)
        require(request.user, Right.RECORD_PROGRESS)
        damage = get_object_or_404(self.get_queryset_for(request.user), pk=kwargs["pk"])
        if damage.activity:
            messages.info(request, f"Perbaikan ini sudah ada dalam {damage.activity.plan}.")
            return redirect(damage)
        if not open_plans(damage, request.user).exists():
            return self.without_plan(request, damage)
        return super().dispatch(request, *args, **kwargs)

    @staticmethod
    def get_queryset_for(user):
        rows = DamageReport.objects.editable_by(user)
        return rows.select_related("facility__village__subdistrict", "activity__plan__group")

    def without_plan(self, request, damage):
        """Page for a repair without an open plan, with a link to create one."""
        groups = operating_groups(damage)
        context = {
            "heading": self.heading,
            "crumbs": crumbs_of(damage, (self.crumb, "")),
            "groups": groups,
            "damage": damage,
            "next_year": str(localdate().year + 1),
        }
        return render(request, "plans/damage_without_plan.html", context)

    def saved(self, form):
        plan = form.activity.plan
        messages.success(self.request, f"Kegiatan perbaikan masuk ke {plan}. Lengkapi sumber dananya.")
        return redirect("plans:activity_update", plan.pk, form.activity.line)


@require_http_methods(["GET", "HEAD", "POST"])
def damage_photo_create(request, pk):
    """Adds photos of a damage or its repair."""
    require(request.user, Right.RECORD_PROGRESS)
    rows = DamageReport.objects.editable_by(request.user).select_related("facility__village__subdistrict")
    damage = get_object_or_404(rows, pk=pk)
    return more_photos(request, damage, "Tambah foto kerusakan", crumbs_of(damage, ("Tambah foto", "")))


@require_safe
def damage_photo(request, pk):
    """Serves a photo to users who see the damage report."""
    photos = DamagePhoto.objects.filter(report__in=DamageReport.objects.visible_to(request.user))
    photo = get_object_or_404(photos.select_related("file", "report"), pk=pk)
    return serve(request, photo.file, photo.report.get_absolute_url())
