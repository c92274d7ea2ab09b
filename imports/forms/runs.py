"""Forms of an import: file, sheets, persons, and filter of the preview."""

import uuid

from django import forms
from django.core.exceptions import ValidationError

from accounts.models import District
from imports import registry
from imports.files import books
from imports.models import ImportRow, ImportRun
from imports.services import lifecycle
from imports.tables import columns, contents, heads
from imports.tables.contents import KnownSheet
from records.fields import WholeField, choice_field, row_field
from records.plain_forms import PlainForm
from records.sent_content import KeyedForm


class UploadForm(KeyedForm, PlainForm):
    """Form of a new import: kind of data, kabupaten where there are several, and file."""

    kind = forms.ChoiceField(label="Jenis data", choices=())
    district = forms.ModelChoiceField(District.objects.none(), label="Kabupaten", empty_label=None)
    file = forms.FileField(
        label="Berkas",
        max_length=250,
        help_text="XLSX atau CSV, paling besar 10 MB dan 20.000 baris. Berkas Anda sendiri boleh, bukan hanya templat.",
        widget=forms.FileInput({"accept": ".xlsx,.csv,.txt"}),
    )
    request_key = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=uuid.uuid4)

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        choice_field(self, "kind").choices = [("", "Pilih jenis data")] + [
            (adapter.kind, adapter.label) for adapter in registry.adapters()
        ]
        districts = District.objects.visible_to(user)
        row_field(self, "district").queryset = districts
        if len(districts) == 1:
            self.fields["district"].initial = districts[0]
            self.fields["district"].widget = forms.HiddenInput()
            self.fields["district"].disabled = True

    def save(self) -> ImportRun:
        """Raises ValidationError at the file when its first bytes are those of no readable type."""
        data = self.cleaned_data
        try:
            return lifecycle.hand_in(
                data["kind"], data["district"].code, data["file"], by=self.user, key=data.get("request_key")
            )
        except ValidationError as error:
            raise ValidationError({"file": error.messages}) from error


# Value for the form, which cannot contain a tab.
SIGN_NAMES = {"titik-koma": ";", "koma": ",", "tab": "\t", "garis": "|"}


MAX_TITLES = 12  # characters shown of a row of titles
LINES = range(1, heads.MAX_LINES + 1)


class SheetsForm(PlainForm):
    """Which sheets contain data, the row of titles of each, whether hidden rows count; the separator of a CSV."""

    def __init__(self, *args, run: ImportRun, sheets: list[KnownSheet], **kwargs):
        super().__init__(*args, **kwargs)
        self.sheets = sheets
        chosen = {sheet["name"]: sheet for sheet in run.sheets}
        self.is_csv = [sheet.name for sheet in sheets] == [books.CSV]
        if self.is_csv:
            names = {sign: name for name, sign in SIGN_NAMES.items()}
            self.fields["sign"] = forms.TypedChoiceField(
                label="Pemisah kolom",
                choices=[("", "Dikenali dari berkas"), *((name, books.SIGNS[SIGN_NAMES[name]]) for name in SIGN_NAMES)],
                coerce=SIGN_NAMES.get,
                empty_value="",
                required=False,
                initial=names.get(contents.sign_of(run.sheets), ""),
                help_text="Bila diganti, baris judulnya dikenali lagi.",
            )
        for place, sheet in enumerate(sheets):
            self._fields_of(place, sheet, chosen.get(sheet.name))

    def _fields_of(self, place: int, sheet: KnownSheet, chosen: dict | None):
        self.fields[f"use_{place}"] = forms.BooleanField(
            label=f"Pakai lembar {sheet.name}{' (tersembunyi)' if sheet.hidden else ''}",
            required=False,
            initial=chosen is not None,
        )
        header = sheet.header if chosen is None else chosen["header"]
        lines = (chosen or {}).get("lines", 0)
        self.fields[f"header_{place}"] = WholeField(
            label=f"Baris judul di lembar {sheet.name}",
            min_value=columns.NO_HEADER,
            max_value=sheet.last,
            initial=header,
            required=False,
            help_text=self._beginning(sheet, header, lines),
        )
        self.fields[f"lines_{place}"] = forms.TypedChoiceField(
            label=f"Banyaknya baris judul di lembar {sheet.name}",
            choices=[("", "Dikenali dari berkas"), *((str(number), f"{number} baris") for number in LINES)],
            coerce=int,
            empty_value=0,  # type: ignore[arg-type]  # Django takes any value
            required=False,
            initial=str(lines or ""),
            help_text="Judul yang tersusun beberapa baris digabung, misalnya “Pelaksanaan” dan “Jan”.",
        )
        if sheet.hidden_rows:
            self.fields[f"hidden_{place}"] = forms.BooleanField(
                label=f"Pakai juga {sheet.hidden_rows} baris yang tersembunyi di lembar {sheet.name}",
                required=False,
                initial=bool(chosen and chosen.get("hidden_rows")),
            )

    @staticmethod
    def _beginning(sheet: KnownSheet, header: int, lines: int) -> str:
        place = columns.place_of(sheet, header, lines)
        shown = ", ".join(list(place.titles.values())[:MAX_TITLES])
        if header == columns.NO_HEADER:
            return f"Lembar ini tampaknya tanpa baris judul, jadi baris pertama dibaca sebagai data: {shown}."
        rows = f"Baris {header}" if place.header == header else f"Baris {header} sampai {place.header}"
        return f"{rows} berisi: {shown}. Isi 0 bila tidak ada baris judul." if shown else "Baris ini kosong."

    def clean(self):
        data = super().clean()
        if not any(data.get(f"use_{place}") for place in range(len(self.sheets))):
            raise ValidationError("Pilih paling sedikit satu lembar.")
        for place in range(len(self.sheets)):
            name = f"header_{place}"
            if data.get(f"use_{place}") and data.get(name) is None and name not in self.errors:
                self.add_error(name, "Isi nomor baris yang memuat judul kolom, atau 0 bila tidak ada.")
        return data

    def chosen(self) -> list[contents.ChosenSheet]:
        sheets = enumerate(self.sheets)
        return [self._chosen(place, sheet) for place, sheet in sheets if self.cleaned_data.get(f"use_{place}")]

    def _chosen(self, place: int, sheet: KnownSheet) -> contents.ChosenSheet:
        data = self.cleaned_data
        chosen: contents.ChosenSheet = {"name": sheet.name, "header": data[f"header_{place}"]}
        if lines := data.get(f"lines_{place}"):
            chosen["lines"] = lines
        if data.get(f"hidden_{place}"):
            chosen["hidden_rows"] = True
        if sign := data.get("sign"):
            chosen["sign"] = sign
        return chosen


NOISE = "noise"  # filter for rows of the file that are no data, beside the verdicts


class RowFilter(forms.Form):
    """Filter of the rows of the preview."""

    putusan = forms.ChoiceField(
        label="Baris",
        required=False,
        choices=[("", "Semua baris"), *ImportRow.Verdict.choices, (NOISE, "Bukan data")],
    )
