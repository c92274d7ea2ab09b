"""Messy layout around the data of an office's file, in each kind of import: the result equals that of the valid file.

The table of docs/imports.md is that of this module and of test_mess_cells: a mess that does not apply to a kind is left
out of its parameters.
"""

import io

import openpyxl
import pytest
from django.urls import reverse
from openpyxl.utils import get_column_letter

from imports import registry
from imports.files import books
from imports.models import ImportRun
from imports.rows import questions
from imports.services import lifecycle
from imports.tables import noise
from tests.imports.kinds import every, name_of, of, plain, problem_columns, workbook, written
from tests.imports.office import imported, preview, save, table, uploaded, work, wrongs

pytestmark = pytest.mark.django_db


@every
def test_a_good_file_is_stored_and_taken_back(staff, kind):
    before = kind.stored()
    run = imported(kind.name, workbook(plain(kind)), staff)
    assert (wrongs(run), kind.stored()) == ([], kind.result)
    lifecycle.take_back(run, by=staff)
    work(run)
    assert kind.stored() == before


@every
def test_a_hidden_sheet_is_left_out(staff, kind):
    old = [kind.head, *kind.with_cell(kind.text, "dari lembar lama", 0)]
    imported(kind.name, workbook(plain(kind), hidden_sheet=old), staff)
    assert kind.stored() == kind.result


@every
def test_a_hidden_row_is_left_out_and_can_be_made_data(staff, kind):
    run = preview(kind.name, workbook(plain(kind), hidden_rows=[3]), staff)
    assert (run.counts["rows"], run.reading["noise"]) == (1, {noise.HIDDEN: [3]})
    questions.turn_into_data(run, {("Rekap", 3)}, {("Rekap", 3)})
    save(work(run), staff)
    assert kind.stored() == kind.result


@every
def test_a_hidden_column_is_marked_and_not_chosen(staff, kind):
    rows = [[*kind.head, kind.beside], *([*cells, "rahasia"] for cells in kind.rows)]
    content = workbook(rows, hidden_columns=[len(kind.head)])
    run = uploaded(kind.name, content, staff)
    assert name_of(kind, kind.beside) not in run.mapping
    run = imported(kind.name, content, staff)
    assert (run.reading["unused"], kind.stored()) == ([f"{kind.beside} (tersembunyi)"], kind.result)


def two_lines(kind, lines):
    """The header on this number of lines: the last two titles are under "Rincian", the others are merged downwards."""
    last = len(kind.head) - 2
    tops = [*kind.head[:last], "Rincian", None]
    rest = [[None] * last + ["Bagian", None]] * (lines - 2) + [[None] * last + kind.head[last:]]
    letters = [get_column_letter(index + 1) for index in range(len(kind.head))]
    merged = [f"{letter}1:{letter}{lines}" for letter in letters[:last]]
    merged += [f"{letters[last]}{line}:{letters[last + 1]}{line}" for line in range(1, lines)]
    return [tops, *rest, *kind.rows], merged


@every
@pytest.mark.parametrize("lines", [2, 3])
def test_titles_in_several_lines(staff, kind, lines):
    rows, merged = two_lines(kind, lines)
    run = imported(kind.name, workbook(rows, merged=merged), staff)
    assert kind.stored() == kind.result
    assert [row.line for row in run.rows.order_by("number")] == [lines + 1, lines + 2]


@every
def test_titles_in_two_lines_of_a_csv(staff, kind):
    rows, _ = two_lines(kind, 2)
    imported(kind.name, table(written(kind, rows)), staff, name="rekap.csv")
    assert kind.stored() == kind.result


@every
def test_subtotals_numbers_of_columns_and_signatures_are_no_data(staff, kind):
    width = len(kind.head)
    extra = [
        ["Sub total", *[None] * (width - 2), 2],
        ["JUMLAH KESELURUHAN", *[None] * (width - 2), 2],
        [None],
        [*[None] * (width - 1), "Simpang Pematang, 9 Maret 2019"],
        [*[None] * (width - 1), "Koordinator Kabupaten"],
        [None],
        [*[None] * (width - 1), "( Drs. Mulyadi )"],
    ]
    numbers = list(range(1, width + 1))
    run = imported(kind.name, workbook([kind.head, numbers, *kind.rows, *extra]), staff)
    assert (run.counts["rows"], kind.stored()) == (2, kind.result)
    assert run.reading["noise"] == {noise.NUMBERS: [2], noise.SUM: [5, 6], noise.SIGNATURE: [8, 9, 11]}


@every
def test_the_sign_between_cells_is_found(staff, kind):
    text = written(kind)
    for sign in (";", ",", "\t", "|"):
        content = table([[f'"{cell}"' if sign in str(cell) else cell for cell in cells] for cells in text], sign)
        (sheet,) = books.read(io.BytesIO(content), "rekap.csv")
        assert [cells for _, cells in sheet.rows] == [[str(cell) for cell in cells] for cells in text]
    imported(kind.name, content, staff, name="rekap.csv")
    assert kind.stored() == kind.result


@every
def test_a_cell_merged_over_rows_is_the_place_of_each(staff, kind):
    rows = kind.with_cell("Kecamatan", None)
    letter = get_column_letter(kind.at("Kecamatan") + 1)
    run = imported(kind.name, workbook([kind.head, *rows], merged=[f"{letter}2:{letter}3"]), staff)
    assert kind.stored() == kind.result
    assert run.rows.get(number=2).notes["subdistrict"] == "diisi dari sel gabungan"


@of("villages", "facilities", "plans")
def test_a_figure_merged_over_rows_is_of_none_of_them(staff, kind):
    title = {"villages": "Jumlah KK", "facilities": "SR aktif", "plans": "Volume"}[kind.name]
    letter = get_column_letter(kind.at(title) + 1)
    run = preview(
        kind.name, workbook([kind.head, *kind.with_cell(title, None)], merged=[f"{letter}2:{letter}3"]), staff
    )
    assert problem_columns(run) == [[], [name_of(kind, title)]]


@every
def test_a_ditto_is_the_place_above_and_nothing_else(staff, kind):
    run = preview(kind.name, workbook([kind.head, *kind.with_cell("Kecamatan", "〃")]), staff)
    continues = registry.adapter(kind.name).column("subdistrict").continues
    assert problem_columns(run)[1] == ([] if continues else ["subdistrict"])
    run = preview(kind.name, workbook([kind.head, *kind.with_cell(kind.text, "s d a")]), staff)
    assert [(line, name) for line, name, _ in wrongs(run)] == [(3, name_of(kind, kind.text))]
    assert "Tanda “s d a” tidak dipahami" in wrongs(run)[0][2]


@every
def test_sheets_that_call_a_column_otherwise_are_both_read(staff, kind):
    other = [("Kec." if title == "Kecamatan" else title) for title in kind.head]
    book = openpyxl.load_workbook(io.BytesIO(workbook([kind.head, kind.rows[0]])))
    sheet = book.create_sheet("Lanjutan")
    sheet.append(other)
    sheet.append(kind.rows[1])
    out = io.BytesIO()
    book.save(out)
    run = imported(kind.name, out.getvalue(), staff)
    assert run.mapping["subdistrict"] == {"title": "kecamatan", "also": ["kec"]}
    assert kind.stored() == kind.result


@every
def test_a_file_in_the_wrong_kind_names_the_better_one(staff, kind, client):
    wrong = "villages" if kind.name != "villages" else "participants"
    run = uploaded(wrong, workbook(plain(kind)), staff)
    page = client.get(reverse("imports:import_columns", args=[run.pk])).text
    label = registry.adapter(kind.name).label
    assert f"Impor sebagai {label}" in page
    client.post(reverse("imports:import_kind", args=[run.pk]), {"jenis": kind.name})
    run = work(ImportRun.objects.get(pk=run.pk))
    lifecycle.map_columns(run, run.mapping, by=staff)
    save(work(run), staff)
    assert kind.stored() == kind.result


@every
def test_one_row_without_titles_is_data(staff, kind):
    run = uploaded(kind.name, workbook([kind.rows[1]]), staff)
    assert [sheet["header"] for sheet in run.sheets] == [0]
    names = [name_of(kind, title) for title in kind.head]
    mapping = {name: {"title": f"kolom{chr(97 + index)}"} for index, name in enumerate(names)}
    lifecycle.map_columns(run, mapping, by=staff)
    save(work(run), staff)
    half = kind.result[len(kind.result) // 2 :]
    assert [row for row in kind.stored() if row in kind.result] == half
