"""List of SPAM without a check within twelve months, or since their repair: their state is unknown."""

from django.db.models import F

from accounts.lists import ScopedList
from monitoring.exports import UNCHECKED_COLUMNS
from monitoring.forms.area import AreaFilter
from monitoring.queries.water import unchecked
from villages.models import Facility
from villages.services.former_names import once_called


class UncheckedFilter(AreaFilter):
    village = "village"


class Unchecked(ScopedList):
    model = Facility
    template_name = "monitoring/unchecked.html"
    search_fields = ("village__search_key",)
    filter_form = UncheckedFilter
    export_title, export_columns = "SPAM yang perlu dicek", UNCHECKED_COLUMNS

    def found_by(self, text):
        return super().found_by(text) | once_called(text, "village")

    def get_queryset(self):
        rows = super().get_queryset()
        rows = unchecked(rows, self.filters.day).with_latest_check(self.filters.day)
        rows = rows.order_by(F("checked_on").asc(nulls_first=True), "village__code", "name", "pk")
        return rows.select_related("village__subdistrict")

    def export_facts(self):
        return list((dict(super().export_facts()) | dict(self.filters.area.labels)).items())

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"day": self.filters.day}
