"""Forms of the dossier of a village: former names, life cycle, water tests, sanitation; and of the targets."""

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import BLANK_CHOICE_DASH
from django.utils.timezone import localdate

from records.editing import EditForm
from records.fields import choice_field, row_field
from records.files import FileForm
from records.parsers.days import past_day
from records.search_keys import search_key
from villages.models import SanitationMark, Target, TimelineEntry, Village, VillageName, WaterTest
from villages.rules.life_cycle import PHASES, phase_of
from villages.services.former_names import bare_name

FIRST_TARGET = 2008  # the first year of the programme


class VillageNameForm(EditForm):
    fixed = ("village",)

    class Meta:
        model = VillageName
        fields = ["village", "name", "code", "valid_from", "valid_until", "source"]
        help_texts = {
            "name": 'Tanpa kata "Desa".',
            "code": "Isi bila kodenya dahulu lain, misalnya 18.08.05.2003.",
            "valid_until": "Hari terakhir nama ini dipakai.",
            "source": "Misalnya keputusan atau edisi kode wilayah.",
        }

    def fields_for_people(self):
        for name in ("valid_from", "valid_until"):
            self.fields[name].validators.append(past_day)
        self.fields["code"].validators += Village._meta.get_field("code").validators

    def clean_name(self):
        return bare_name(self.cleaned_data["name"])

    def clean(self):
        data = super().clean()
        village = self.instance.village
        same = search_key(data.get("name", "")) == search_key(village.name)
        if same and data.get("code") in ("", village.code):
            self.add_error("name", f"{village} masih bernama begitu. Isi nama yang dahulu, atau kode yang dahulu.")
        return data


class TimelineForm(FileForm):
    fixed = ("village",)

    class Meta:
        model = TimelineEntry
        fields = ["village", "step", "on", "note"]

    def fields_for_people(self):
        self.fields["on"].validators.append(past_day)
        steps = [(phase, [(step, step) for step in steps]) for phase, steps in PHASES.items()]
        kept = self.instance.step
        if kept and not phase_of(kept):
            steps.append(("Tercatat dengan kata lain", [(kept, kept)]))
        self.fields["step"] = forms.ChoiceField(label="Langkah", choices=[("", "Pilih langkah"), *steps])


class WaterTestForm(FileForm):
    fixed = ("village",)
    RESULTS = {"ya": True, "tidak": False}

    fit = forms.TypedChoiceField(
        label="Hasil",
        choices=[("", "Pilih hasil"), ("ya", "Memenuhi syarat"), ("tidak", "Tidak memenuhi syarat")],
        coerce=RESULTS.get,
        help_text="Menurut laboratorium (Permenkes 2/2023, sebelumnya 492/2010).",
    )

    class Meta:
        model = WaterTest
        fields = ["village", "facility", "sampled_on", "lab", "fit", "note"]
        help_texts = {"note": "Misalnya parameter yang melampaui batas."}

    def fields_for_people(self):
        self.fields["sampled_on"].validators.append(past_day)
        row_field(self, "facility").queryset = self.instance.village.facilities.all()
        row_field(self, "facility").empty_label = "(bukan dari SPAM tertentu)"
        if self.instance.pk:
            self.initial["fit"] = "ya" if self.instance.fit else "tidak"

    def clean(self):
        data = super().clean()
        if data.get("fit") is False and not data.get("note"):
            self.add_error("note", "Tulis apa yang tidak memenuhi syarat.")
        return data


class SanitationForm(EditForm):
    fixed = ("village",)

    class Meta:
        model = SanitationMark
        fields = ["village", "pillar", "on", "note"]
        help_texts = {"on": "Hari deklarasi atau verifikasi."}

    def fields_for_people(self):
        self.fields["on"].validators.append(past_day)


class TargetForm(EditForm):
    fixed = ("district",)

    class Meta:
        model = Target
        fields = ["district", "indicator", "year", "value", "source"]
        localized_fields = ["value"]
        help_texts = {"source": "Misalnya RPJMD atau Renstra."}

    def fields_for_people(self):
        choice_field(self, "indicator").choices = [*BLANK_CHOICE_DASH, *Target.Indicator.choices]
        self.fields["value"].label = "Target (persen; untuk SR: unit)"

    def clean_year(self):
        year, last = self.cleaned_data["year"], localdate().year + 10
        if not FIRST_TARGET <= year <= last:
            raise ValidationError(f"Isi tahun antara {FIRST_TARGET} dan {last}.")
        return year
