"""List and export of the board members of all visible groups."""

from django import forms

from accounts.lists import ScopedList
from kpspams.exports import MEMBER_COLUMNS
from kpspams.models import Member
from kpspams.views.groups import list_crumbs
from records.search_keys import name_key
from villages.forms.places import PlaceFilter
from villages.services.former_names import once_called


class MemberFilter(PlaceFilter):
    village = "group__village"

    jabatan = forms.ChoiceField(label="Jabatan", required=False, choices=[("", "Semua"), *Member.Post.choices])
    masa = forms.ChoiceField(
        label="Masa jabatan", required=False, choices=[("", "Semua"), ("kini", "Menjabat"), ("dahulu", "Berakhir")]
    )

    def narrow_jabatan(self, rows, value):
        return rows.filter(post=value)

    def narrow_masa(self, rows, value):
        held = Member.objects.current()
        return rows.filter(pk__in=held.values("pk")) if value == "kini" else rows.exclude(pk__in=held.values("pk"))


class MemberList(ScopedList):
    model = Member
    template_name = "kpspams/member_list.html"
    search_fields = ("person__search_key", "group__search_key", "group__village__search_key")
    filter_form = MemberFilter
    export_title, export_columns = "Daftar pengurus KPSPAMS", MEMBER_COLUMNS
    sorts = {
        "desa": ("Desa", ("group__village__code", "group__name", "post")),
        "nama": ("Nama", ("person__search_key",)),
        "baru": ("Terbaru menjabat", ("-starts_on",)),
    }

    def get_queryset(self):
        rows = super().get_queryset().filter(person__erased_at=None)
        return rows.select_related("person", "group__village__subdistrict", "appointed_by")

    def found_by(self, text):
        found = super().found_by(text) | super().found_by(name_key(text))
        return found | once_called(text, "group__village")

    def get_context_data(self, **kwargs):
        return super().get_context_data(crumbs=list_crumbs(("Pengurus", "")), **kwargs)
