"""Filters of the lists of plans in progress."""

from django import forms
from django.db.models import Exists, F, OuterRef

from accounts.models import District
from plans.forms.years import offer_years
from plans.models import Activity, WorkPlan
from plans.queries.progress import carried_out
from records.formats import MONTHS
from villages.forms.places import PlaceFilter

LEVELS = [("", "KPSPAMS"), ("desa", "Desa"), ("kecamatan", "Kecamatan"), ("kabupaten", "Kabupaten")]


class YearFilter(PlaceFilter):
    """Filter by year, the current one by default."""

    village = "group__village"

    tahun = forms.ChoiceField(label="Tahun", required=False)

    def fields_for_people(self):
        super().fields_for_people()
        plans = carried_out(WorkPlan.objects.visible_to(self.user))
        self.this_year = offer_years(self, plans.values_list("year", flat=True).distinct())
        self.order_fields(["q", "tahun"])

    @property
    def year(self) -> int:
        return int(self.cleaned_data.get("tahun") or self.this_year)

    def narrow(self, rows):
        return super().narrow(rows).filter(year=self.year)

    def narrow_tahun(self, rows, value):
        return rows  # narrow() always applies the year


class ProgressFilter(YearFilter):
    belum = forms.ChoiceField(
        label="Belum melaporkan",
        required=False,
        choices=[("", "Bulan mana saja"), *((str(n), name) for n, name in enumerate(MONTHS, 1))],
    )

    def narrow_belum(self, rows, value):
        """Plans with activities in that month and without a report; only in recorded years."""
        districts = District.objects.visible_to(self.user).select_related("settings_row")
        recorded = [district.pk for district in districts if district.rules.records(self.year)]
        month = int(value)
        planned = Activity.objects.filter(plan=OuterRef("pk")).alias(bit=F("months").bitand(1 << (month - 1)))
        reported = rows.model.objects.filter(
            group=OuterRef("group"), group__month_reports__year=OuterRef("year"), group__month_reports__month=month
        )
        rows = rows.filter(group__village__subdistrict__district__in=recorded)
        return rows.filter(Exists(planned.filter(bit__gt=0)), ~Exists(reported))


class RealisationFilter(YearFilter):
    per = forms.ChoiceField(label="Jumlahkan per", required=False, choices=LEVELS)

    def narrow_per(self, rows, value):
        return rows  # decides the grouping of the rows, not the selection
