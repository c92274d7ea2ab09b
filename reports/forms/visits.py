"""What is asked before a document of visits: which month or quarter, and whose visits."""

from collections.abc import Sequence

from django import forms
from django.utils.timezone import localdate

from accounts.models import District, User
from accounts.rights import sees_whole_district
from documents.district.base import PeriodDocument
from documents.periods import Period
from monitoring.queries.area import AreaChoices
from records.fields import choice_field
from villages.models import Assignment, Village

SHOWN = {1: 12, 3: 4}  # periods, by their months


class VisitDocumentForm(forms.Form):
    """It is sent to the same address as every button for a document; the field names are those of its options."""

    subject_id = forms.ChoiceField(label="Kabupaten")
    period = forms.ChoiceField(label="Masa laporan")
    ta = forms.ChoiceField(label="Desa", required=False)
    fasilitator = forms.ChoiceField(label="Fasilitator", required=False)

    def __init__(self, document: PeriodDocument, *, user: User, districts: Sequence[District]):
        super().__init__(auto_id=f"{document.kind}-%s")
        choice_field(self, "subject_id").choices = [(str(district.pk), str(district)) for district in districts]
        if len(districts) == 1:
            self.fields["subject_id"].widget = forms.HiddenInput()
            self.fields["subject_id"].initial = str(districts[0].pk)
        periods = [period for months in document.period_lengths for period in _until_today(months, SHOWN[months])]
        choice_field(self, "period").choices = [(period.code, period.words) for period in periods]
        if "ta" in document.filter_fields:
            # The villages of the newest cohort first: those are looked after, the others seldom.
            choice_field(self, "ta").choices = AreaChoices(user, {}).cohorts(newest_first=True)
        else:
            del self.fields["ta"]
        if "fasilitator" not in document.filter_fields or user.is_facilitator:
            del self.fields["fasilitator"]  # a fasilitator gets the own visits
            return
        people = User.objects.visible_to(user).facilitators().order_by("name", "username")
        if not sees_whole_district(user):
            at_work = Assignment.objects.filter(village__in=Village.objects.visible_to(user))
            people = people.filter(pk__in=at_work.values("user"))
        choice_field(self, "fasilitator").choices = [
            ("", "Semua fasilitator"),
            *((str(person.pk), str(person)) for person in people),
        ]


def _until_today(months: int, count: int) -> list[Period]:
    """The running one and those before, the newest first."""
    found = [Period.containing(localdate(), months)]
    while len(found) < count:
        found.append(found[-1].previous)
    return found
