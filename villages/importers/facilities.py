"""Importer of water systems with a dated check each."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.timezone import localdate

from imports.adapters import Adapter
from imports.rows.rows import NOT_WRITTEN, Row
from imports.tables.columns import Column
from imports.values import cells
from records.parsers.days import past_day
from records.parsers.degrees import LAT, LNG, ROUNDING
from records.search_keys import search_key
from villages.importers.places import VILLAGE_COLUMNS, VillageFinder
from villages.models import ConditionCheck, Facility, Village
from villages.models.facilities import BUILT

# Figures of a check besides day, functioning and observer.
FIGURES = ("connections_active", "connections_inactive", "taps", "households", "people", "hours")
TECHNOLOGIES = {
    "sumur bor dalam": "sumur_bor",
    "sumur dalam": "sumur_bor",
    "sumur dalam dengan pompa": "sumur_bor",
    "sumur gali": "sumur_gali",
    "mata air gravitasi": "mata_air_gravitasi",
    "pma gravitasi": "mata_air_gravitasi",
    "mata air pompa": "mata_air_pompa",
    "mata air dengan pompa": "mata_air_pompa",
    "pdam": "tapping",
    "tapping pdam": "tapping",
    "sambungan pdam": "tapping",
}
# A well may be shallow, a spring may need a pump: the technology decides what is checked and what breaks.
DOUBTFUL_TECHNOLOGIES = {
    "sumur bor": ("sumur_bor", "lain"),
    "bor": ("sumur_bor", "lain"),
    "sumur": ("sumur_bor", "sumur_gali", "lain"),
    "sumur dangkal": ("sumur_gali", "lain"),
    "mata air": ("mata_air_gravitasi", "mata_air_pompa"),
    "pma": ("mata_air_gravitasi", "mata_air_pompa"),
    "gravitasi": ("mata_air_gravitasi", "permukaan_gravitasi"),
    "pompa": ("mata_air_pompa", "permukaan_pompa", "sumur_bor", "sumur_gali"),
    "air permukaan": ("permukaan_gravitasi", "permukaan_pompa"),
    "sungai": ("permukaan_gravitasi", "permukaan_pompa"),
}
ENERGIES = {"pln": "listrik", "solar cell": "surya", "plts": "surya", "diesel": "genset", "tenaga matahari": "surya"}
DOUBTFUL_ENERGIES: dict[str, tuple[str, ...]] = {"solar": ("genset", "surya")}
LATITUDE = ("latitude", "lat", "koordinat lintang", "y")
LONGITUDE = ("longitude", "long", "lng", "koordinat bujur", "x")
UNNAMED = "Menurut berkas impor"  # the observer, where the file has none
WORKING = {
    "baik": "berfungsi",
    "berfungsi baik": "berfungsi",
    "ya": "berfungsi",
    "berfungsi sebagian": "sebagian",
    "normal": "berfungsi",
    "kurang berfungsi": "sebagian",
    "rusak": "tidak",
    "rusak berat": "tidak",
    "rusak total": "tidak",
    "mati": "tidak",
    "tidak": "tidak",
    "belum berfungsi": "tidak",
    "tidak berfungsi lagi": "tidak",
    "sudah tidak berfungsi": "tidak",
}
# A damaged system may still supply water.
DOUBTFUL_WORKING = {
    "rusak sedang": ("sebagian", "tidak"),
    "rusak ringan": ("berfungsi", "sebagian"),
    "kurang baik": ("berfungsi", "sebagian"),
    "perlu perbaikan": ("berfungsi", "sebagian", "tidak"),
}


def year_built(cell: Any) -> int | None:
    return cells.year_from(BUILT.least, localdate().year)(cell)


class FacilityImport(Adapter):
    """Water systems (sarana), identified by village and name; each row may add one check."""

    kind = "facilities"
    order = 4
    label = "Sarana (SPAM) dan pemeriksaannya"
    needs = "Desa sudah tercatat."
    writes = (Facility, ConditionCheck)
    columns = (
        *VILLAGE_COLUMNS,
        Column(
            "name",
            "Nama sarana",
            cells.text(120),
            ("spam", "nama spam", "sarana", "unit spam", "sistem"),
            required=True,
            example="SPAM Dusun I",
        ),
        Column(
            "technology",
            "Jenis opsi",
            cells.of(Facility, "technology", TECHNOLOGIES, DOUBTFUL_TECHNOLOGIES),
            ("teknologi", "opsi teknologi", "sumber air", "jenis spam"),
            example="Sumur bor dalam dengan pompa",
            help="Wajib untuk sarana baru.",
            fixed=True,
        ),
        Column(
            "energy",
            "Sumber energi",
            cells.of(Facility, "energy", ENERGIES, DOUBTFUL_ENERGIES),
            ("energi",),
            example="Listrik",
        ),
        Column(
            "capacity_lps",
            "Kapasitas (L/detik)",
            cells.of(Facility, "capacity_lps"),
            ("debit", "kapasitas", "debit (l/dt)", "kapasitas (l/dt)"),
            example="1,5",
        ),
        Column(
            "reservoir_m3",
            "Reservoir (m³)",
            cells.of(Facility, "reservoir_m3"),
            ("reservoir", "volume reservoir", "bak penampung"),
            example=12,
        ),
        Column(
            "built_year", "Tahun dibangun", year_built, ("tahun bangun", "tahun pembangunan", "tahun"), example=2017
        ),
        Column(
            "funder",
            "Sumber dana pembangunan",
            cells.of(Facility, "funder", {"csr": "swasta", "dana desa": "apbdes"}),
            ("sumber dana", "pendanaan"),
            example="Pamsimas",
            fixed=True,
        ),
        Column("lat", "Lintang", cells.degrees(LAT), LATITUDE, example="-3.912", help=ROUNDING),
        Column("lng", "Bujur", cells.degrees(LNG), LONGITUDE, example="105.412", help=ROUNDING),
        Column(
            "checked_on",
            "Tanggal pemeriksaan",
            cells.day,
            ("tanggal cek", "tgl cek", "tgl pemeriksaan", "tanggal pendataan", "keadaan per", "tanggal survei"),
            example="01-10-2026",
            help="Wajib bila keberfungsian atau angka layanan diisi.",
            fixed=True,
        ),
        Column(
            "functioning",
            "Keberfungsian",
            cells.of(ConditionCheck, "functioning", WORKING, DOUBTFUL_WORKING),
            ("kondisi", "fungsi", "status", "keadaan", "status keberfungsian"),
            example="Berfungsi",
        ),
        Column("cause", "Penyebab/catatan", cells.of(ConditionCheck, "cause"), ("penyebab", "catatan", "keterangan")),
        Column(
            "checked_by",
            "Diperiksa oleh",
            cells.of(ConditionCheck, "checked_by"),
            ("pemeriksa", "petugas", "surveyor"),
            example="Staf DPMU",
            fixed=True,
        ),
        Column(
            "connections_active",
            "SR aktif",
            cells.of(ConditionCheck, "connections_active"),
            ("sr", "jumlah sr", "sambungan rumah", "sambungan aktif"),
            example=120,
        ),
        Column(
            "connections_inactive",
            "SR tidak aktif",
            cells.of(ConditionCheck, "connections_inactive"),
            ("sr nonaktif", "sambungan tidak aktif"),
            pattern=r".*(?:sr|sambungan).*(?:tidakaktif|tdkaktif|nonaktif|takaktif|mati|putus|diputus)",
            example=4,
        ),
        Column("taps", "HU/KU", cells.of(ConditionCheck, "taps"), ("hu", "ku", "kran umum", "hidran umum"), example=2),
        Column(
            "households",
            "KK terlayani",
            cells.of(ConditionCheck, "households"),
            ("kk", "jumlah kk", "pemanfaat kk"),
            example=130,
        ),
        Column(
            "people",
            "Jiwa terlayani",
            cells.of(ConditionCheck, "people"),
            ("jiwa", "jumlah jiwa", "pemanfaat jiwa", "penerima manfaat"),
            example=460,
        ),
        Column("hours", "Jam layanan per hari", cells.of(ConditionCheck, "hours"), ("jam layanan", "jam"), example=12),
    )

    def load(self):
        self.finder = VillageFinder(by=self.by, place=self.place)
        self.bounds = self.finder.district.rules.bounds
        self.facilities: dict[tuple, Facility] = {}
        villages = {village.pk: village for village in self.finder.by_code.values()}
        rows = Facility.objects.filter(village__in=villages)
        for facility in rows:
            facility.village = villages[facility.village_id]
            self.facilities[facility.village_id, search_key(facility.name)] = facility
        self.checks: dict[tuple, list[ConditionCheck]] = {}
        for check in ConditionCheck.objects.filter(facility__in=rows):
            self.checks.setdefault((check.facility_id, check.checked_on), []).append(check)

    def question(self):
        return self.finder.question()

    def plan(self, row: Row):
        row.label = row.get("name", "")
        village = self.finder.find(row)
        self._judge(row)
        if village is None or not row.get("name"):
            return
        self._bounds(row)
        key = (village.pk, search_key(row.get("name")))
        facility = self.facilities.get(key)
        values = row.filled(
            technology="technology",
            energy="energy",
            capacity_lps="capacity_lps",
            reservoir_m3="reservoir_m3",
            built_year="built_year",
            funder="funder",
            lat="lat",
            lng="lng",
        )
        self._built(row, facility, values.get("built_year"))
        if facility:
            row.change(facility, **values)
        else:
            if "technology" not in values and not row.failed("technology"):
                row.wrong("technology", "Isi jenis opsi untuk sarana yang belum tercatat.")
            facility = Facility(village=village, name=row.get("name"), **values)
            row.add(facility, self.facilities, key)
        self._check(row, village, facility)

    def _judge(self, row: Row):
        if row.has("functioning", "checked_by", *FIGURES):
            if not row.has("checked_on") and not row.failed("checked_on"):
                row.wrong("checked_on", "Isi tanggal pemeriksaan untuk keadaan sarana ini.")
            if not row.has("functioning") and not row.failed("functioning"):
                row.wrong("functioning", "Isi keberfungsian: Berfungsi, Berfungsi sebagian, atau Tidak berfungsi.")
        try:
            past_day(row.get("checked_on"))
        except ValidationError as error:
            row.wrong("checked_on", " ".join(error.messages))
        if row.has("lat") != row.has("lng") and not (row.failed("lat") or row.failed("lng")):
            row.wrong("lat", "Isi lintang dan bujur, atau kosongkan keduanya.")
        if row.has("lat") and abs(row.get("lat")) > 90:
            row.wrong("lat", "Lintang antara -90 dan 90 derajat. Mungkin lintang dan bujur tertukar.")

    def _built(self, row: Row, facility: Facility | None, year: int | None):
        """Refuses a check before the year of building, in this row or recorded, as the forms do."""
        built = year or (facility.built_year if facility else None)
        probe = Facility(pk=facility.pk if facility else None, name=row.get("name"), built_year=built)
        try:
            if row.has("checked_on"):
                probe.refuse_before_built(row.get("checked_on"), "checked_on")
            if facility and year not in (None, facility.built_year):
                probe.check_related()
        except ValidationError as error:
            for name, messages in error.message_dict.items():
                row.wrong(name, " ".join(messages))

    def _bounds(self, row: Row):
        if not self.bounds or not (row.has("lat") and row.has("lng")):
            return
        if complaint := self.bounds.complaint(row.get("lat"), row.get("lng"), str(self.finder.district)):
            row.wrong("lat", complaint)

    def _check(self, row: Row, village: Village, facility: Facility):
        """Skips an equal check; a different one of the same day is a correction and is added."""
        if not row.has("functioning") or not row.has("checked_on"):
            return
        names = ("functioning", "cause", "checked_by", *FIGURES)
        values = row.filled(**{name: name for name in names})
        if "checked_by" not in values:
            values["checked_by"] = UNNAMED
            row.means("checked_by", UNNAMED, NOT_WRITTEN)
        key = (facility.pk or (village.pk, search_key(facility.name)), row.get("checked_on"))
        newest = self.checks.get(key, [])[-1:]
        if newest and all(getattr(newest[0], name) == value for name, value in values.items()):
            return
        check = ConditionCheck(facility=facility, checked_on=row.get("checked_on"), recorded_by=self.by, **values)
        row.add(check)
        row.then(lambda: self.checks.setdefault(key, []).append(check))
