"""A small valid file of each kind of import, the rows stored from it, and ways to spoil it, for tests of such files."""

import io
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from openpyxl.utils import get_column_letter

from imports import registry
from imports.tables.guessing import guess_mapping
from kpspams.models import KpspamsGroup, Member
from plans.models import Activity
from plans.rules.months import mask_to_months
from records.search_keys import search_key
from tests import factories as make
from trainings.models import Attendance
from villages.models import ConditionCheck, Village

DAY = date(2019, 2, 5)
TRAINING = "Bimtek Pengelolaan SPAM"
FIRST, SECOND = ("Mesuji", "Karya Tani"), ("Mesuji", "Mulya Sari")


@dataclass(frozen=True)
class Kind:
    """A kind of import. `rows`: of the columns `head`; `stored`: reads the database, `result`: the expected rows.

    `beside`: a known title that is missing in the file. `bad`: column, a refused value, an accepted one.
    """

    name: str
    head: list[str]
    rows: list[list[Any]]
    stored: Callable[[], list[tuple]]
    result: list[tuple]
    beside: str
    bad: tuple[str, Any, Any]
    text: str  # a column that accepts any text

    def at(self, title: str) -> int:
        return self.head.index(title)

    def with_cell(self, title: str, value: Any, row: int = 1) -> list[list[Any]]:
        """The rows with another value in one cell."""
        rows = [list(cells) for cells in self.rows]
        rows[row][self.at(title)] = value
        return rows


def dataset():
    """The rows that the files refer to: (the district's admin, its villages)."""
    admin = make.AdminFactory()
    place = make.SubdistrictFactory(code="18.11.01", name="Mesuji", district=admin.district)
    villages = [
        make.VillageFactory(code=f"18.11.01.200{number}", name=name, subdistrict=place)
        for number, (_, name) in enumerate((FIRST, SECOND), 1)
    ]
    for village, name in zip(villages, ("Sumber Rejeki", "Banyu Bening"), strict=True):
        make.GroupFactory(village=village, name=name)
    training = make.TrainingFactory(title=TRAINING, fiscal_year=2019, district=admin.district)
    for number in (5, 6):
        make.TrainingSessionFactory(day=make.TrainingDayFactory(training=training, date=date(2019, 2, number)))
    return admin


def _values(rows, *names) -> Callable[[], list[tuple]]:
    return lambda: list(rows().values_list(*names))


VILLAGES = Kind(
    "villages",
    ["Kecamatan", "Desa", "Jumlah KK", "Jumlah jiwa", "Tahun data penduduk"],
    [[*FIRST, 512, 1804, 2024], [*SECOND, 344, 1197, 2024]],
    _values(lambda: Village.objects.order_by("code"), "name", "households", "people"),
    [("Karya Tani", 512, 1804), ("Mulya Sari", 344, 1197)],
    "Kode pos",
    ("Jumlah KK", "lima ratus ayam", 345),
    "Desa",
)
GROUPS = Kind(
    "groups",
    ["Kecamatan", "Desa", "Nama KPSPAMS", "Dusun layanan", "Tanggal pembentukan", "Tanggal SK", "Nomor SK"],
    [
        [*FIRST, "Tirta Mulyo", "I dan II", DAY, DAY, "141/7/2019"],
        [*SECOND, "Sendang Asih", "III", DAY, DAY, "141/8/2019"],
    ],
    _values(
        lambda: KpspamsGroup.objects.exclude(formed_on=None).order_by("village__code"),
        "name",
        "village__name",
        "hamlets",
        "formed_on",
        "documents__number",
    ),
    [
        ("Tirta Mulyo", "Karya Tani", "I dan II", DAY, "141/7/2019"),
        ("Sendang Asih", "Mulya Sari", "III", DAY, "141/8/2019"),
    ],
    "Nama bank",
    ("Tanggal SK", "akhir tahun", DAY),
    "Dusun layanan",
)
BOARDS = Kind(
    "boards",
    ["Kecamatan", "Desa", "Kelompok", "Nama", "L/P", "Dusun", "Jabatan", "TMT"],
    [
        [*FIRST, "Sumber Rejeki", "Karto Utomo, S.Sos., M.M.", "L", "Krajan", "Ketua", DAY],
        [*SECOND, "Banyu Bening", "Lastri", "P", "Ngadirejo", "Bendahara", DAY],
    ],
    _values(
        lambda: Member.objects.order_by("group__village__code", "pk"),
        "person__name",
        "person__sex",
        "person__hamlet",
        "group__name",
        "post",
        "starts_on",
    ),
    [
        ("Karto Utomo, S.Sos., M.M.", "L", "Krajan", "Sumber Rejeki", "KET", DAY),
        ("Lastri", "P", "Ngadirejo", "Banyu Bening", "BEN", DAY),
    ],
    "Nomor SK",
    ("Jabatan", "Juru kunci makam", "Sekretaris"),
    "Dusun",
)
FACILITIES = Kind(
    "facilities",
    [
        "Kecamatan",
        "Desa",
        "Nama sarana",
        "Jenis opsi",
        "Kapasitas (L/detik)",
        "Tanggal cek",
        "Kondisi",
        "Catatan",
        "SR aktif",
    ],
    [
        [*FIRST, "SPAM Krajan", "Sumur gali dengan pompa", 1.25, DAY, "Berfungsi", "lancar", 87],
        [*SECOND, "SPAM Ngadirejo", "Sumur gali dengan pompa", 0.75, DAY, "Tidak berfungsi", "pompa terbakar", 41],
    ],
    _values(
        lambda: ConditionCheck.objects.order_by("facility__village__code", "pk"),
        "facility__name",
        "facility__capacity_lps",
        "functioning",
        "cause",
        "connections_active",
    ),
    [
        ("SPAM Krajan", Decimal("1.25"), "berfungsi", "lancar", 87),
        ("SPAM Ngadirejo", Decimal("0.75"), "tidak", "pompa terbakar", 41),
    ],
    "Sumber energi",
    ("Kondisi", "entah bagaimana", "Berfungsi"),
    "Catatan",
)
PARTICIPANTS = Kind(
    "participants",
    ["Nama pelatihan", "Kecamatan", "Desa", "Nama", "L/P", "Unsur", "Hari 1", "Hari 2"],
    [
        [TRAINING, *FIRST, "Karto Utomo, S.Sos., M.M.", "L", "Kader AMPL", "H", "I"],
        [TRAINING, *SECOND, "Lastri", "P", "PKK desa", "H", "S"],
    ],
    _values(
        lambda: Attendance.objects.order_by("participant__number", "session__day__date"),
        "participant__person__name",
        "participant__village__name",
        "participant__affiliation",
        "status",
    ),
    [
        ("Karto Utomo, S.Sos., M.M.", "Karya Tani", "Kader AMPL", "hadir"),
        ("Karto Utomo, S.Sos., M.M.", "Karya Tani", "Kader AMPL", "izin"),
        ("Lastri", "Mulya Sari", "PKK desa", "hadir"),
        ("Lastri", "Mulya Sari", "PKK desa", "sakit"),
    ],
    "Dusun",
    ("Hari 1", "entah", "H"),
    "Unsur",
)


def _activities() -> list[tuple]:
    rows = Activity.objects.order_by("plan__group__village__code", "line")
    return [
        (row.plan.group.name, row.title, row.location, row.volume, row.unit_price, tuple(mask_to_months(row.months)))
        for row in rows
    ]


PLANS = Kind(
    "plans",
    ["Kecamatan", "Desa", "Tahun", "Bidang", "Kegiatan", "Lokasi", "Volume", "Satuan", "Harga satuan", "Bulan"],
    [
        [*FIRST, 2025, "A", "Ganti seal pompa", "Dusun Krajan", 3, "buah", 85_000, "Feb, Nov"],
        [*SECOND, 2025, "C", "Musyawarah pelanggan", "Balai desa", 2, "kali", 240_000, "Jun"],
    ],
    _activities,
    [
        ("Sumber Rejeki", "Ganti seal pompa", "Dusun Krajan", Decimal(3), 85_000, (2, 11)),
        ("Banyu Bening", "Musyawarah pelanggan", "Balai desa", Decimal(2), 240_000, (6,)),
    ],
    "Keterangan",
    ("Volume", "secukupnya", 2),
    "Lokasi",
)
KINDS = {kind.name: kind for kind in (VILLAGES, GROUPS, BOARDS, FACILITIES, PARTICIPANTS, PLANS)}
every = pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)


def of(*names):
    return pytest.mark.parametrize("kind", [KINDS[name] for name in names], ids=names)


def workbook(rows, *, merged=(), hidden_rows=(), hidden_columns=(), hidden_sheet=None) -> bytes:
    """An XLSX with real dates; `hidden_sheet`: rows of a hidden first sheet."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Rekap"
    if hidden_sheet:
        first = book.create_sheet("Lama", 0)
        first.sheet_state = "hidden"
        for row in hidden_sheet:
            first.append(row)
    for row in rows:
        sheet.append(row)
    for area in merged:
        sheet.merge_cells(area)
    for line in hidden_rows:
        sheet.row_dimensions[line].hidden = True
    for index in hidden_columns:
        sheet.column_dimensions[get_column_letter(index + 1)].hidden = True
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def plain(kind, *, extra=()):
    return [kind.head, *kind.rows, *extra]


def problem_columns(run) -> list[list]:
    """The wrong columns of each row."""
    return [sorted({name for name, *_ in row.errors}) for row in run.rows.order_by("number")]


def name_of(kind, title):
    """The column of the import that a title of the file is mapped to."""
    keys = [search_key(word) for word in (*kind.head, title)]
    found = guess_mapping(dict.fromkeys(keys), registry.adapter(kind.name).columns)
    return next(name for name, key in found.items() if key == search_key(title))


def written(kind, rows=None):
    """The file as CSV text."""
    return [
        [
            f"{c:%d-%m-%Y}" if isinstance(c, date) else str(c).replace(".", ",") if isinstance(c, float) else c
            for c in row
        ]
        for row in (rows or plain(kind))
    ]
