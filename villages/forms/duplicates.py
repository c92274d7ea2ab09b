"""Form that chooses which other rows are the same human being."""

from crispy_forms.helper import FormHelper
from django import forms
from django.db.models import Q
from django.http import QueryDict

from records.fields import label_rows, row_field
from villages.models import Person
from villages.rules.identity import of_person
from villages.services.persons import alike

MAX_LIKELY = 25


def describe(person: Person) -> str:
    """Label that distinguishes two people of one name, without telephone numbers."""
    where = str(person.village or person.institution or "tanpa desa")
    hamlet = f", {person.hamlet_text}" if person.hamlet else ""
    return f"{person.name} ({person.sex}), {where}{hamlet}"


class MergeForm(forms.Form):
    """`likely`: persons as check boxes; everybody else of the village is a choice."""

    data: QueryDict

    likely = forms.ModelMultipleChoiceField(
        queryset=Person.objects.none(),
        required=False,
        label="Catatan lain yang mungkin orang yang sama",
        help_text="Beserta alasannya. Periksa dahulu yang berbeda, misalnya ejaan, gelar, atau L/P.",
        widget=forms.CheckboxSelectMultiple,
    )
    other = forms.ModelChoiceField(
        queryset=Person.objects.none(),
        required=False,
        label="Orang lain di desa ini",
        help_text="Bila namanya tertulis berbeda.",
        empty_label="Tidak ada",
    )

    def __init__(self, *args, person: Person, user, **kwargs):
        super().__init__(*args, **kwargs)
        mine = Person.objects.editable_by(user).filter(district=person.district).exclude(pk=person.pk)
        mine = mine.current().select_related("village")
        self.reasons = {found.pk: likeness.reason for found, likeness in alike(mine, of_person(person), MAX_LIKELY)}
        likely = mine.filter(Q(pk__in=self.reasons) | Q(pk__in=self._ticked()))
        rest = mine.filter(village=person.village_id).exclude(pk__in=self.reasons)
        row_field(self, "likely").queryset = likely
        label_rows(row_field(self, "likely"), self._described)
        row_field(self, "other").queryset = rest if person.village_id else rest.none()
        label_rows(row_field(self, "other"), describe)
        if not likely.exists():
            del self.fields["likely"]
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True

    def _ticked(self) -> list[int]:
        """Persons preset from the list of duplicates: some are similar to this person only through a third one."""
        sent = self.data.getlist("likely") if self.is_bound else self.initial.get("likely", [])
        return [int(value) for value in sent if value.isdecimal() and len(value) < 19]

    def _described(self, person: Person) -> str:
        return " – ".join(filter(None, [describe(person), self.reasons.get(person.pk, "")]))

    def clean(self):
        super().clean()
        data = self.cleaned_data
        self.chosen = list(data.get("likely") or [])
        if data.get("other"):
            self.chosen.append(data["other"])
        if not self.chosen and not self.errors:
            self.add_error(next(iter(self.fields)), "Pilih sekurang-kurangnya satu catatan yang digabung.")
        return data
