"""Form that maps the columns of a file to those of the import, also for sheets with other titles."""

from dataclasses import dataclass

from django import forms
from django.core.exceptions import ValidationError

from imports import registry
from imports.models import ImportRun
from imports.tables import columns, contents, sideways, wide
from imports.tables.columns import CELL, HEAD, SHEET_NAME, Column, Place, Source
from imports.tables.contents import NUMBERING
from imports.tables.sideways import Sideways
from imports.values import vocabulary
from records.fields import SeenField, choice_field
from records.plain_forms import PlainForm
from records.search_keys import search_key

BLOCKS = "blok"  # field with the titles that are values
WITHOUT = "tak-terbaca"  # field that confirms that unread columns are left out
ABSENT = "-"  # choice for a sheet without such a column


@dataclass
class Group:
    """A group of sheets with the same titles."""

    sheets: list[str]
    place: Place

    @property
    def label(self) -> str:
        return f"lembar {', '.join(self.sheets)}"


class ColumnsForm(PlainForm):
    """For each column of the import: the column of the file, or one value for all rows.

    Where a sheet lacks the chosen title, the form asks for its title there, so that no column is empty unnoticed.
    """

    def __init__(self, *args, run: ImportRun, places: list[Place], titles: dict[str, str], is_wide=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.run = run
        self.titles = titles
        self.columns = registry.adapter(run.kind).columns
        self.groups: list[Group] = []
        for place in places:
            same = next((group for group in self.groups if list(group.place.keys) == list(place.keys)), None)
            if same:
                same.sheets.append(place.sheet)
            else:
                self.groups.append(Group([place.sheet], place))
        choices = [("", "(tidak ada di berkas)"), *((key, f"Kolom “{title}”") for key, title in titles.items())]
        if len(run.sheets) > 1 or SHEET_NAME in [how.get("title") for how in run.mapping.values()]:
            choices.append((SHEET_NAME, "Nama lembar"))
        for column in self.columns:
            self._fields_of(column, choices)
        self.layout = registry.adapter(run.kind).sideways
        if self.layout:
            self._sideways_fields(self.layout, places, choices)
        if is_wide:
            self.fields[WITHOUT] = forms.BooleanField(label=wide.WITHOUT, required=False, widget=forms.HiddenInput)

    @property
    def without_optional(self) -> bool:
        """Whether the user confirmed that unread columns are left out."""
        return bool(self.cleaned_data.get(WITHOUT))

    def refuse(self, error: ValidationError):
        """Shows the error; where the unread columns are optional, adds the field that confirms leaving them out."""
        self.add_error(None, error)
        if WITHOUT in self.fields and error.code == wide.OPTIONAL:
            self.fields[WITHOUT].widget = forms.CheckboxInput()

    def _sideways_fields(self, layout: Sideways, places: list[Place], choices: list[tuple[str, str]]):
        """The choice that titles are values, and which ones; shown where any may be."""
        known = sideways.blocks_of(self.run.mapping)
        blocks = {block.cell: block for block in [*contents.blocks_of(self.run, places), *known]}
        if len(blocks) < sideways.LEAST_BLOCKS:
            return
        taken = {key for block in blocks.values() for key in block.own.values()}
        used = {how.get("title") for how in self.run.mapping.values()} | NUMBERING | taken
        more = {key: title for key, title in self.titles.items() if key not in used and key not in blocks}
        self.blocks = blocks | {key: sideways.Block(title, key, {}) for key, title in more.items()}
        head = f"c_{layout.head}"
        choice_field(self, head).choices = [*choices, (HEAD, f"Judul kolom ({layout.summary})")]
        below = (CELL, "Isi di bawah judul yang dibaca mendatar")
        for name in (layout.cell, *layout.own):
            choice_field(self, f"c_{name}").choices = [*choices, below]
        self.fields[BLOCKS] = forms.MultipleChoiceField(
            label="Judul kolom yang dibaca mendatar",
            choices=[(key, f"Kolom “{self.titles.get(key, key)}”") for key in self.blocks],
            required=False,
            initial=[block.cell for block in known or contents.blocks_of(self.run, places)],
            widget=forms.CheckboxSelectMultiple,
            help_text=f"Hanya dipakai bila {self.fields[head].label} diambil dari judul kolom.",
        )

    @property
    def is_sideways(self) -> bool:
        return self.layout is not None and self.cleaned_data.get(f"c_{self.layout.head}") == HEAD

    def chosen_blocks(self) -> list[sideways.Block]:
        return [self.blocks[key] for key in self.cleaned_data.get(BLOCKS, ()) if key in self.blocks]

    def _fields_of(self, column: Column, choices: list[tuple[str, str]]):
        how = self.run.mapping.get(column.name, {})
        self.fields[f"c_{column.name}"] = forms.ChoiceField(
            label=column.label + (" (wajib)" if column.required else ""),
            choices=choices,
            required=False,
            initial=how.get("title", ""),
            help_text=column.help,
        )
        title = self.data.get(f"c_{column.name}", "") if self.is_bound else how.get("title", "")
        for group in self._without(title):
            self.fields[self._name(column, group)] = forms.ChoiceField(
                label=f"{column.label} di {group.label}",
                choices=[
                    ("", "Pilih"),
                    (ABSENT, "(tidak ada di lembar ini)"),
                    *((key, f"Kolom “{self.titles.get(key, key)}”") for key in group.place.keys),
                ],
                required=False,
                initial=self._initial(how, group),
                help_text=f"Di sini tidak ada kolom “{self.titles.get(title, title)}”.",
            )
        if column.fixed:
            self.fields[f"f_{column.name}"] = SeenField(
                label=f"{column.label}, sama untuk semua baris",
                max_length=200,
                required=False,
                initial=how.get("fixed", ""),
                help_text="Diisi hanya bila tidak ada kolomnya.",
            )

    def _without(self, title: str) -> list[Group]:
        """Sheets that lack a title of others."""
        if title not in self.titles:
            return []
        return [group for group in self.groups if title not in group.place.keys]

    def _name(self, column: Column, group: Group) -> str:
        return f"s{self.groups.index(group)}_{column.name}"

    def _initial(self, how: dict, group: Group) -> str:
        known = next((key for key in how.get("also", ()) if key in group.place.keys), "")
        answered = set(group.sheets) & set(how.get("absent", ()))
        return known or (ABSENT if answered or not self._free(group) else "")

    def _free(self, group: Group) -> list[str]:
        """Unused titles of these sheets, one of which may be meant."""
        used = {key for how in self.run.mapping.values() for key in (how.get("title"), *how.get("also", ()))}
        return [key for key in group.place.keys if key not in used | NUMBERING | {search_key(columns.REASON)}]

    def clean(self):
        data = super().clean()
        used: dict[tuple[int, str], str] = {}
        if self.is_sideways and not self.chosen_blocks():
            self.add_error(BLOCKS, "Pilih paling sedikit satu judul kolom yang dibaca mendatar.")
        for column in self.columns:
            name, fixed = f"c_{column.name}", f"f_{column.name}"
            title, value = data.get(name, ""), data.get(fixed)
            if title and value:
                self.add_error(fixed, "Pilih salah satu: kolom berkas, atau nilai yang sama untuk semua baris.")
            if value:
                try:
                    with vocabulary.using(self.run.place, self.run.words):
                        column.read(value)
                except ValidationError as error:
                    self.add_error(fixed, error)
            if title == CELL and not self.is_sideways:
                self.add_error(name, "Hanya untuk berkas yang dibaca mendatar. Pilih kolomnya.")
            is_below = self.is_sideways and self.layout is not None and column.name == self.layout.cell
            if column.required and not title and not value and not is_below and name not in self.errors:
                self.add_error(name, f"Pilih kolom untuk {column.label}.")
            for group in self._without(title):
                self._clean_group(column, group)
            for number, field, key in self._taken(column):
                if (number, key) in used:
                    self.add_error(field, f"Kolom ini sudah dipakai untuk {used[number, key]}.")
                    break
                used[number, key] = column.label
        return data

    def _clean_group(self, column: Column, group: Group):
        name = self._name(column, group)
        chosen = self.cleaned_data.get(name)
        if not chosen and not self._free(group):
            chosen = self.cleaned_data[name] = ABSENT
        if not chosen:
            label = group.label[:1].upper() + group.label[1:]
            self.add_error(name, f"{label} tidak mempunyai judul itu. Pilih kolom yang memuat {column.label}.")
        if chosen == ABSENT and column.required:
            self.add_error(name, f"{column.label} wajib di setiap lembar. Pilih kolomnya, atau lepaskan lembar itu.")

    def _taken(self, column: Column) -> list[tuple[int, str, str]]:
        """(number of the group, field, title) of every source of the column."""
        title = self.cleaned_data.get(f"c_{column.name}")
        if not title or title in (SHEET_NAME, HEAD, CELL):
            return []
        found = []
        for number, group in enumerate(self.groups):
            field = f"c_{column.name}" if title in group.place.keys else self._name(column, group)
            key = self.cleaned_data.get(field)
            if key and key != ABSENT:
                found.append((number, field, key))
        return found

    def mapping(self) -> dict[str, Source]:
        found: dict[str, Source] = {}
        for column in self.columns:
            title = self.cleaned_data.get(f"c_{column.name}")
            if title:
                found[column.name] = {"title": title, **self._elsewhere(column, title)}
            elif value := self.cleaned_data.get(f"f_{column.name}"):
                found[column.name] = {"fixed": value}
        if self.layout is None or not self.is_sideways:
            return found
        return sideways.mapped(found, self.chosen_blocks(), self.layout)

    def _elsewhere(self, column: Column, title: str) -> Source:
        """Sources of the column in sheets without this title, and the sheets that have none."""
        chosen = [(group, self.cleaned_data.get(self._name(column, group))) for group in self._without(title)]
        also = list(dict.fromkeys(key for _, key in chosen if key and key != ABSENT))
        absent = [sheet for group, key in chosen if key == ABSENT for sheet in group.sheets]
        found: Source = {}
        if also:
            found["also"] = also
        if absent:
            found["absent"] = absent
        return found
