"""Pages of the association (asosiasi) of the kabupaten: dated members and meetings."""

from django.db.models import Count, Q
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_safe
from django.views.generic import CreateView, DetailView, UpdateView

from accounts.lists import ScopedList
from accounts.rights import Right, sees_whole_district, villages_label
from accounts.scoping import EditableMixin, PartMixin, RightMixin, VisibleMixin
from kpspams.exports import ASSOCIATION_COLUMNS, MEMBERSHIP_COLUMNS
from kpspams.forms.association import AssociationForm, MeetingForm, MembersFilter, MembershipForm
from kpspams.models import Association, AssociationMeeting, AssociationMembership
from records.editing import SaveMixin
from records.files import serve
from records.formats import date_id
from records.history import MAX_SHOWN
from records.models import Event


def list_crumbs(*more) -> list[tuple[str, str]]:
    return [("Beranda", reverse("monitoring:home")), ("Asosiasi", reverse("kpspams:association_list")), *more]


def crumbs_of(association: Association, *more) -> list[tuple[str, str]]:
    """Breadcrumbs of a page below an association."""
    return list_crumbs((association.name, association.get_absolute_url()), *more)


class AssociationList(ScopedList):
    model = Association
    template_name = "kpspams/association_list.html"
    export_title, export_columns = "Daftar asosiasi", ASSOCIATION_COLUMNS

    def get_queryset(self):
        running = AssociationMembership.objects.current()
        mine = running.visible_to(self.request.user).values("pk")
        count = Count("memberships", filter=Q(memberships__in=mine))
        return (
            super()
            .get_queryset()
            .select_related("district")
            .annotate(member_count=count)
            .order_by("dissolved_on", "name")
        )


class AssociationDetail(VisibleMixin, DetailView):
    model = Association
    template_name = "kpspams/association_detail.html"

    def get_queryset(self):
        return super().get_queryset().select_related("district")

    def get_context_data(self, **kwargs):
        association, user = self.object, self.request.user
        members = association.memberships.visible_to(user).current()
        counts = members.aggregate(
            all=Count("pk"),
            pamsimas=Count("pk", filter=Q(group__is_pamsimas=True)),
        )
        parts = [
            Q(kind=model._meta.label_lower, object_id__in=rows.values("pk"))
            for model, rows in (
                (AssociationMembership, association.memberships.visible_to(user)),
                (AssociationMeeting, association.meetings.all()),
            )
        ]
        own = Q(kind=Association._meta.label_lower, object_id=association.pk)
        events = Event.objects.filter(own | parts[0] | parts[1])
        return super().get_context_data(**kwargs) | {
            "count": counts["all"],
            "pamsimas": counts["pamsimas"],
            "others": counts["all"] - counts["pamsimas"],
            "whole": sees_whole_district(user),
            "villages_label": villages_label(user),
            "newest": members.select_related("group__village").order_by("-starts_on", "-pk")[:5],
            "meetings": association.meetings.select_related("minutes"),
            "events": events.select_related("by").order_by("-pk")[:MAX_SHOWN],
        }


class AssociationMembers(ScopedList):
    """The member list as of a day (`?pada=2020-01-01`)."""

    model = AssociationMembership
    template_name = "kpspams/association_members.html"
    search_fields = ("group__search_key", "group__village__search_key")
    filter_form = MembersFilter
    export_title, export_columns = "Daftar anggota asosiasi", MEMBERSHIP_COLUMNS
    sorts = {
        "desa": ("Desa", ("group__village__name", "group__name")),
        "bergabung": ("Bergabung", ("-starts_on", "group__village__name")),
    }

    def dispatch(self, request, *args, **kwargs):
        self.association = get_object_or_404(Association.objects.visible_to(request.user), pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def get_queryset(self):
        rows = super().get_queryset().filter(association=self.association)
        if self.filters.cleaned_data.get("keadaan") != "semua":
            rows = rows.current(self.filters.day)
        return rows.select_related("association", "group__village__subdistrict")

    def export_facts(self):
        facts = [fact for fact in super().export_facts() if fact[0] != "Anggota pada tanggal"]
        return [("Asosiasi", self.association.name), *facts, ("Keadaan per", date_id(self.filters.day))]

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "association": self.association,
            "day": self.filters.day,
            "crumbs": crumbs_of(self.association, ("Anggota", "")),
        }


class AssociationCreate(SaveMixin, RightMixin, CreateView):
    model = Association
    form_class = AssociationForm
    right = Right.EDIT_REGISTRY
    submit_label = "Simpan asosiasi"
    saved_message = "{row} tersimpan. Catat anggotanya di bawah ini."

    def get_cancel_url(self):
        return reverse("kpspams:association_list")

    def get_context_data(self, **kwargs):
        crumbs = list_crumbs(("Tambah asosiasi", ""))
        return super().get_context_data(heading="Tambah asosiasi", crumbs=crumbs, **kwargs)


class AssociationUpdate(SaveMixin, EditableMixin, UpdateView):
    model = Association
    form_class = AssociationForm
    right = Right.EDIT_REGISTRY
    submit_label = "Simpan asosiasi"

    def get_context_data(self, **kwargs):
        stored = Association.objects.get(pk=self.object.pk)
        return super().get_context_data(heading=f"Ubah {stored}", crumbs=crumbs_of(stored, ("Ubah", "")), **kwargs)


class PartCreate(PartMixin, SaveMixin, CreateView):
    """Base of new members and meetings of an association that has not ended."""

    whole, part_of = Association, "association"
    right = Right.EDIT_REGISTRY
    heading = ""

    def get_wholes(self):
        return super().get_wholes().filter(dissolved_on=None)

    def get_context_data(self, **kwargs):
        crumbs = crumbs_of(self.parent, (self.heading, ""))
        return super().get_context_data(heading=self.heading, crumbs=crumbs, **kwargs)


class PartUpdate(SaveMixin, EditableMixin, UpdateView):
    right = Right.EDIT_REGISTRY
    heading = ""

    def get_queryset(self):
        return super().get_queryset().select_related("association")

    def get_context_data(self, **kwargs):
        crumbs = crumbs_of(self.object.association, (self.heading, ""))
        return super().get_context_data(heading=self.heading, crumbs=crumbs, **kwargs)


class MembershipCreate(PartCreate):
    model = AssociationMembership
    form_class = MembershipForm
    heading = "Catat anggota asosiasi"
    submit_label = "Simpan anggota"
    saved_message = "{row} tersimpan."


class MembershipUpdate(PartUpdate):
    """Form page on which a group leaves or its days are corrected. A membership is ended, never deleted."""

    model = AssociationMembership
    form_class = MembershipForm
    heading = "Keluar atau betulkan keanggotaan"
    submit_label = "Simpan keanggotaan"
    saved_message = "Keanggotaan {row} tersimpan."

    def get_queryset(self):
        return super().get_queryset().select_related("group__village")


class MeetingCreate(PartCreate):
    model = AssociationMeeting
    form_class = MeetingForm
    heading = "Catat rapat asosiasi"
    submit_label = "Simpan rapat"
    saved_message = "Rapat “{row}” tersimpan."


class MeetingUpdate(PartUpdate):
    model = AssociationMeeting
    form_class = MeetingForm
    heading = "Ubah rapat asosiasi"
    submit_label = "Simpan rapat"
    saved_message = "Rapat “{row}” tersimpan."


@require_safe
def meeting_minutes(request, pk):
    """Serves the minutes of a meeting to users who see the association."""
    meetings = AssociationMeeting.objects.visible_to(request.user).select_related("minutes", "association")
    meeting = get_object_or_404(meetings, pk=pk)
    if meeting.minutes is None:
        raise Http404(f"Meeting {pk} has no minutes")
    return serve(request, meeting.minutes, meeting.get_absolute_url())
