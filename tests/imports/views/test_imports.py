"""Pages of an import."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from imports import registry
from imports.models import ImportRun
from imports.services import lifecycle
from imports.views.runs import template_columns
from records import exports
from tests import factories as make
from tests.imports.office import book, figures, imported, preview, save, undone, work, wrongs
from trainings.models import Participant
from villages.models import Village

pytestmark = pytest.mark.django_db

HEAD = ["Kode desa", "Desa", "Jumlah KK", "Tahun data penduduk"]
FILE = book(("Data", [HEAD, ["18.11.01.2001", "Wiralaga I", 820, 2025], ["18.11", "Rusak", 1, 2025]]))


@pytest.fixture
def staff(client):
    user = make.AdminFactory()
    make.SubdistrictFactory(code="18.11.01", name="Mesuji", district=user.district)
    client.force_login(user)
    return user


def page(name, *args):
    return reverse(f"imports:{name}", args=args)


def upload(client, content=FILE, name="desa.xlsx", kind="villages"):
    return client.post(page("import_create"), {"kind": kind, "file": SimpleUploadedFile(name, content)})


def test_from_the_file_to_the_villages_and_back(client, staff):
    answer = upload(client)
    run = ImportRun.objects.get()
    assert answer["Location"] == page("import_columns", run.pk)
    assert "Berkas sedang dibaca" in client.get(answer["Location"]).content.decode()
    work(run)
    shown = client.get(answer["Location"]).content.decode()
    assert "Kolom “Kode desa”" in shown
    sent = {f"c_{name}": how["title"] for name, how in run.mapping.items()}
    assert client.post(page("import_columns", run.pk), sent)["Location"] == page("import_detail", run.pk)
    assert "Menunggu giliran" in client.get(page("import_detail", run.pk)).content.decode()

    work(run)
    shown = client.get(page("import_detail", run.pk)).content.decode()
    assert "Kode desa (A3): Kode desa “18.11” salah. Tulis seperti 18.11.01.2001." in shown
    assert "Simpan hanya baris yang benar" in shown
    assert "Simpan semua baris" not in shown
    client.post(page("import_apply", run.pk), {"cara": "good"})
    work(run)
    assert Village.objects.get().name == "Wiralaga I"
    shown = client.get(page("import_detail", run.pk)).content.decode()
    assert "Urungkan impor" in shown
    client.post(page("import_undo", run.pk))
    work(run)
    assert (run.step, Village.objects.count()) == ("undone", 0)


def test_all_or_nothing_with_errors_saves_nothing(client, staff):
    run = preview("villages", FILE, staff)
    client.post(page("import_apply", run.pk), {"cara": "all"})
    run.refresh_from_db()
    assert (run.step, run.state) == ("preview", "ready")


@pytest.mark.parametrize(("query", "count"), [("?jenis=villages", 1), ("", len(registry.adapters()))])
def test_the_form_leads_to_the_template_of_the_chosen_kind(client, staff, query, count):
    form = client.get(page("import_create") + query).content.decode()
    assert page("import_template", "villages") in form
    assert form.count(page("import_template", "x")[:-2]) == count


def test_a_refused_file_is_told_at_its_field(client, staff):
    answer = upload(client, b"<html><table></table></html>")
    assert answer.status_code == 422
    assert "halaman web atau XML" in answer.context["form"].errors["file"][0]
    assert upload(client, FILE, kind="apa").status_code == 422
    assert client.post(page("import_create")).status_code == 422


def test_the_file_of_bad_rows_tells_why_and_comes_in_again_when_mended(client, staff):
    run = preview("villages", FILE, staff)
    answer = client.get(page("import_errors", run.pk))
    sheet = load_workbook(io.BytesIO(answer.getvalue()))["Data"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows[0] == [*HEAD, "Alasan tidak disimpan"]
    assert rows[1][:4] == ["18.11", "Rusak", 1, 2025]
    assert rows[1][4].startswith("Data, baris 3: Kode desa (A3): Kode desa “18.11” salah.")
    rows[1][0] = "18.11.01.2002"
    again = imported("villages", book(("Data", rows)), staff)
    assert figures(again) == {"rows": 1, "created": 1}


def test_formulas_of_a_file_stay_text_in_the_file_of_bad_rows(client, staff):
    run = preview("villages", book(("Data", [HEAD, ["=1+1", "+cmd|x", 1, 2025]])), staff)
    answer = client.get(page("import_errors", run.pk))
    sheet = load_workbook(io.BytesIO(answer.getvalue()))["Data"]
    assert [cell.data_type for cell in sheet[2]][1] == "s"


def test_a_list_of_imports_asks_as_many_questions_for_5_as_for_1(client, staff, django_assert_max_num_queries):
    make.ImportRunFactory(by=staff)
    with django_assert_max_num_queries(8):
        client.get(page("import_list"))
    for _ in range(4):
        make.ImportRunFactory()
    with django_assert_max_num_queries(8):
        assert client.get(page("import_list")).context["page_obj"].paginator.count == 5


def test_a_preview_asks_as_many_questions_for_5_rows_as_for_1(client, staff, django_assert_max_num_queries):
    run = make.ImportRunFactory(by=staff)
    make.ImportRowFactory(run=run)
    with django_assert_max_num_queries(10):
        client.get(page("import_detail", run.pk))
    for _ in range(4):
        make.ImportRowFactory(run=run)
    with django_assert_max_num_queries(10):
        assert len(client.get(page("import_detail", run.pk)).context["page_obj"]) == 5


def test_a_preview_shows_the_telephone_number_as_it_will_be_stored(client, staff):
    village = make.VillageFactory(code="18.11.01.2001", name="Wiralaga I")
    make.GroupFactory(village=village, name="Tirta")
    rows = [
        ["Desa", "Nama", "L/P", "No HP", "Jabatan", "TMT"],
        ["Wiralaga I", "Siti", "P", "081234567890", "Ketua", "1-1-2018"],
    ]
    run = preview("boards", book(("P", rows)), staff)
    row = client.get(page("import_detail", run.pk)).context["page_obj"][0]
    assert ("Nomor HP", "0812-3456-7890", "081234567890", "") in row.fields


def test_choices_of_persons_are_sent_from_the_preview(client, staff):
    village = make.VillageFactory(code="18.11.01.2001", name="Wiralaga I")
    group = make.GroupFactory(village=village, name="Tirta")
    known = [make.PersonFactory(name="Siti", village=village, district=staff.district) for _ in range(2)]
    rows = [["Desa", "Nama", "L/P", "Jabatan", "TMT"], ["Wiralaga I", "Siti", "P", "Ketua", "1-1-2018"]]
    run = preview("boards", book(("P", rows)), staff)
    assert 'name="orang-1"' in client.get(page("import_detail", run.pk)).content.decode()
    client.post(page("import_choices", run.pk), {"orang-1": str(known[1].pk), "orang-x": "1", "orang-99999999999": "2"})
    run = work(run)
    client.post(page("import_apply", run.pk), {"cara": "all"})
    work(run)
    assert group.members.get().person == known[1]


def filled(adapter) -> bytes:
    """The portal's template file, filled with its examples."""
    table = exports.Table("Templat", template_columns(adapter), [], 0)
    workbook = load_workbook(exports.xlsx(table))
    for place, column in enumerate(adapter.columns, 1):
        if column.example != "":
            workbook["Data"].cell(2, place, column.example)
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def test_the_templates_import_clean(staff):
    """Imports each in turn, as an office fills its portal; then each file again, which changes nothing; then undoes
    them.
    """
    training = make.TrainingFactory(
        title="Pelatihan Peningkatan Kapasitas KPSPAMS", fiscal_year=2018, district=staff.district
    )
    for day in range(1, 4):
        make.TrainingSessionFactory(day=make.TrainingDayFactory(training=training, date=f"2018-12-{day:02}"))
    runs = []
    for adapter in registry.adapters():
        run = preview(adapter.kind, filled(adapter), staff)
        assert wrongs(run) == []
        run = save(run, staff)
        assert figures(run) == {"rows": 1, "created": 1}, adapter.kind
        assert run.mapping == {
            column.name: {"title": how} for column, how in zip(adapter.columns, titles(run), strict=True)
        }
        runs.append(run)
    for adapter in registry.adapters():
        assert figures(preview(adapter.kind, filled(adapter), staff)) == {"rows": 1, "same": 1}, adapter.kind
    assert Participant.objects.get().attendances.count() == 3
    for run in reversed(runs):
        assert undone(run, staff).step == "undone"
    assert not Village.objects.exists()


def titles(run):
    return [how["title"] for how in (run.mapping[column.name] for column in registry.adapter(run.kind).columns)]


def test_a_template_tells_each_column(client, staff):
    answer = client.get(page("import_template", "groups"))
    workbook = load_workbook(io.BytesIO(answer.getvalue()))
    labels = [cell.value for cell in workbook["Data"][1]]
    assert labels == [column.label for column in registry.adapter("groups").columns]
    assert client.get(page("import_template", "apa")).status_code == 404


def test_pages_of_a_step_that_is_over_lead_to_the_import(client, staff):
    run = make.ImportRunFactory(step="done", file="")
    for name in ("import_sheets", "import_columns"):
        assert client.get(page(name, run.pk))["Location"] == page("import_detail", run.pk)
    gone = make.ImportRunFactory(file="", contents={})
    assert client.get(page("import_columns", gone.pk))["Location"] == page("import_detail", gone.pk)
    assert "Unggah lagi berkasnya" in client.get(page("import_detail", gone.pk)).text


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"c_village": ""}, "c_village"),
        ({"c_village": "desa", "c_village_code": "desa"}, "c_village"),
        ({"c_village": "desa", "f_fiscal_year": "kapan"}, "f_fiscal_year"),
        ({"c_village": "entah"}, "c_village"),
    ],
)
def test_a_wrong_mapping_is_told_at_its_field(client, staff, sent, field):
    upload(client)
    run = work(ImportRun.objects.get())
    answer = client.post(page("import_columns", run.pk), sent)
    assert (answer.status_code, field in answer.context["form"].errors) == (422, True)


def test_sheets_are_chosen_on_their_page(client, staff):
    content = book(("A", [["x"]]), ("B", [["Judul"], HEAD, ["18.11.01.2001", "Wiralaga I"]]))
    upload(client, content)
    run = work(ImportRun.objects.get())
    assert client.post(page("import_sheets", run.pk), {}).status_code == 422
    client.post(page("import_sheets", run.pk), {"use_1": "on", "header_1": "2"})
    run.refresh_from_db()
    assert run.sheets == [{"name": "B", "header": 2}]


def test_the_preview_says_what_was_filled_and_what_is_not_used(client, staff):
    head = ["Kecamatan", "Kode desa", "Desa", "Iuran", "Kas"]
    rows = [["Mesuji", "18.11.01.2001", "Wiralaga I", 5000, 7], [None, "18.11.01.2002", "Wiralaga II", 5000, 7]]
    run = preview("villages", book(("Data", [head, *rows, ["JUMLAH", None, None, 10000, 14]])), staff)
    text = client.get(page("import_detail", run.pk)).text
    second = client.get(page("import_detail", run.pk)).context["page_obj"][1]
    assert second.fields[2] == ("Kecamatan", "Mesuji", "", "diisi dari baris di atas")
    assert "(diisi dari baris di atas)" in text
    assert "Kolom yang tidak dipakai: Iuran, Kas." in text
    assert "jumlah: baris 4" in text
    assert "Kolom berkas yang belum dipakai: Iuran, Kas." in client.get(page("import_columns", run.pk)).text


def test_a_question_about_codes_leads_to_columns_without_them(client, staff):
    names = ["Budi Aji", "Brabasan", "Muara Tenang"]
    for number, name in enumerate(names, 1):
        make.VillageFactory(code=f"18.11.01.200{number}", name=name, subdistrict__code="18.11.01")
    rows = [["kode", "desa"], *([f"181101000{number}", name] for number, name in enumerate(names, 1))]
    run = preview("villages", book(("Data", rows)), staff)
    text = client.get(page("import_detail", run.pk)).text
    assert "3 dari 3 nama desa tercatat di portal dengan kode lain." in text
    assert f"{page('import_columns', run.pk)}?tanpa=village_code" in text
    form = client.get(page("import_columns", run.pk), {"tanpa": "village_code"}).context["form"]
    assert (form["c_village_code"].value(), form["c_village"].value()) == ("", "desa")


def test_a_person_chooses_what_parts_a_csv_and_that_it_has_no_titles(client, staff):
    content = b"18.11.01.2001|Wiralaga, I\n18.11.01.2002|Wiralaga, II\n"
    upload(client, content, "desa.csv")
    run = work(ImportRun.objects.get())
    assert run.sheets == [{"name": "CSV", "header": 0}]
    data = {"use_0": "on", "header_0": "0", "sign": "garis"}
    client.post(page("import_sheets", run.pk), data)
    work(run)
    assert run.sheets == [{"name": "CSV", "header": 0, "sign": "|"}]
    form = client.get(page("import_columns", run.pk)).context["form"]
    assert ("koloma", "Kolom “A: 18.11.01.2001”") in form.fields["c_village_code"].choices
    lifecycle.map_columns(run, {"village_code": {"title": "koloma"}, "village": {"title": "kolomb"}}, by=staff)
    assert [row.raw["village"] for row in work(run).rows.order_by("number")] == ["Wiralaga, I", "Wiralaga, II"]
