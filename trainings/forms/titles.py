"""Base of forms that copy a training: its title gets the year of the new dates, shown before anything is saved."""

from django import forms
from django.http import QueryDict

from records.editing import OnceForm
from trainings.models import Training
from trainings.rules.titles import with_year


class CopiedTitleForm(OnceForm):
    """`copied_from` is the training that is copied, if any; `seen` the year that was already proposed."""

    dated_by: str  # the field of the new first day
    dated_texts = ("title", "wave")

    seen = forms.CharField(required=False, max_length=4, widget=forms.HiddenInput)

    @property
    def copied_from(self) -> Training | None:
        raise NotImplementedError

    def fields_for_people(self):
        super().fields_for_people()
        if self.copied_from:
            self.fields[self.dated_by].help_text = "Tahun pada judul menyesuaikan tanggal ini."

    def clean(self):
        data = super().clean()
        day, source = data.get(self.dated_by), self.copied_from
        if source and day and data.get("seen") != str(day.year):
            self._propose(source.first_year, day.year)
        return data

    def _propose(self, old: int, new: int):
        """Replaces the year in the typed texts once; what is typed after that is saved as it is."""
        typed = {name: self.cleaned_data.get(name) or "" for name in self.dated_texts if name in self.fields}
        proposed = {name: with_year(text, old, new) for name, text in typed.items()}
        changed = [name for name in typed if proposed[name] != typed[name]]
        if not changed:
            return
        sent: QueryDict = self.data.copy()  # type: ignore[attr-defined]
        sent[self.add_prefix("seen")] = str(new)
        for name in changed:
            sent[self.add_prefix(name)] = proposed[name]
            self.add_error(
                name,
                f"Tertulis tahun {old}, padahal tanggalnya tahun {new}. Tahunnya sudah diganti seperti di atas dan "
                "belum tersimpan. Periksa, lalu simpan lagi; bila memang tahun lama, tulis lagi.",
            )
        self.data = sent
