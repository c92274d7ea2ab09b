"""The filters of the page of coverage."""

from django import forms

from accounts.models import District
from monitoring.forms.days import DayFilter


class CoverageFilter(DayFilter):
    """One kabupaten, as of a day. Who has only one is not asked."""

    kabupaten = forms.ModelChoiceField(District.objects.none(), required=False, empty_label=None)

    def fields_for_people(self):
        self.districts = list(District.objects.visible_to(self.user))
        self.fields["kabupaten"].queryset = District.objects.visible_to(self.user)
        if len(self.districts) < 2:
            del self.fields["kabupaten"]

    @property
    def district(self) -> District | None:
        """The chosen kabupaten, else the first; None for an installation without any."""
        return self.cleaned_data.get("kabupaten") or next(iter(self.districts), None)
