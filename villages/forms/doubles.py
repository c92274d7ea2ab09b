"""The form that says which other rows mean the same human being."""

from crispy_forms.helper import FormHelper
from django import forms

from villages.models import Person


def describe(person: Person) -> str:
    """Enough to tell two people of one name apart, without telephone numbers."""
    where = str(person.village or person.institution or "tanpa desa")
    hamlet = f", {person.hamlet_text}" if person.hamlet else ""
    return f"{person.name} ({person.sex}), {where}{hamlet}"


class MergeForm(forms.Form):
    """`likely` are offered as boxes to tick, everybody else of the village as a choice."""

    likely = forms.ModelMultipleChoiceField(
        queryset=None,
        required=False,
        label="Catatan lain yang mungkin orang yang sama",
        help_text="Nama dan desanya sama, atau nomor HP-nya sama.",
        widget=forms.CheckboxSelectMultiple,
    )
    other = forms.ModelChoiceField(
        queryset=None,
        required=False,
        label="Orang lain di desa ini",
        help_text="Bila namanya tertulis berbeda.",
        empty_label="Tidak ada",
    )

    def __init__(self, *args, person: Person, user, **kwargs):
        super().__init__(*args, **kwargs)
        mine = Person.objects.editable_by(user).filter(district=person.district).exclude(pk=person.pk)
        mine = mine.select_related("village")
        likely = mine.like(person.name, person.village, person.phone)
        rest = mine.standing().filter(village=person.village_id).exclude(pk__in=likely.values("pk"))
        self.fields["likely"].queryset = likely
        self.fields["other"].queryset = rest if person.village_id else rest.none()
        for field in self.fields.values():
            field.label_from_instance = describe
        if not likely.exists():
            del self.fields["likely"]
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True

    def clean(self):
        data = super().clean()
        self.chosen = list(data.get("likely") or [])
        if data.get("other"):
            self.chosen.append(data["other"])
        if not self.chosen and not self.errors:
            self.add_error(next(iter(self.fields)), "Pilih sekurang-kurangnya satu catatan yang digabung.")
        return data
