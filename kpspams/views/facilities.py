"""Pages of the water systems that a group operates."""

from django.views.generic import CreateView, UpdateView

from accounts.rights import Right
from accounts.scoping import EditableMixin, PartMixin
from kpspams.forms.facilities import GroupFacilityForm
from kpspams.models import GroupFacility, KpspamsGroup
from kpspams.views.groups import crumbs_of
from records.editing import SaveMixin


class GroupFacilityCreate(PartMixin, SaveMixin, CreateView):
    model = GroupFacility
    form_class = GroupFacilityForm
    whole, part_of = KpspamsGroup, "group"
    right = Right.EDIT_GROUPS
    submit_label = "Simpan sarana yang dikelola"
    saved_message = "{row}: tersimpan."

    def get_context_data(self, **kwargs):
        crumbs = crumbs_of(self.parent, ("Catat sarana yang dikelola", ""))
        return super().get_context_data(heading=f"Catat sarana yang dikelola {self.parent}", crumbs=crumbs, **kwargs)


class GroupFacilityUpdate(SaveMixin, EditableMixin, UpdateView):
    model = GroupFacility
    form_class = GroupFacilityForm
    right = Right.EDIT_GROUPS
    submit_label = "Simpan sarana yang dikelola"
    saved_message = "{row}: tersimpan."

    def get_queryset(self):
        return super().get_queryset().select_related("group", "facility")

    def get_context_data(self, **kwargs):
        row = GroupFacility.objects.select_related("group", "facility").get(pk=self.object.pk)
        crumbs = crumbs_of(row.group, (f"Ubah pengelolaan {row.facility}", ""))
        return super().get_context_data(heading=f"Ubah pengelolaan {row.facility}", crumbs=crumbs, **kwargs)
