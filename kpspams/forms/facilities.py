"""Which water systems a group operates, from when until when."""

from django.core.exceptions import ValidationError
from django.db.models import Q

from kpspams.models import GroupFacility
from records.editing import EditForm
from records.parsers.days import past_day
from records.words import date_id
from villages.models import Facility


class GroupFacilityForm(EditForm):
    fixed = ("group",)

    class Meta:
        model = GroupFacility
        fields = ["group", "facility", "since", "until"]
        labels = {"since": "Dikelola sejak", "until": "Dikelola sampai"}
        help_texts = {"until": "Kosongkan bila masih dikelola."}

    def fields_for_people(self):
        field = self.fields["facility"]
        field.queryset = Facility.objects.visible_to(self.user).filter(village=self.instance.group.village_id)
        field.empty_label = "Pilih sarana"
        field.disabled = bool(self.instance.pk)  # another water system is another row
        if self.instance.pk:
            field.queryset = Facility.objects.filter(pk=self.instance.facility_id)
        for name in ("since", "until"):
            self.fields[name].validators.append(past_day)

    def clean(self):
        data = super().clean()
        since, until, facility = data.get("since"), data.get("until"), data.get("facility")
        if since and facility and (until is None or until >= since) and "until" not in self.errors:
            self._refuse_overlap(facility, since, until)
        return data

    def _refuse_overlap(self, facility, since, until):
        """One spell of a group at a water system after the other; an open one is the constraint's to refuse."""
        others = GroupFacility.objects.filter(group=self.instance.group, facility=facility).exclude(pk=self.instance.pk)
        others = others.filter(Q(until=None) | Q(until__gte=since))
        if until:
            others = others.filter(since__lte=until)
        other = others.first()
        if other and not (other.until is None and until is None):
            span = f"sampai {date_id(other.until)}" if other.until else "dan masih dikelola"
            raise ValidationError(
                f"Kelompok ini sudah tercatat mengelola {facility} sejak {date_id(other.since)} {span}. "
                "Isi tanggal yang tidak bertumpuk."
            )
