"""Form of documents about visits: the month or quarter, and whose visits."""

from collections.abc import Sequence

from django import forms
from django.utils.timezone import localdate

from accounts.models import District, User
from accounts.rights import sees_whole_district
from documents.district.base import PeriodDocument
from documents.periods import Period
from monitoring.queries.area_choices import AreaChoices
from records.fields import choice_field
from villages.models import Assignment, Village

SHOWN = {1: 12, 3: 4}  # periods by their number of months


class VisitDocumentForm(forms.Form):
    """Sent to the same URL as every document button; the fields have the names of the document's options."""

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
            # The villages of the newest cohort come first: most visits are there.
            choice_field(self, "ta").choices = AreaChoices(user, {}).cohorts(newest_first=True)
        else:
            del self.fields["ta"]
        if "fasilitator" not in document.filter_fields or user.is_facilitator:
            del self.fields["fasilitator"]  # a fasilitator gets only their own visits
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
    """The current period and the previous ones, newest first."""
    found = [Period.containing(localdate(), months)]
    while len(found) < count:
        found.append(found[-1].previous)
    return found
