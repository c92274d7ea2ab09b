import pytest

from imports.files.books import Sheet
from imports.files.xlsx_marks import Marks, Merged
from imports.tables import columns, guessing, noise
from imports.tables.guessing import guess_mapping
from kpspams.importers.boards import BoardImport
from kpspams.importers.groups import GroupImport
from plans.importers.plans import PlanImport
from records.search_keys import search_key
from trainings.importers.participants import ParticipantImport
from villages.importers.facilities import FacilityImport


def guessed(adapter, *titles):
    """{column: title}, as the form of columns sends it."""
    written = {search_key(title): title for title in titles}
    return {column: written[key] for column, key in guess_mapping(list(written), adapter.columns).items()}


def test_a_label_goes_before_the_synonym_of_another_column():
    assert guessed(PlanImport, "Kegiatan", "Lokasi", "Vol") == {
        "title": "Kegiatan",
        "location": "Lokasi",
        "volume": "Vol",
    }
    assert guessed(GroupImport, "Lokasi", "Nama KPSPAMS") == {"village": "Lokasi", "group": "Nama KPSPAMS"}


def test_titles_as_offices_write_them_are_known():
    assert guessed(GroupImport, "Kec.", "No. SK", "Tgl. SK", "Berlaku s/d", "Tgl Terbentuk") == {
        "subdistrict": "Kec.",
        "sk_number": "No. SK",
        "sk_date": "Tgl. SK",
        "sk_until": "Berlaku s/d",
        "formed_on": "Tgl Terbentuk",
    }


GROUPED = [
    (3, ["No", "Nama Desa", "Sambungan Rumah", None, "Penduduk", None]),
    (4, [None, None, "Aktif", "Tidak Aktif", "KK", "Jiwa"]),
    (5, [1, "Contoh Satu", 120, 4, 612, 2154]),
]


def test_two_lines_of_titles_are_joined():
    place = columns.place_of(Sheet("Data", GROUPED), 3)
    assert list(place.titles.values()) == [
        "No",
        "Nama Desa",
        "Sambungan Rumah Aktif",
        "Sambungan Rumah Tidak Aktif",
        "Penduduk KK",
        "Penduduk Jiwa",
    ]
    assert (place.header, len(place.lines)) == (4, 2)
    assert [noise.kind_of(cells, place.lines) for _, cells in GROUPED] == [noise.TITLES, noise.TITLES, ""]


@pytest.mark.parametrize(
    "second",
    [
        [1, "Contoh Satu", 120, 4, 612, 2154],  # data
        [None, "Contoh Satu", "SR", None, "KK", None],  # text, but none under a title that spans columns
        [None, None, "Aktif 2018", "Putus", None, None],  # a number among the text
        [None, None, None, None, None, None],
        ["a", "b", "c", "d", "e", "f"],  # the letters of columns
    ],
)
def test_one_line_of_titles_stays_one(second):
    place = columns.place_of(Sheet("Data", [GROUPED[0], (4, second)]), 3)
    assert (place.header, len(place.lines)) == (3, 1)


def test_the_upper_of_two_lines_is_guessed():
    rows = [(1, ["DATA DESA"]), (2, [None]), *GROUPED]
    wanted = (
        columns.Column("village", "Nama Desa", str),
        columns.Column("active", "Sambungan rumah aktif", str),
        columns.Column("households", "Penduduk KK", str),
    )
    assert guessing.guess_header(Sheet("Data", rows), wanted) == 3


@pytest.mark.parametrize(
    ("adapter", "titles", "mapping"),
    [
        (FacilityImport, ["Desa SPAM", "Lokasi bangunan"], {"village": "Desa SPAM"}),
        (FacilityImport, ["Lokasi bangunan", "Desa SPAM", "Nama SPAM"], {"village": "Desa SPAM", "name": "Nama SPAM"}),
        (BoardImport, ["Nama", "No. HP/WA"], {"name": "Nama", "phone": "No. HP/WA"}),
        (BoardImport, ["Nama", "Nomor WA aktif"], {"name": "Nama", "phone": "Nomor WA aktif"}),
        (BoardImport, ["Nama", "Kode pos"], {"name": "Nama"}),
        (BoardImport, ["Nama", "Kode Desa (Dagri)"], {"name": "Nama", "village_code": "Kode Desa (Dagri)"}),
        (BoardImport, ["Nama", "Telp."], {"name": "Nama", "phone": "Telp."}),
        (BoardImport, ["Nama", "HP"], {"name": "Nama", "phone": "HP"}),
        (BoardImport, ["Nama", "Kontak Person"], {"name": "Nama", "phone": "Kontak Person"}),
        (BoardImport, ["Nama Pengurus", "Peserta aktif"], {"name": "Nama Pengurus"}),
    ],
)
def test_the_longest_word_decides_what_a_title_means(adapter, titles, mapping):
    assert guessed(adapter, *titles) == mapping


def rows_of(*rows):
    return Sheet("CSV", list(enumerate(rows, 1)))


@pytest.mark.parametrize(
    ("rows", "header"),
    [
        ((["Nama", "L/P"], ["Siti", "P"]), 1),
        ((["Siti", "P", "Contoh Satu"], ["Budi", "L", "Contoh Satu"]), columns.NO_HEADER),
        ((["1", "Siti"], ["2", "Budi"]), columns.NO_HEADER),
        ((["Siti", "P", "Desa Jaya"], ["Budi", "L", "Desa Jaya"]), columns.NO_HEADER),
        ((["1", "Kecamatan Mesuji"], ["2", "Desa Jaya"]), columns.NO_HEADER),
        ((["Sebutan", "Nomor"], ["Siti", "12"]), 1),
        ((["Siti"],), columns.NO_HEADER),
    ],
)
def test_a_file_may_begin_with_data(rows, header):
    assert guessing.guess_header(rows_of(*rows), BoardImport.columns) == header


def test_without_titles_columns_are_called_by_letters():
    place = columns.place_of(rows_of(["Siti", "P"], ["Budi", "L", "Ketua"]), columns.NO_HEADER)
    assert (place.header, place.keys, place.titles) == (
        0,
        {"koloma": 0, "kolomb": 1, "kolomc": 2},
        {"koloma": "A: Siti", "kolomb": "B: P", "kolomc": "C: Ketua"},
    )


def test_hidden_sheets_are_not_chosen():
    sheets = [Sheet("Lama", [(1, ["Nama", "L/P", "Jabatan"])], hidden=True), Sheet("Baru", [(1, ["Nama", "L/P"])])]
    assert [sheet.name for sheet in guessing.likely(sheets, BoardImport.columns)] == ["Baru"]


@pytest.mark.parametrize(
    ("titles", "mapping"),
    [
        (["Jumlah Sambungan Rumah tidak aktif"], {"connections_inactive": "jumlahsambunganrumahtidakaktif"}),
        (["SR aktif", "SR putus"], {"connections_active": "sraktif", "connections_inactive": "srputus"}),
        (["Sambungan Rumah"], {"connections_active": "sambunganrumah"}),
    ],
)
def test_connections_that_are_not_in_use_are_not_those_in_use(titles, mapping):
    keys = {search_key(title): place for place, title in enumerate(titles)}
    assert guessing.guess_mapping(keys, FacilityImport.columns) == mapping


@pytest.mark.parametrize(
    ("adapter", "lines", "mapping"),
    [
        (  # the group title precedes, and both have a synonym in the reverse order
            GroupImport,
            [["No", "Nama KPSPAMS", "SK", None, "Keterangan"], [None, None, "Nomor", "Tanggal", None]],
            {"group": 1, "sk_number": 2, "sk_date": 3},
        ),
        (
            FacilityImport,
            [["No", "Desa SPAM", "Pemanfaat", None], [None, None, "KK", "Jiwa"]],
            {"village": 1, "households": 2, "people": 3},
        ),
        (
            ParticipantImport,
            [["No", "Nama", "Kehadiran", None, None], [None, None, 1, 2, 3]],
            {"name": 1, "day_1": 2, "day_2": 3, "day_3": 4},
        ),
        (  # three lines without a merged cell
            PlanImport,
            [
                ["No", "Kegiatan", "Waktu Pelaksanaan", None, None],
                [None, None, "Triwulan I", None, "Triwulan II"],
                [None, None, "Jan", "Peb", "April"],
            ],
            {"title": 1, "month_1": 2, "month_2": 3, "month_4": 4},
        ),
        (  # a part that occurs twice is recognised in neither
            BoardImport,
            [["Desa", "Ketua", None, "Sekretaris", None], [None, "Nama", "HP", "Nama", "HP"]],
            {"village": 0},
        ),
    ],
)
def test_what_titles_in_several_lines_mean(adapter, lines, mapping):
    sheet = rows_of(*lines, ["x"] * len(lines[0]))
    assert guessing.guess_header(sheet, adapter.columns) == 1
    place = columns.place_of(sheet, 1)
    found = guessing.guess([place], adapter.columns)
    assert (place.header, {name: place.keys[how["title"]] for name, how in found.items()}) == (len(lines), mapping)


def test_a_merged_heading_above_the_titles_is_no_line_of_them():
    rows = [["DINAS PMD", None, None, "Lampiran 2", None], ["Nama", "L/P", "Desa", "Jabatan", "TMT"], ["Siti", "P"]]
    marks = Marks(Merged(across={1: [(0, 2), (3, 4)]}))
    sheet = Sheet("Data", list(enumerate(rows, 1)), marks)
    assert guessing.guess_header(sheet, BoardImport.columns) == 2


def test_a_column_is_called_otherwise_in_another_sheet_only_where_that_is_sure():
    first, second = (
        columns.place_of(rows_of(head, ["x", "y"]), 1) for head in (["Nama", "No HP"], ["Telepon", "Nama"])
    )
    assert guessing.guess([first, second], BoardImport.columns) == {
        "name": {"title": "nama"},
        "phone": {"title": "nohp", "also": ["telepon"]},
    }
