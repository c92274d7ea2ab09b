"""Form that sets figures as final."""

from django import forms

from accounts.models import District
from monitoring.models import FinalFigures
from monitoring.queries import final_figures
from monitoring.rules.days import refuse_future
from records.constraints import sentence_of
from records.editing import OnceForm
from records.fields import row_field


class FinalFiguresForm(OnceForm):
    """Form of kabupaten and day. The figures are counted when it is saved, not sent by the browser."""

    class Meta:
        model = FinalFigures
        fields = ["district", "as_of", "note"]
        help_texts = {
            "as_of": "Angka dihitung menurut keadaan pada tanggal ini, lalu dibekukan.",
            "note": "Tampil di halaman umum, misalnya nomor berita acara rekonsiliasi. Jangan menulis nama orang.",
        }

    def fields_for_people(self):
        row_field(self, "district").queryset = District.objects.visible_to(self.user)
        row_field(self, "district").empty_label = "Pilih kabupaten"
        if not self.user.all_districts:
            self.fields["district"].widget = forms.HiddenInput()
            self.fields["district"].disabled = True
            self.initial["district"] = self.user.district_id

    def clean_as_of(self):
        day = self.cleaned_data["as_of"]
        refuse_future(day)
        return day

    def clean(self):
        data = super().clean()
        district, day = data.get("district"), data.get("as_of")
        # The condition of the constraint has a column that is not in the form, so it is checked here.
        if district and day and FinalFigures.objects.current().filter(district=district, as_of=day).exists():
            self.add_error("as_of", sentence_of(FinalFigures, "final_figures_one_a_day"))
        return data

    def save_by(self, user):
        self.instance.recorded_by = user
        self.instance.figures = final_figures.compute(self.instance.district, self.instance.as_of)
        return super().save_by(user)
