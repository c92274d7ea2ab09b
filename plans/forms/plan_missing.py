"""Filters of the list of missing plans: deadline and place."""

from dataclasses import dataclass
from datetime import date

from django import forms
from django.utils.timezone import localdate

from accounts.models import DistrictSettings
from plans.models import WorkPlan
from records.fields import choice_field
from records.formats import date_id
from villages.forms.places import PlaceFilter


@dataclass(frozen=True)
class Deadline:
    """A deadline: stage, year of the plan, day, and whether that year is recorded."""

    stage: str
    year: int
    due: date
    recorded: bool = True

    @property
    def code(self) -> str:
        return f"{self.stage}-{self.year}"

    @property
    def word(self) -> str:
        return f"{WorkPlan.Stage(self.stage).label} {self.year}"

    @property
    def is_past(self) -> bool:
        return localdate() > self.due

    def __str__(self):
        return f"{self.word} (batas {date_id(self.due)})"


def deadlines(rules: DistrictSettings) -> list[Deadline]:
    """The deadlines of this year and the next, the one nearest to today first."""
    today = localdate()
    found = []
    for year in (today.year, today.year + 1):
        recorded = rules.records(year)
        found.append(Deadline(WorkPlan.Stage.PROPOSAL, year, rules.proposal_due(year), recorded))
        found.append(Deadline(WorkPlan.Stage.FINAL, year, rules.plan_due(year), recorded))
    return sorted(found, key=lambda moment: abs((moment.due - today).days))


class MissingFilter(PlaceFilter):
    village = "village"

    tenggat = forms.ChoiceField(label="Tenggat", required=False)

    field_order = ["q", "tenggat"]

    def fields_for_people(self):
        super().fields_for_people()
        rules = self.user.district.rules if self.user.district_id else DistrictSettings()
        nearest, *others = deadlines(rules)
        self.moments = {moment.code: moment for moment in (nearest, *others)}
        in_order = sorted(others, key=lambda moment: moment.due)
        later = [(moment.code, str(moment)) for moment in in_order]
        choice_field(self, "tenggat").choices = [("", str(nearest)), *later]

    @property
    def moment(self) -> Deadline:
        return self.moments.get(self.cleaned_data.get("tenggat") or "") or next(iter(self.moments.values()))

    def narrow_tenggat(self, rows, value):
        return rows  # the view always applies the deadline
