"""Pages that correct how a file was understood: titles, sheets, columns, lines of data."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from imports.models import ImportRun
from imports.services import lifecycle
from kpspams.models import Member
from tests import factories as make
from tests.imports.kinds import PARTICIPANTS, dataset, workbook
from tests.imports.office import book, figures, preview, save, uploaded, work
from trainings.models import Attendance

pytestmark = pytest.mark.django_db
BOARD = ["Desa", "Kelompok", "Nama", "L/P", "Jabatan", "TMT"]
CHAIR = ["Karya Tani", "Sumber Rejeki", "Karto", "L", "Ketua", "5-2-2019"]
CLERK = ["Karya Tani", "Sumber Rejeki", "Lastri", "P", "Sekretaris", "5-2-2019"]


@pytest.fixture
def staff(client):
    admin = dataset()
    client.force_login(admin)
    return admin


def page(name, run):
    return reverse(f"imports:{name}", args=[run.pk])


def sent(run):
    return {f"c_{name}": how["title"] for name, how in run.mapping.items()}


def test_a_sheet_that_calls_a_column_otherwise_is_asked_about(client, staff):
    sheets = [
        ("A", [[*BOARD, "No HP"], [*CHAIR, "081300001111"]]),
        ("B", [[*BOARD, "Dihubungi di"], [*CLERK, "081300002222"]]),
    ]
    run = uploaded("boards", book(*sheets), staff)
    form = client.get(page("import_columns", run)).context["form"]
    assert (form.fields["s1_phone"].label, form.initial.get("s1_phone")) == ("Nomor HP di lembar B", None)
    answer = client.post(page("import_columns", run), sent(run))
    assert "s1_phone" in answer.context["form"].errors
    assert "Lembar B tidak mempunyai judul itu. Pilih kolom yang memuat Nomor HP." in answer.text
    client.post(page("import_columns", run), sent(run) | {"s1_phone": "dihubungidi"})
    save(work(run), staff)
    assert dict(Member.objects.values_list("person__name", "person__phone")) == {
        "Karto": "+6281300001111",
        "Lastri": "+6281300002222",
    }


def test_a_sheet_may_be_said_to_lack_a_column(client, staff):
    sheets = [("A", [[*BOARD, "Dusun"], [*CHAIR, "I"]]), ("B", [[*BOARD, "Catatan lain"], [*CLERK, "baru"]])]
    run = uploaded("boards", book(*sheets), staff)
    client.post(page("import_columns", run), sent(run) | {"s1_hamlet": "-"})
    run = work(run)
    assert run.mapping["hamlet"] == {"title": "dusun", "absent": ["B"]}
    assert [row.understood.get("hamlet") for row in run.rows.all()] == ["I", None]
    form = client.get(page("import_columns", run)).context["form"]
    assert form["s1_hamlet"].initial == "-"  # the answer stays


def test_titles_in_two_lines_are_shown_and_may_be_corrected(client, staff):
    head = [[*BOARD[:4], "Masa bakti", None], [None] * 4 + ["Jabatan", "TMT"]]
    run = uploaded("boards", workbook([*head, CHAIR], merged=["A1:A2", "B1:B2", "C1:C2", "D1:D2", "E1:F1"]), staff)
    text = client.get(page("import_sheets", run)).text
    assert "Baris 1 sampai 2 berisi: Desa, Kelompok, Nama, L/P, Masa bakti Jabatan, Masa bakti TMT." in text
    client.post(page("import_sheets", run), {"use_0": "on", "header_0": "2", "lines_0": "1"})
    run.refresh_from_db()
    assert run.sheets == [{"name": "Rekap", "header": 2, "lines": 1}]
    choices = dict(client.get(page("import_columns", run)).context["form"].fields["c_post"].choices)
    assert [title for key, title in choices.items() if key] == [
        "Kolom “Jabatan”",
        "Kolom “TMT”",
        *(f"Kolom “{letter} (tanpa judul): {cell}”" for letter, cell in zip("ABCD", CHAIR, strict=False)),
    ]


def test_a_column_without_title_may_be_chosen_and_a_hidden_one_is_marked(client, staff):
    rows = [[*BOARD, None, "Dusun"], [*CHAIR, "081300001111", "I"]]
    run = uploaded("boards", workbook(rows, hidden_columns=[7]), staff)
    choices = dict(client.get(page("import_columns", run)).context["form"].fields["c_phone"].choices)
    assert (choices["kolomg"], choices["dusun"]) == (
        "Kolom “G (tanpa judul): 081300001111”",
        "Kolom “Dusun (tersembunyi)”",
    )
    client.post(page("import_columns", run), sent(run) | {"c_phone": "kolomg", "c_hamlet": "dusun"})
    save(work(run), staff)
    person = Member.objects.get().person
    assert (person.phone, person.hamlet) == ("+6281300001111", "I")
    again = uploaded("boards", workbook(rows, hidden_columns=[7]), staff)
    assert again.mapping["hamlet"] == {"title": "dusun"}  # once chosen, remembered for such a file
    assert "hamlet" not in uploaded("boards", workbook(rows, hidden_columns=[0, 7]), staff).mapping


def test_a_line_that_was_no_data_is_made_data_and_answers_stay(client, staff):
    rows = [["Total", *CHAIR[1:2], "Jumlah", "L", "Anggota", "5-2-2019"], CLERK, CLERK]
    rows[0] = [None, None, "Jumlah", None, None, None]
    run = preview("boards", book(("P", [BOARD, *rows])), staff)
    assert [row.line for row in run.rows.all()] == [3, 4]
    lifecycle.choose_people(run, {2: "b1"})
    run = work(run)
    address = page("import_detail", run) + "?putusan=noise"
    assert 'name="data" value="2:P"' in client.get(address).text
    client.post(page("import_lines", run), {"tampil": ["2:P"], "data": ["2:P"]})
    run = work(run)
    assert [(row.line, row.choice) for row in run.rows.all()] == [(2, ""), (3, ""), (4, "b2")]
    assert "data menurut Anda" in client.get(address).text
    client.post(page("import_lines", run), {"tampil": ["2:P"]})
    run = work(run)
    assert ([row.choice for row in run.rows.all()], run.sheets) == (["", "b1"], [{"name": "P", "header": 1}])


def test_two_doubts_of_one_row_are_both_answered(client, staff):
    village = staff.district.subdistricts.get().villages.get(name="Karya Tani")
    known = [make.PersonFactory(name="Paimin", sex="L", village=village, district=staff.district) for _ in range(2)]
    later = [*CHAIR[:2], "Paimin", "L", "Ketua", "9-3-2022"]
    run = preview("boards", book(("P", [BOARD, CHAIR, later])), staff)
    assert run.rows.get(number=2).people
    client.post(page("import_choices", run), {"orang-2": str(known[1].pk)})
    run = work(run)
    row = run.rows.get(number=2)
    assert (row.verdict, row.recognised["kind"], row.person) == ("ask", "post", str(known[1].pk))
    text = client.get(page("import_detail", run)).text
    assert ('name="orang-2"' in text, 'name="jawab-2"' in text) == (True, True)
    client.post(page("import_choices", run), {"orang-2": str(known[1].pk), "jawab-2": "ends"})
    run = work(run)
    assert figures(run) == {"rows": 2, "new": 1, "change": 1}
    save(run, staff)
    held = Member.objects.order_by("starts_on").values_list("person_id", "ends_on")
    assert [pk for pk, _ in held][1:] == [known[1].pk]
    assert f"{held[0][1]:%d-%m-%Y}" == "08-03-2022"


def test_the_question_about_a_post_leaves_the_chosen_person(client, staff):
    village = staff.district.subdistricts.get().villages.get(name="Karya Tani")
    known = [make.PersonFactory(name="Paimin", sex="L", village=village, district=staff.district) for _ in range(2)]
    later = [*CHAIR[:2], "Paimin", "L", "Ketua", "9-3-2022"]
    run = preview("boards", book(("P", [BOARD, CHAIR, later])), staff)
    client.post(page("import_answers", run), {f"tanya-{run.rows.get(number=2).question}": str(known[0].pk)})
    run = work(run)
    client.post(page("import_answers", run), {"tanya-post": "ends"})
    run = work(run)
    assert (run.rows.get(number=2).choice, run.counts.get("ask")) == (f"{known[0].pk}+ends", None)


def test_a_demo_account_imports_marks_through_the_pages(client, staff, settings):
    settings.DEMO_MODE = True
    demo = make.AdminFactory(district=staff.district, is_sample=True)
    staff.district.trainings.update(is_sample=True)
    client.force_login(demo)
    file = SimpleUploadedFile("hadir.xlsx", workbook([PARTICIPANTS.head, *PARTICIPANTS.rows]))
    client.post(reverse("imports:import_create"), {"kind": "participants", "file": file})
    run = work(ImportRun.objects.get())
    client.post(page("import_columns", run), sent(run))
    run = work(run)
    assert "Simpan semua baris" in client.get(page("import_detail", run)).text
    client.post(page("import_apply", run), {"cara": "all"})
    assert work(run).step == "done"
    assert PARTICIPANTS.stored() == PARTICIPANTS.result
    assert set(Attendance.objects.values_list("participant__person__is_sample", flat=True)) == {True}
