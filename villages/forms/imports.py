"""Forms of an import: the file, its sheets, its columns, the persons meant, the way of saving."""

import uuid

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError

from accounts.models import District
from records import imports
from records.imports import columns, contents, files, services, vocabulary
from records.imports.contents import KnownSheet
from records.models import ImportRow, ImportRun
from records.sent_content import KeyedForm


class PlainForm(forms.Form):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False  # partials/_form.html owns tag and buttons
        self.helper.disable_csrf = True


class UploadForm(KeyedForm, PlainForm):
    """A kind of data, the kabupaten where there are several, and the file."""

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
        self.fields["kind"].choices = [("", "Pilih jenis data")] + [
            (adapter.kind, adapter.label) for adapter in imports.adapters()
        ]
        districts = District.objects.visible_to(user)
        self.fields["district"].queryset = districts
        if len(districts) == 1:
            self.fields["district"].initial = districts[0]
            self.fields["district"].widget = forms.HiddenInput()
            self.fields["district"].disabled = True

    def save(self) -> ImportRun:
        """Raises ValidationError at the field of the file when its first bytes are of none that can be read."""
        data = self.cleaned_data
        try:
            return services.hand_in(
                data["kind"], data["district"].code, data["file"], by=self.user, key=data.get("request_key")
            )
        except ValidationError as error:
            raise ValidationError({"file": error.messages}) from error


# What travels through a form; a tab would not.
SIGN_NAMES = {"titik-koma": ";", "koma": ",", "tab": "\t", "garis": "|"}


class SheetsForm(PlainForm):
    """Which sheets hold the data, in which row each has its titles, whether hidden rows count; the sign of a CSV."""

    def __init__(self, *args, run: ImportRun, sheets: list[KnownSheet], **kwargs):
        super().__init__(*args, **kwargs)
        self.sheets = sheets
        chosen = {sheet["name"]: sheet for sheet in run.sheets}
        self.is_csv = [sheet.name for sheet in sheets] == [files.CSV]
        if self.is_csv:
            names = {sign: name for name, sign in SIGN_NAMES.items()}
            self.fields["sign"] = forms.TypedChoiceField(
                label="Pemisah kolom",
                choices=[("", "Dikenali dari berkas"), *((name, files.SIGNS[SIGN_NAMES[name]]) for name in SIGN_NAMES)],
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
        self.fields[f"header_{place}"] = forms.IntegerField(
            label=f"Baris judul di lembar {sheet.name}",
            min_value=columns.NO_HEADER,
            max_value=sheet.last,
            initial=header,
            required=False,
            help_text=self._beginning(sheet, header),
        )
        if sheet.hidden_rows:
            self.fields[f"hidden_{place}"] = forms.BooleanField(
                label=f"Pakai juga {sheet.hidden_rows} baris yang tersembunyi di lembar {sheet.name}",
                required=False,
                initial=bool(chosen and chosen.get("hidden_rows")),
            )

    def _beginning(self, sheet: KnownSheet, header: int) -> str:
        place = columns.place_of(sheet, header)
        shown = ", ".join(list(place.titles.values())[:6])
        if header == columns.NO_HEADER:
            return f"Lembar ini tampaknya tanpa baris judul, jadi baris pertama dibaca sebagai data: {shown}."
        return f"Baris {header} berisi: {shown}. Isi 0 bila tidak ada baris judul." if shown else "Baris ini kosong."

    def clean(self):
        data = super().clean()
        if not any(data.get(f"use_{place}") for place in range(len(self.sheets))):
            raise ValidationError("Pilih paling sedikit satu lembar.")
        for place in range(len(self.sheets)):
            name = f"header_{place}"
            if data.get(f"use_{place}") and data.get(name) is None and name not in self.errors:
                self.add_error(name, "Isi nomor baris yang memuat judul kolom, atau 0 bila tidak ada.")
        return data

    def chosen(self) -> list[dict]:
        data = self.cleaned_data
        sign = data.get("sign", "")
        return [
            {"name": sheet.name, "header": data[f"header_{place}"]}
            | ({"hidden_rows": True} if data.get(f"hidden_{place}") else {})
            | ({"sign": sign} if sign else {})
            for place, sheet in enumerate(self.sheets)
            if data.get(f"use_{place}")
        ]


class ColumnsForm(PlainForm):
    """For each thing that the portal takes: which column of the file tells it, or one value for all rows."""

    def __init__(self, *args, run: ImportRun, titles: dict[str, str], **kwargs):
        super().__init__(*args, **kwargs)
        self.run = run
        self.columns = imports.adapter(run.kind).columns
        choices = [("", "(tidak ada di berkas)"), *((key, f"Kolom “{title}”") for key, title in titles.items())]
        if len(run.sheets) > 1 or columns.SHEET_NAME in [how.get("title") for how in run.mapping.values()]:
            choices.append((columns.SHEET_NAME, "Nama lembar"))
        for column in self.columns:
            how = run.mapping.get(column.name, {})
            self.fields[f"c_{column.name}"] = forms.ChoiceField(
                label=column.label + (" (wajib)" if column.required else ""),
                choices=choices,
                required=False,
                initial=how.get("title", ""),
                help_text=column.help,
            )
            if column.fixed:
                self.fields[f"f_{column.name}"] = forms.CharField(
                    label=f"{column.label}, sama untuk semua baris",
                    max_length=200,
                    required=False,
                    initial=how.get("fixed", ""),
                    help_text="Diisi hanya bila tidak ada kolomnya.",
                )

    def clean(self):
        data = super().clean()
        used: dict[str, str] = {}
        for column in self.columns:
            name, fixed = f"c_{column.name}", f"f_{column.name}"
            title, value = data.get(name), data.get(fixed)
            if title and value:
                self.add_error(fixed, "Pilih salah satu: kolom berkas, atau nilai yang sama untuk semua baris.")
            if value:
                try:
                    with vocabulary.using(self.run.place, self.run.words):
                        column.read(value)
                except ValidationError as error:
                    self.add_error(fixed, error)
            if column.required and not title and not value and name not in self.errors:
                self.add_error(name, f"Pilih kolom untuk {column.label}.")
            if title and title != columns.SHEET_NAME and title in used:
                self.add_error(name, f"Kolom ini sudah dipakai untuk {used[title]}.")
            if title:
                used[title] = column.label
        return data

    def mapping(self) -> dict[str, dict]:
        found = {}
        for column in self.columns:
            if title := self.cleaned_data.get(f"c_{column.name}"):
                found[column.name] = {"title": title}
            elif value := self.cleaned_data.get(f"f_{column.name}"):
                found[column.name] = {"fixed": value}
        return found


NOISE = "noise"  # rows of the file that are no data, beside the verdicts


class RowFilter(forms.Form):
    """Which rows of the preview are shown."""

    putusan = forms.ChoiceField(
        label="Baris",
        required=False,
        choices=[("", "Semua baris"), *ImportRow.Verdict.choices, (NOISE, "Bukan data")],
    )
