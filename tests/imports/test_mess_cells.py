"""Messy cells in an office's file, in each kind of import: unclear values are refused, the other row is kept."""

import io

import openpyxl
import pytest
from django.urls import reverse

from imports import registry
from records import exports
from tests.imports.kinds import every, name_of, of, plain, problem_columns, workbook, written
from tests.imports.office import figures, imported, preview, save, table, wrongs
from villages.models import Person

pytestmark = pytest.mark.django_db


@every
def test_a_code_of_bps_is_no_code_of_a_village(staff, kind):
    rows = [[*kind.head, "Kode desa"], [*kind.rows[0], 1811020014], [*kind.rows[1], "18.11.01.2002"]]
    run = preview(kind.name, workbook(rows), staff)
    assert problem_columns(run) == [["village_code"], []]
    assert "tampaknya kode BPS" in wrongs(run)[0][2]


@of("boards", "participants")
@pytest.mark.parametrize("phone", [8.13456e11, 813456789012.5, "8,13E+11"])
def test_a_rounded_telephone_number_is_refused(staff, kind, phone):
    rows = [[*kind.head, "No. Telp/WA"], [*kind.rows[0], phone], [*kind.rows[1], "0813-7700-8800"]]
    run = preview(kind.name, workbook(rows), staff)
    assert problem_columns(run) == [["phone"], []]
    assert "dibulatkan" in wrongs(run)[0][2]


@of("groups", "boards", "facilities", "participants")
@pytest.mark.parametrize("serial", [43501, "43501"])
def test_a_day_as_a_number_of_excel_is_named_and_not_guessed(staff, kind, serial):
    title = {"groups": "Tanggal SK", "boards": "TMT", "facilities": "Tanggal cek"}.get(kind.name, "Tanggal pelatihan")
    if title in kind.head:
        rows = plain(kind)[:1] + kind.with_cell(title, serial)
    else:
        rows = [[*kind.head, title], [*kind.rows[0], None], [*kind.rows[1], serial]]
    run = preview(kind.name, workbook(rows), staff)
    assert [len(names) for names in problem_columns(run)] == [0, 1]
    assert "yaitu 5 Februari 2019" in wrongs(run)[0][2]


FRACTIONS = {"villages": ("Jumlah KK", 344.4), "facilities": ("SR aktif", 41.5), "plans": ("Harga satuan", 240_000.75)}


@of(*FRACTIONS)
def test_a_fraction_of_what_has_none_is_refused(staff, kind):
    title, value = FRACTIONS[kind.name]
    run = preview(kind.name, workbook([kind.head, *kind.with_cell(title, value)]), staff)
    assert problem_columns(run) == [[], [name_of(kind, title)]]


@of("facilities", "plans")
def test_a_fraction_finer_than_is_kept_is_refused_and_never_rounded(staff, kind):
    title = {"facilities": "Kapasitas (L/detik)", "plans": "Volume"}[kind.name]
    run = preview(kind.name, workbook([kind.head, *kind.with_cell(title, 0.3755)]), staff)
    assert problem_columns(run) == [[], [name_of(kind, title)]]


@of("plans")
def test_months_are_a_list_and_marks_under_a_title_too(staff, kind):
    rows, at = plain(kind), kind.at("Bulan")
    months = ["Jan", "Peb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agt", "Sep", "Okt", "Nop", "Des"]
    head = [[*rows[0][:at], "Pelaksanaan", *[None] * 11], [*[None] * at, *months]]
    marks = [["v" if month in marked else None for month in range(1, 13)] for marked in ((2, 11), (6,))]
    data = [[*cells[:at], *marked] for cells, marked in zip(kind.rows, marks, strict=True)]
    imported(kind.name, workbook([*head, *data], merged=["J1:U1"]), staff)
    assert kind.stored() == kind.result


@of("boards", "participants")
@pytest.mark.parametrize(
    ("word", "code"),
    [("Bid. Penagihan", "PEL"), ("Sie PHBS", "KES"), ("Koord. Pemeliharaan", "TEK"), ("hubungan masyarakat", "PSM")],
)
def test_everyday_words_of_posts(staff, kind, word, code):
    rows = plain(kind)
    if "Jabatan" in kind.head:
        rows = [kind.head, *kind.with_cell("Jabatan", word)]
    else:
        rows = [[*kind.head, "Jabatan"], [*kind.rows[0], None], [*kind.rows[1], word]]
    imported(kind.name, workbook(rows), staff)
    person = Person.objects.get(name="Lastri")
    held = person.posts.get() if kind.name == "boards" else person.participations.get()
    assert held.post == code


@every
def test_a_column_that_nobody_knows_is_named(staff, kind):
    rows = [[*kind.head, "Sisa tabungan"], *([*cells, 12_000] for cells in kind.rows)]
    run = imported(kind.name, workbook(rows), staff)
    assert (run.reading["unused"], kind.stored()) == (["Sisa tabungan"], kind.result)


def unsaved(client, run) -> list[list]:
    answer = client.get(reverse("imports:import_errors", args=[run.pk]))
    sheet = openpyxl.load_workbook(io.BytesIO(answer.getvalue()))["Data"]
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


@every
def test_the_file_of_bad_rows_is_whole_and_goes_in_again(staff, kind, client):
    title, bad, good = kind.bad
    rows = [["Urutan arsip", *kind.head], *(["AB-7", *cells] for cells in kind.with_cell(title, bad))]
    run = save(preview(kind.name, workbook(rows), staff), staff, "good")
    head, row = unsaved(client, run)
    assert (head[:-1], row[0]) == (rows[0], "AB-7")
    row[1 + kind.at(title)] = good
    again = imported(kind.name, workbook([head, row]), staff)
    assert (wrongs(again), len(kind.stored())) == ([], len(kind.result))


@every
@pytest.mark.parametrize("text", ["＝1+1", "=SUM(A1:A9)"])
def test_text_like_a_formula_stays_text_on_its_way_out(staff, kind, text, client):
    title, bad, _ = kind.bad
    rows = kind.with_cell(title, bad)
    rows[1][kind.at(kind.text)] = text
    run = preview(kind.name, table(written(kind, [kind.head, *rows]), "|"), staff, name="rekap.csv")
    answer = client.get(reverse("imports:import_errors", args=[run.pk]))
    sheet = openpyxl.load_workbook(io.BytesIO(answer.getvalue()))["Data"]
    cell = sheet.cell(row=2, column=kind.at(kind.text) + 1)
    assert (cell.data_type, cell.value) == ("s", text)
    assert exports.harmless(text) == f"'{text}"


@of("boards", "participants")
def test_one_new_person_twice_is_one(staff, kind):
    first, again = list(kind.rows[1]), list(kind.rows[1])
    if kind.name == "boards":
        again[kind.at("Jabatan")] = "Seksi Kesehatan"
    else:  # a row for each day
        first[kind.at("Hari 2")], again[kind.at("Hari 1")] = None, None
    run = imported(kind.name, workbook([kind.head, kind.rows[0], first, again]), staff)
    assert (wrongs(run), figures(run)["rows"]) == ([], 3)
    assert Person.objects.filter(name="Lastri").count() == 1


@every
def test_an_error_that_nobody_foresaw_is_of_its_row_alone(staff, kind, monkeypatch):
    adapter = registry.adapter(kind.name)
    plan = adapter.plan

    def breaks(self, row):
        if row.line == 3:
            raise ZeroDivisionError
        plan(self, row)

    before = kind.stored()
    monkeypatch.setattr(adapter, "plan", breaks)
    run = save(preview(kind.name, workbook(plain(kind)), staff), staff, "good")
    assert (figures(run)["skipped"], problem_columns(run)) == (1, [[], [""]])
    assert "baris 3 lembar Rekap" in wrongs(run)[0][2]
    half = kind.result[: len(kind.result) // 2]
    assert [row for row in kind.stored() if row not in before] == [row for row in half if row not in before]


@every
def test_all_that_is_wrong_with_a_row_is_said_at_once(staff, kind):
    title, bad, _ = kind.bad
    rows = kind.with_cell(title, bad)
    rows[1][kind.at("Desa")] = "Antah Berantah"
    if kind.name == "villages":  # for villages a new name without a code is an unknown village, too
        rows[1][kind.at("Tahun data penduduk")] = 2099
    rows = [[*kind.head, "Kode pos", "Hari 3"], [*rows[0], None, None], [*rows[1], "346", "H"]]
    run = preview(kind.name, workbook(rows), staff)
    wrong = {"village", name_of(kind, title)}
    wrong |= {"villages": {"figures_year", "postal_code"}, "participants": {"day_3"} - {name_of(kind, title)}}.get(
        kind.name, set()
    )
    assert problem_columns(run) == [[], sorted(wrong)]
