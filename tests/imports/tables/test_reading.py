"""Rows of data: noise, and empty cells that take the value above."""

import io
import zipfile

import openpyxl
import pytest

from imports.files import books
from imports.tables import columns, guessing, noise
from imports.tables.reading import FROM_ABOVE, FROM_MERGED, read_rows
from kpspams.importers.boards import BoardImport
from trainings.importers.participants import ParticipantImport
from villages.importers.villages import VillageImport


def workbook(rows, merged=(), hidden=()) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Data"
    for row in rows:
        sheet.append(row)
    for area in merged:
        sheet.merge_cells(area)
    for line in hidden:
        sheet.row_dimensions[line].hidden = True
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def read(adapter, content, name="berkas.xlsx"):
    (sheet,) = books.read(io.BytesIO(content), name)
    place = columns.place_of(sheet, guessing.guess_header(sheet, adapter.columns))
    mapping = {name: {"title": key} for name, key in guessing.guess_mapping(place.keys, adapter.columns).items()}
    return read_rows([sheet], [place], mapping, adapter.columns)


BOARD = ["Kecamatan", "Desa", "Nama KPSPAMS", "Nama", "L/P", "Jabatan", "Mulai", "No SK", "No HP"]


def test_a_place_continues_and_nothing_else_does():
    found = read(
        BoardImport,
        workbook(
            [
                BOARD,
                ["Mesuji", "Contoh Satu", "Tirta Barokah", "Paryono", "L", "Ketua", "20-11-2017", "141/1", "0811111"],
                [None, None, None, "Sumini", "P", "Bendahara", None, None, None],
                [None, "Contoh Dua", "Tirta Jaya", "Mujiono", "L", "Ketua", None, None, None],
            ]
        ),
    )
    assert [(row.raw, row.notes) for row in found.rows[1:]] == [
        (
            {
                "subdistrict": "Mesuji",
                "village": "Contoh Satu",
                "group": "Tirta Barokah",
                "name": "Sumini",
                "sex": "P",
                "post": "Bendahara",
            },
            {"subdistrict": FROM_ABOVE, "village": FROM_ABOVE, "group": FROM_ABOVE},
        ),
        (
            {
                "subdistrict": "Mesuji",
                "village": "Contoh Dua",
                "group": "Tirta Jaya",
                "name": "Mujiono",
                "sex": "L",
                "post": "Ketua",
            },
            {"subdistrict": FROM_ABOVE},
        ),
    ]


@pytest.mark.parametrize(
    ("between", "row", "village", "group"),
    [
        ([], [None, None, None, "A", "L", "Ketua"], "Contoh Satu", "Tirta Barokah"),
        ([[None]], [None, None, None, "A", "L", "Ketua"], None, None),  # an empty line ends the list
        ([["Jumlah pengurus", None, None, 1]], [None, None, None, "A", "L", "Ketua"], None, None),
        ([], ["Way Serdang", None, None, "A", "L", "Ketua"], None, None),  # another kecamatan
        ([], [None, "Contoh Dua", None, "A", "L", "Ketua"], "Contoh Dua", None),  # another desa
        ([], ["mesuji", "CONTOH SATU", None, "A", "L", "Ketua"], "CONTOH SATU", "Tirta Barokah"),
        ([], [None, "idem", "sda", "A", "L", "Ketua"], "Contoh Satu", "Tirta Barokah"),
        ([], [None, "〃", '-"-', "A", "L", "Ketua"], "Contoh Satu", "Tirta Barokah"),
    ],
)
def test_where_a_list_of_places_ends(between, row, village, group):
    first = ["Mesuji", "Contoh Satu", "Tirta Barokah", "Paryono", "L", "Ketua", "20-11-2017"]
    raw = read(BoardImport, workbook([BOARD, first, *between, row])).rows[-1].raw
    assert (raw.get("village"), raw.get("group"), raw.get("starts_on")) == (village, group, None)


def test_a_kecamatan_on_its_own_line_holds_for_the_rows_below_it():
    first = [None, "Contoh Satu", "Tirta Barokah", "Paryono", "L", "Ketua", "20-11-2017"]
    second = [None, "Contoh Dua", "Tirta Jaya", "Mujiono", "L", "Ketua", "20-11-2017"]
    found = read(BoardImport, workbook([BOARD, [None, "I. KECAMATAN MESUJI"], first, ["Kec. Way Serdang"], second]))
    assert [(row.raw.get("subdistrict"), row.raw["village"]) for row in found.rows] == [
        ("KECAMATAN MESUJI", "Contoh Satu"),
        ("Kec. Way Serdang", "Contoh Dua"),
    ]
    assert [row.notes for row in found.rows] == [{"subdistrict": FROM_ABOVE}] * 2
    assert found.noise == {noise.SECTION: [2, 4]}


def test_the_village_of_a_person_is_never_that_of_the_row_above():
    head = ["Pelatihan", "Desa", "Nama", "L/P", "Unsur"]
    rows = [head, ["Bimtek", "Contoh Satu", "Wagirun", "L", None], [None, None, "Hartati", "P", "Dinas PMD"]]
    assert read(ParticipantImport, workbook(rows)).rows[1].raw == {
        "name": "Hartati",
        "sex": "P",
        "affiliation": "Dinas PMD",
    }


def test_merged_cells_hold_for_all_their_rows():
    rows = [
        BOARD,
        ["Mesuji", "Contoh Satu", "Tirta Barokah", "Paryono", "L", "Ketua", "20-11-2017", "141/1", None],
        [None, None, None, "Sumini", "P", "Bendahara", None, None, None],
        [None, None, None, "Wati", "P", "Sekretaris", None, None, None],
    ]
    found = read(BoardImport, workbook(rows, merged=["B2:B3", "G2:G3"])).rows
    assert [(row.raw.get("village"), row.raw.get("starts_on"), row.raw.get("sk_number")) for row in found] == [
        ("Contoh Satu", "20-11-2017", "141/1"),
        ("Contoh Satu", "20-11-2017", None),
        ("Contoh Satu", None, None),
    ]
    assert found[1].notes == {
        "subdistrict": FROM_ABOVE,
        "village": FROM_MERGED,
        "group": FROM_ABOVE,
        "starts_on": FROM_MERGED,
    }


def test_a_merged_figure_is_of_no_single_row():
    rows = [["Kode desa", "Desa", "Jumlah KK"], ["18.11.01.2001", "A", 700], ["18.11.01.2002", "B", None]]
    assert read(VillageImport, workbook(rows, merged=["C2:C3"])).rows[1].raw["households"] == {"merged": "700"}


def test_hidden_rows_and_merged_cells_are_read_from_the_xml():
    content = workbook([["a", "b"], [1, 2], [3, 4], [5, 6]], merged=["A2:A4", "B2:C2", "AA1:AB3"], hidden=[3])
    (sheet,) = books.read(io.BytesIO(content), "x.xlsx")
    assert sheet.marks.hidden_rows == {3}
    assert sheet.marks.merged.spans == {0: [(2, 4)], 26: [(1, 3)]}
    assert [sheet.marks.merged.top(line, 0) for line in range(1, 6)] == [None, None, 2, 2, None]


def test_a_workbook_full_of_merged_cells_is_read_with_bounds(monkeypatch):
    monkeypatch.setattr("imports.files.xlsx_marks.MAX_MERGED", 3)
    content = workbook([["a"], *([number] for number in range(20))])
    many = b"".join(b'<mergeCell ref="A%d:A%d"/>' % (number, number + 1) for number in range(1, 200, 2))
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.infolist():
            part = source.read(entry)
            if entry.filename.endswith("sheet1.xml"):
                part = part.replace(b"</sheetData>", b"</sheetData><mergeCells>" + many + b"</mergeCells>")
            target.writestr(entry.filename, part)
    (sheet,) = books.read(io.BytesIO(out.getvalue()), "x.xlsx")
    assert len(sheet.marks.merged.spans[0]) == 3


@pytest.mark.parametrize(
    ("cells", "kind"),
    [
        (["JUMLAH SELURUHNYA", None, 812], noise.SUM),
        (["Jumlah Kecamatan Mesuji", None, None, 1200], noise.SUM),
        ([None, "Sub total", "Rp1.500.000"], noise.SUM),
        (["Jumlah Kecamatan", "Mesuji", 14, "3 KK"], noise.SUM),
        (["Total biaya perbaikan pipa", "Dusun I", "kali", 2], ""),
        (["Terbilang: satu juta rupiah"], noise.SUM),
        ([None, "Dibulatkan", None, 4000], noise.SUM),
        (["Rekap iuran", 12, "bulan", 50000], ""),
        (["Rata-rata pemakaian air", 3, "kali", 1000], ""),
        (["KECAMATAN MESUJI"], noise.SECTION),
        (["II", "Kec. Way Serdang"], noise.SECTION),
        (["B. Kecamatan Tanjung Raya"], noise.SECTION),
        (["Kecamatan Mesuji", "Wiralaga I"], ""),
        (["Keterangan: data sementara"], noise.NOTE),
        (["1", "2", "3"], noise.NUMBERS),
        (["(1)", "(2)", "(3)"], noise.NUMBERS),
        ([None, "-"], noise.EMPTY),
        (["Jumadi", "L", "Ketua"], ""),
        (["Jumlah"], noise.SUM),
    ],
)
def test_rows_that_are_no_data(cells, kind):
    assert noise.kind_of(cells) == kind


def test_signatures_below_a_table_are_no_data():
    board = ["Mesuji", "Contoh Satu", "Tirta Barokah", "Paryono", "L", "Ketua", "20-11-2017"]
    block = [
        [None],
        [None, None, None, "Mesuji, 4 Desember 2018"],
        ["Mengetahui,", None, None, "KPSPAMS Tirta Barokah"],
        ["Kepala Desa", None, None, "Ketua"],
        [None],
        ["(Sutrisno)", None, None, "( ........... )"],
        ["NIP. 19800101 200501 1 001"],
    ]
    found = read(BoardImport, workbook([BOARD, board, *block]))
    assert [row.raw["name"] for row in found.rows] == ["Paryono"]
    assert dict(found.noise) == {noise.SIGNATURE: [4, 5, 6, 8, 9]}


def test_an_office_without_opening_words_signs_after_an_empty_line():
    board = ["Mesuji", "Contoh Satu", "Tirta Barokah", "Paryono", "L", "Ketua", "20-11-2017"]
    found = read(
        BoardImport, workbook([BOARD, board, [None], [None, None, "Ketua KPSPAMS"], [None], [None, None, "Tono"]])
    )
    assert dict(found.noise) == {noise.SIGNATURE: [4, 6]}


def test_data_below_what_looks_like_a_signature_stays_data():
    rows = [
        BOARD,
        ["Mesuji", "Contoh Satu", "Tirta Barokah", "Paryono", "L", "Ketua", "20-11-2017"],
        [None],
        [None, None, None, "Sekretaris Desa"],
        ["Mesuji", "Contoh Dua", "Tirta Jaya", "Mujiono", "L", "Ketua", "20-11-2017"],
    ]
    assert [row.raw["name"] for row in read(BoardImport, workbook(rows)).rows] == [
        "Paryono",
        "Sekretaris Desa",
        "Mujiono",
    ]


def test_hidden_rows_count_only_where_the_person_says_so():
    rows = [["Kode desa", "Desa"], ["18.11.01.2001", "A"], ["18.11.01.2002", "B"]]
    (sheet,) = books.read(io.BytesIO(workbook(rows, hidden=[3])), "x.xlsx")
    place = columns.place_of(sheet, 1)
    mapping = {"village_code": {"title": "kodedesa"}, "village": {"title": "desa"}}
    found = read_rows([sheet], [place], mapping, VillageImport.columns)
    assert ([row.line for row in found.rows], dict(found.noise)) == ([2], {noise.HIDDEN: [3]})
    found = read_rows([sheet], [place], mapping, VillageImport.columns, {"Data"})
    assert ([row.line for row in found.rows], dict(found.noise)) == ([2, 3], {})
