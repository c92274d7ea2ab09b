"""Sideways boards of an office: one line per village, the posts as titles."""

import io
from datetime import date

import openpyxl
import pytest
from django.urls import reverse

from imports.models import ImportRun, Synonym
from imports.services import lifecycle
from imports.tables import noise
from kpspams.models import Member
from tests import factories as make
from tests.imports.kinds import FIRST, SECOND, workbook
from tests.imports.office import figures, imported, preview, save, table, undone, uploaded, work, wrongs
from villages.models import Person, Village

pytestmark = pytest.mark.django_db
DAY = date(2019, 2, 5)
HEAD = ["Kecamatan", "Desa", "Kelompok", "Ketua", "Sekretaris", "Bendahara"]
FIXED = {"starts_on": "05-02-2019"}
NAMES = ["Karto Utomo", "Lastri", "Mujiono", "Wagimin"]
ROWS = [[*FIRST, "Sumber Rejeki", *NAMES[:2], None], [*SECOND, "Banyu Bening", NAMES[2], "-", NAMES[3]]]
BOARD = [
    ("Sumber Rejeki", "KET", "Karto Utomo"),
    ("Sumber Rejeki", "SEK", "Lastri"),
    ("Banyu Bening", "KET", "Mujiono"),
    ("Banyu Bening", "BEN", "Wagimin"),
]
SUMMARY = "dibaca mendatar: satu baris per desa, jabatan di judul kolom (Ketua, Sekretaris, Bendahara)"


@pytest.fixture
def people(staff):
    """The persons of the file exist already, so that their sex is not missing."""
    places = dict(zip(NAMES, (FIRST, FIRST, SECOND, SECOND), strict=True))
    for name, (_, village) in places.items():
        make.PersonFactory(name=name, village=Village.objects.get(name=village), sex="L", district=staff.district)
    return staff


def board():
    return list(Member.objects.order_by("pk").values_list("group__name", "post", "person__name"))


def test_each_name_becomes_a_row(people):
    run = preview("boards", workbook([HEAD, *ROWS]), people, fixed=FIXED)
    assert run.reading["sideways"] == SUMMARY
    assert [(row.line, row.raw["@kolom"], row.raw["post"], row.raw["name"]) for row in run.rows.all()] == [
        (2, "D", "Ketua", "Karto Utomo"),
        (2, "E", "Sekretaris", "Lastri"),
        (3, "D", "Ketua", "Mujiono"),
        (3, "F", "Bendahara", "Wagimin"),
    ]
    save(run, people)
    assert board() == BOARD
    undone(run, people)
    assert board() == []


def test_the_same_of_a_csv(people):
    imported("boards", table([HEAD, *ROWS]), people, name="pengurus.csv", fixed=FIXED)
    assert board() == BOARD


@pytest.mark.parametrize(
    "head",
    [
        ["Ketua", "L/P", "No. HP", "Sekretaris", "L/P", "No. HP"],
        ["Nama Ketua", "L/P Ketua", "HP Ketua", "Nama Sekretaris", "JK Sekretaris", "No. WA Sekretaris"],
        ["Ketua (Nama)", "Ketua (L/P)", "Ketua (No. HP)", "Sekretaris: Nama", "Sekretaris: L/P", "Sekretaris: HP"],
    ],
)
def test_what_belongs_to_a_post_stands_behind_it(staff, head):
    cells = ["Karto Utomo", "L", "0812 3456 7890", "Lastri", "P", "0813 7700 8800"]
    imported("boards", workbook([[*HEAD[:3], *head], [*ROWS[0][:3], *cells]]), staff, fixed=FIXED)
    assert board() == BOARD[:2]
    people = Person.objects.order_by("pk").values_list("name", "sex", "phone")
    assert list(people) == [("Karto Utomo", "L", "+6281234567890"), ("Lastri", "P", "+6281377008800")]


def test_a_post_over_its_columns_in_two_lines(staff):
    tops = [*HEAD[:3], "Ketua", None, "Bendahara", None]
    below = [None] * 3 + ["Nama", "L/P"] * 2
    merged = ["A1:A2", "B1:B2", "C1:C2", "D1:E1", "F1:G1"]
    rows = [tops, below, [*ROWS[0][:3], "Karto Utomo", "L", "Lastri", "P"]]
    run = imported("boards", workbook(rows, merged=merged), staff, fixed=FIXED)
    assert wrongs(run) == []
    assert board() == [BOARD[0], ("Sumber Rejeki", "BEN", "Lastri")]


def test_one_column_of_telephones_belongs_to_nobody(people):
    head = [*HEAD, "No. HP"]
    run = imported("boards", workbook([head, [*ROWS[0], "0812 3456 7890"]]), people, fixed=FIXED)
    assert run.reading["unused"] == ["No. HP"]
    assert not Person.objects.exclude(phone="").exists()


def test_a_column_of_days_holds_for_all_posts(people):
    run = imported("boards", workbook([[*HEAD, "Tanggal SK"], *([*row, DAY] for row in ROWS)]), people)
    assert (wrongs(run), board()) == ([], BOARD)
    assert set(Member.objects.values_list("starts_on", flat=True)) == {DAY}


def test_messages_and_the_file_of_bad_rows_name_line_and_cell(people, client):
    rows = [ROWS[0], [*SECOND, "Banyu Bening", "Mujiono", "Sri 😀", "Wagimin"]]
    run = save(preview("boards", workbook([HEAD, *rows]), people, fixed=FIXED), people, "good")
    page = client.get(reverse("imports:import_detail", args=[run.pk]) + "?putusan=error").text
    assert "Baris 3, kolom E" in page
    assert "Nama (E3): Huruf “😀”" in page
    content = b"".join(client.get(reverse("imports:import_errors", args=[run.pk])).streaming_content)
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    lines = [[cell.value for cell in line] for line in sheet.iter_rows()]
    at = next(place for place, line in enumerate(lines) if "Jabatan" in line)
    own = ["Nama", "L/P", "Jabatan", "Mulai menjabat", "Alasan tidak disimpan"]
    assert lines[at] == [*HEAD[:3], *own]
    assert lines[at + 1][:7] == [*SECOND, "Banyu Bening", "Sri 😀", None, "Sekretaris", "05-02-2019"]
    assert lines[at + 1][7].startswith("Rekap, baris 3, kolom E: Nama (E3): ")
    sheet.cell(at + 2, 4, "Sri")
    sheet.cell(at + 2, 5, "P")
    out = io.BytesIO()
    sheet.parent.save(out)
    imported("boards", out.getvalue(), people)
    assert board()[-1] == ("Banyu Bening", "SEK", "Sri")


def test_a_line_without_any_name_is_told(people):
    run = preview("boards", workbook([HEAD, ROWS[0], [*SECOND, "Banyu Bening"]]), people, fixed=FIXED)
    assert run.reading["noise"] == {noise.NOBODY: [3]}


def test_everyday_words_and_those_of_the_kabupaten_are_posts(people):
    Synonym.objects.create(
        place="18.11", topic="kpspams.member.post", word="Bag. Air", key="bagair", value="TEK", meaning="Seksi Teknik"
    )
    head = [*HEAD[:3], "Bag. Air", "Sie Kesling", "Bend."]
    rows = [*ROWS[0][:3], "Karto Utomo", "Lastri", "Suparti"]
    run = preview("boards", workbook([head, rows]), people, fixed=FIXED)
    assert [row.raw["post"] for row in run.rows.all()] == ["Bag. Air", "Sie Kesling", "Bend."]
    save(run, people, "good")
    assert [post for _, post, _ in board()] == ["TEK", "KES"]


def test_a_doubtful_post_is_asked_about(people):
    head = [*HEAD[:3], "Ketua", "Sie", "Bendahara"]
    run = preview("boards", workbook([head, [*ROWS[0][:3], "Karto Utomo", "Lastri", None]]), people, fixed=FIXED)
    assert [about["word"] for about in run.reading["words"]] == ["Sie"]


def test_it_is_told_before_and_can_be_corrected_and_switched_off(people, client):
    head = [*HEAD, "Juru kunci"]
    run = uploaded("boards", workbook([head, [*ROWS[0], "Mbah Kromo"]]), people)
    address = reverse("imports:import_columns", args=[run.pk])
    page = client.get(address)
    assert f"Berkas ini {SUMMARY}" in page.text
    form = page.context["form"]
    sent = {name: form[name].value() or "" for name in form.fields} | {"f_starts_on": "05-02-2019"}
    client.post(address, sent | {"blok": ["ketua", "jurukunci"]})
    run = work(ImportRun.objects.get(pk=run.pk))
    assert [row.raw["post"] for row in run.rows.all()] == ["Ketua", "Juru kunci"]
    assert "sekretaris" in [title.lower() for title in run.reading["unused"]]
    answer = client.post(address, sent | {"blok": []})
    assert "Pilih paling sedikit satu judul kolom yang dibaca mendatar." in answer.text
    off = sent | {"c_post": "sekretaris", "c_name": "ketua", "c_sex": ""}
    assert client.post(address, off).status_code == 302
    run = work(ImportRun.objects.get(pk=run.pk))
    assert [(row.raw["post"], row.raw["name"]) for row in run.rows.all()] == [("Lastri", "Karto Utomo")]
    assert run.reading["sideways"] == ""


def test_what_stands_below_titles_is_taken_from_no_file_that_is_read_line_by_line(people, client):
    run = uploaded("boards", workbook([HEAD, *ROWS]), people)
    address = reverse("imports:import_columns", args=[run.pk])
    form = client.get(address).context["form"]
    sent = {name: form[name].value() or "" for name in form.fields} | {"f_starts_on": "05-02-2019"}
    answer = client.post(address, sent | {"c_post": "sekretaris"})
    assert "Hanya untuk berkas yang dibaca mendatar. Pilih kolomnya." in answer.text


def test_the_same_titles_are_remembered(people):
    imported("boards", workbook([HEAD, *ROWS]), people, fixed=FIXED)
    run = uploaded("boards", workbook([HEAD, *ROWS]), people)
    assert run.mapping["post"]["title"] == "@judul"
    lifecycle.map_columns(run, run.mapping, by=people)
    assert figures(work(run))["same"] == 4


@pytest.mark.parametrize(
    "head",
    [
        ["Kecamatan", "Desa", "Kelompok", "Nama", "Jabatan", "Ketua RT", "Sekretaris desa"],
        ["Kecamatan", "Desa", "Kelompok", "Ketua", "Keterangan", "Catatan", "Jumlah pelanggan"],
    ],
)
def test_other_lists_are_read_line_by_line(people, head):
    run = uploaded("boards", workbook([head, [*FIRST, "Sumber Rejeki", "Karto", "Ketua", "x", "y"]]), people)
    assert run.mapping.get("post", {}).get("title") != "@judul"


def test_a_choice_of_a_person_stays_with_its_cell(people):
    village = Village.objects.get(name="Karya Tani")
    make.PersonFactory.create_batch(2, name="Siti", village=village, sex="P", district=people.district)
    rows = [[*FIRST, "Sumber Rejeki", "Karto Utomo", "Siti", None]]
    run = preview("boards", workbook([HEAD, *rows]), people, fixed=FIXED)
    first, requested = run.rows.all()
    assert (first.verdict, requested.verdict) == ("new", "ask")
    chosen = requested.people[0]["id"]
    lifecycle.choose_people(run, {requested.number: chosen})
    run = save(work(run), people)
    assert list(Member.objects.order_by("pk").values_list("post", "person__name")) == [
        ("KET", "Karto Utomo"),
        ("SEK", "Siti"),
    ]
    assert str(Member.objects.get(post="SEK").person_id) == chosen
