"""Forms of the assets of a water system, and of one check of all of them."""

import uuid

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate

from records.editing import EditForm, fit_widget
from records.fields import DayField, SeenField
from records.parsers.days import past_day
from records.sent_content import KeyedForm
from villages.models import Asset, AssetCheck, ConditionCheck

Functioning = ConditionCheck.Functioning


class AssetForm(EditForm):
    fixed = ("facility",)

    class Meta:
        model = Asset
        fields = ["facility", "kind", "note", "units"]
        localized_fields = ["units"]
        help_texts = {"note": "Untuk membedakan dua aset sejenis, misalnya Dusun III."}

    def clean_note(self):
        return " ".join(self.cleaned_data["note"].split())


class AssetChecksForm(KeyedForm, forms.Form):
    """The states of the assets of one water system on one day, one row each; an empty row was not checked."""

    request_key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    checked_on = DayField(label="Tanggal pemeriksaan", validators=[past_day])
    checked_by = SeenField(label="Diperiksa oleh", max_length=120)

    def __init__(self, *args, user, assets, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        self.assets = list(assets)
        self.initial.update(request_key=uuid.uuid4(), checked_on=localdate(), checked_by=user.name)
        for asset in self.assets:
            state, note = self.names(asset)
            self.fields[state] = forms.ChoiceField(
                label=f"Keadaan {asset}",
                required=False,
                choices=[("", "Tidak dilihat"), *Functioning.choices],
                widget=forms.Select({"class": "form-select"}),
            )
            self.fields[note] = SeenField(
                label=f"Catatan {asset}",
                required=False,
                max_length=250,
                widget=forms.TextInput({"class": "form-control", "placeholder": "Catatan"}),
            )
        for field in self.fields.values():
            fit_widget(field)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = Layout("request_key", "checked_on", "checked_by")

    @staticmethod
    def names(asset) -> tuple[str, str]:
        return f"state_{asset.pk}", f"note_{asset.pk}"

    def rows(self):
        """(asset, field of its state, field of its note), for the page."""
        return [(asset, *(self[name] for name in self.names(asset))) for asset in self.assets]

    def seen(self):
        """(asset, state, note) of the checked assets."""
        for asset in self.assets:
            state, note = (self.cleaned_data.get(name, "") for name in self.names(asset))
            if state:
                yield asset, state, note

    def clean(self):
        data = super().clean()
        for asset, state, note in self.seen():
            if state != Functioning.WORKS and not note and self.names(asset)[1] not in self.errors:
                self.add_error(self.names(asset)[1], f"Tulis apa yang rusak pada {asset}.")
        if not self.errors and not list(self.seen()):
            raise ValidationError("Pilih keadaan paling sedikit satu aset.")
        return data

    def save(self) -> int:
        """Adds a check of each checked asset; returns how many. The same form twice adds them once."""
        key, count = self.cleaned_data.get("request_key"), 0
        with transaction.atomic():
            for asset, state, note in self.seen():
                check = AssetCheck(
                    asset=asset,
                    checked_on=self.cleaned_data["checked_on"],
                    checked_by=self.cleaned_data["checked_by"],
                    functioning=state,
                    note=note,
                    recorded_by=self.user,
                )
                check.add(by=self.user, key=uuid.uuid5(key, f"aset {asset.pk}") if key else None)
                count += 1
        return count
