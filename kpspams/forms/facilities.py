"""Forms of the water systems that a group operates, as dated spans."""

from django.core.exceptions import ValidationError

from kpspams.models import GroupFacility
from records.editing import EditForm
from records.fields import row_field
from records.parsers.days import past_day
from villages.models import Facility


class GroupFacilityForm(EditForm):
    fixed = ("group",)

    class Meta:
        model = GroupFacility
        fields = ["group", "facility", "starts_on", "ends_on"]
        labels = {"starts_on": "Dikelola sejak", "ends_on": "Dikelola sampai"}
        help_texts = {"ends_on": "Kosongkan bila masih dikelola."}

    def fields_for_people(self):
        field = row_field(self, "facility")
        field.queryset = Facility.objects.visible_to(self.user).filter(village=self.instance.group.village_id)
        field.empty_label = "Pilih sarana"
        field.disabled = bool(self.instance.pk)  # another water system is another row
        if self.instance.pk:
            field.queryset = Facility.objects.filter(pk=self.instance.facility_id)
        for name in ("starts_on", "ends_on"):
            self.fields[name].validators.append(past_day)

    def clean(self):
        data = super().clean()
        starts_on, ends_on, facility = data.get("starts_on"), data.get("ends_on"), data.get("facility")
        if starts_on and facility and (ends_on is None or ends_on >= starts_on) and "ends_on" not in self.errors:
            self._refuse_overlap(facility, starts_on, ends_on)
        return data

    def _refuse_overlap(self, facility, starts_on, ends_on):
        """Checks that the spans of a group at a water system do not overlap; a constraint refuses a second open one."""
        others = GroupFacility.objects.filter(group=self.instance.group, facility=facility).exclude(pk=self.instance.pk)
        other = others.overlapping(starts_on, ends_on).first()
        if other and not (other.is_open and ends_on is None):
            raise ValidationError(
                f"Kelompok ini sudah tercatat mengelola {facility} sejak {other.dates}. "
                "Isi tanggal yang tidak bertumpuk."
            )
