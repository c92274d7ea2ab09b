"""Importer of villages with their figures and grants."""

import re

from django.core.exceptions import ValidationError
from django.utils.timezone import localdate

from accounts.models import Subdistrict
from accounts.rights import Right, may
from imports.adapters import Adapter
from imports.files.books import Cell
from imports.rows.rows import NOT_WRITTEN, Row
from imports.tables.columns import Column
from imports.values import cells
from records.constraints import sentence_of
from records.search_keys import search_key
from villages.importers.places import (
    CODE_COLUMN,
    NAME_SYNONYMS,
    SUBDISTRICT_CODE,
    SUBDISTRICT_COLUMN,
    ProgrammeFinder,
    VillageFinder,
    bare,
)
from villages.models import GrantAward, Village, VillageName


def postal_code(cell: Cell) -> str | None:
    written = cells.text(20)(cell)
    if written and not re.fullmatch(r"\d{5}", written):
        raise ValidationError(f"Kode pos “{written}” salah. Tulis lima angka.")
    return written


class VillageImport(Adapter):
    """Villages and their grants, one for each year; villages are identified by code, or by name within the
    kecamatan.
    """

    kind = "villages"
    order = 1
    label = "Desa dan bantuan per TA"
    needs = "Kode desa, untuk desa yang belum tercatat; kecamatannya ikut dibuat."
    writes = (Subdistrict, Village, VillageName, GrantAward)
    columns = (
        CODE_COLUMN,
        Column("village", "Desa", cells.text(80), NAME_SYNONYMS, required=True, example="Wiralaga I", level=2),
        SUBDISTRICT_COLUMN,
        Column("postal_code", "Kode pos", postal_code, ("kodepos",), example="34697"),
        Column("households", "Jumlah KK", cells.of(Village, "households"), ("kk", "jml kk"), example=820),
        Column(
            "people", "Jumlah jiwa", cells.of(Village, "people"), ("jiwa", "penduduk", "jumlah penduduk"), example=2760
        ),
        Column(
            "figures_year",
            "Tahun data penduduk",
            cells.year,
            ("tahun data",),
            example=2025,
            help="Wajib bila jumlah KK atau jiwa diisi.",
            fixed=True,
        ),
        Column(
            "fiscal_year",
            "TA bantuan",
            cells.year,
            ("ta", "tahun anggaran", "tahun", "tahun penerima", "tahun bantuan", "th anggaran"),
            example=2017,
            help="Tahun anggaran bantuan. Kosongkan bila baris hanya tentang desanya.",
            fixed=True,
        ),
        Column(
            "programme",
            "Program",
            cells.text(120),
            ("nama program", "program bantuan"),
            example="Pamsimas III",
            help="Wajib bila TA bantuan diisi.",
            fixed=True,
        ),
        Column(
            "scheme",
            "Skema",
            cells.of(GrantAward, "scheme"),
            ("skema bantuan", "jenis bantuan"),
            example="Reguler",
            help="Kosong berarti Reguler.",
            fixed=True,
        ),
    )

    def load(self):
        self.finder = VillageFinder(by=self.by, place=self.place)
        self.programmes = ProgrammeFinder()
        awards = GrantAward.objects.filter(village__in=self.finder.by_code.values())
        self.awards = {(row.village_id, row.programme_id, row.fiscal_year, row.scheme): row for row in awards}
        self.fresh_awards: dict = {}

    def plan(self, row: Row):
        code = row.get("village_code")
        if code:  # without a kabupaten the finder compares itself
            self.finder.compare(row)
        row.label = f"Desa {bare(row.get('village', ''))}".strip()
        known = code is None or code in self.finder.by_code
        village = self._known(row) if known else self._new(row, code)
        self._figures(row, village)
        self._award(row, village)

    def _known(self, row: Row) -> Village | None:
        code = row.get("village_code")
        if code is None:
            village = self.finder.find(row)
        else:
            village = self.finder._usable(row, self.finder.by_code[code])
            subdistrict = self.finder.subdistrict(row)
            if village and subdistrict and village.subdistrict.code != subdistrict.code:
                row.wrong("subdistrict", f"{village} ({code}) terletak di {village.subdistrict}.")
        if village is None:
            return None
        values = row.filled(
            postal_code="postal_code", households="households", people="people", figures_year="figures_year"
        )
        if code:
            values |= self._new_name(row, village)
        row.change(village, **values)
        return village

    def _new_name(self, row: Row, village: Village) -> dict[str, str]:
        """An unknown name renames the village of the code; a former name only identifies it."""
        written, inner = self.finder.split(row.get("village", ""))
        if inner and inner.code != village.subdistrict.code:
            row.wrong("village", f"{village} terletak di {village.subdistrict}, bukan di {inner}. Periksa kodenya.")
            return {}
        name = bare(written)
        keys = {search_key(name), search_key(written)}
        if not name or village.search_key in keys or any(village in self.finder.former.get(key, ()) for key in keys):
            return {}
        if others := [other for other in self.finder.named(name, None) if other is not village]:
            known = f"{others[0]} ({others[0].code})"
            row.wrong("village", f"Kode {village.code} adalah {village}, sedangkan “{name}” adalah {known}. Perbaiki.")
            return {}
        former = VillageName(village=village, name=village.name, source="Impor")
        if village not in self.finder.former.get(village.search_key, ()):
            row.add(former)
            row.then(lambda: self.finder.former[former.search_key].append(village))
        row.is_change = True
        row.means("village", f"Desa {name}, {village.subdistrict} ({village.code})", f"nama baru {village}")
        return {"name": name}

    def question(self):
        return self.finder.question()

    def _new(self, row: Row, code: str) -> Village | None:
        if not code.startswith(self.finder.district.code + "."):
            row.wrong("village_code", f"Kode {code} bukan desa di {self.finder.district}.")
            return None
        subdistrict = self.finder.subdistricts.get(code[:8])
        if subdistrict is None:
            subdistrict = self._new_subdistrict(row, code)
        elif (named := self.finder.subdistrict(row)) and named.code != subdistrict.code:
            row.wrong("village_code", f"Kode {code} termasuk {subdistrict}, bukan {named}.")
            return None
        if subdistrict is None:
            return None
        if not may(self.by, Right.MANAGE_SETTINGS):
            row.wrong("village_code", f"Kode desa {code} belum tercatat. Hanya admin yang dapat menambah desa baru.")
        names = row.filled(
            postal_code="postal_code", households="households", people="people", figures_year="figures_year"
        )
        written, inner = self.finder.split(row.get("village", ""))
        if inner and inner.code != subdistrict.code:
            row.wrong("village", f"Kode {code} termasuk {subdistrict}, bukan {inner}. Periksa kodenya.")
        village = Village(code=code, name=bare(written), subdistrict=subdistrict, **names)
        within = subdistrict if row.has("subdistrict") else None  # a name may repeat in another kecamatan
        if others := self.finder.named(village.name, within):
            where = f"{others[0].subdistrict} dengan kode {others[0].code}"
            row.wrong("village", f"Desa “{village.name}” sudah ada di {where}. Periksa kode dan namanya.")
        row.add(village, self.finder.by_code, code)
        row.then(lambda: self.finder.by_name[village.search_key].append(village))
        return village

    def _new_subdistrict(self, row: Row, code: str) -> Subdistrict | None:
        """The kecamatan of a code that is not recorded yet; it is added with the first village that names it."""
        written = row.get("subdistrict", "")
        name = bare(written)
        if not name or SUBDISTRICT_CODE.fullmatch(written.replace(" ", "")):
            row.wrong(
                "subdistrict",
                f"Kecamatan {code[:8]} belum tercatat. Isi nama kecamatannya, maka kecamatan itu ikut ditambahkan.",
            )
            return None
        if known := self.finder.subdistrict_keys.get(search_key(name)):
            row.wrong("village_code", f"Kode {code} bukan kode desa di {known} ({known.code}). Periksa kodenya.")
            return None
        added = Subdistrict(district=self.finder.district, code=code[:8], name=name)
        row.add(added, self.finder.subdistricts, added.code)
        row.then(lambda: self.finder.subdistrict_keys.setdefault(search_key(name), added))
        return added

    def _figures(self, row: Row, village: Village | None):
        year = row.get("figures_year") or (village.figures_year if village else None)
        if row.has("households", "people") and not year and not row.failed("figures_year"):
            row.wrong("figures_year", sentence_of(Village, "village_figures_have_a_year"))
        households, people = row.get("households"), row.get("people")
        if households is not None and people is not None and people < households:
            row.wrong("people", "Jumlah jiwa lebih kecil daripada jumlah KK. Periksa kedua kolom.")
        if row.get("figures_year", 0) > localdate().year:
            row.wrong("figures_year", "Tahun data penduduk belum tiba.")

    def _award(self, row: Row, village: Village | None):
        programme, year = self.programmes.find(row), row.get("fiscal_year")
        if not year:
            return
        if year > localdate().year + 1:
            row.wrong("fiscal_year", f"Periksa TA bantuan: {year}.")
        if programme is None:
            if not row.failed("programme"):
                row.wrong("programme", "Isi program bantuan, misalnya Pamsimas III.")
            return
        if village is None:
            return
        scheme = row.get("scheme", GrantAward.Scheme.REGULAR)
        key = (village.pk or village.code, programme.pk, year, scheme)
        if key in self.awards or key in self.fresh_awards:
            return
        if not row.has("scheme"):
            row.means("scheme", str(GrantAward.Scheme(scheme).label), NOT_WRITTEN)
        award = GrantAward(village=village, programme=programme, fiscal_year=year, scheme=scheme)
        row.add(award, self.fresh_awards, key)
