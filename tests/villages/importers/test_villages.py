"""Import of villages and grants from files of offices."""

import pytest

from accounts.models import Subdistrict
from records.models import Event
from tests import factories as make
from tests.imports.office import book, figures, imported, preview, table, undone, wrongs
from villages.models import GrantAward, Village

pytestmark = pytest.mark.django_db

HEAD = ["Kode desa", "Desa", "Kecamatan", "Jumlah KK", "Jumlah jiwa", "Tahun data penduduk", "TA bantuan", "Program"]


@pytest.fixture
def staff():
    user = make.AdminFactory()
    make.SubdistrictFactory(code="18.11.01", name="Mesuji", district=user.district)
    make.SubdistrictFactory(code="18.11.02", name="Tanjung Raya", district=user.district)
    return user


def rows(*more):
    first = ["18.11.01.2001", "Wiralaga I", "Mesuji", 820, 2760, 2025, 2017, "Pamsimas III"]
    return book(("Data", [HEAD, first, *more]))


def test_new_villages_come_with_their_grant_and_history(staff):
    run = imported("villages", rows(), staff)

    assert figures(run) == {"rows": 1, "created": 1}
    village = Village.objects.get()
    assert (village.code, village.name, village.households, village.subdistrict.name) == (
        "18.11.01.2001",
        "Wiralaga I",
        820,
        "Mesuji",
    )
    award = GrantAward.objects.get()
    assert (award.village, award.fiscal_year, award.programme.code, award.scheme) == (
        village,
        2017,
        "PAMSIMAS-III",
        "reguler",
    )
    event = village.events.get()
    assert (event.verb, event.by, event.reason) == (Event.Verb.ADD, staff, f"Impor no. {run.pk}")


def test_an_empty_portal_gets_its_kecamatan_with_the_villages():
    admin = make.AdminFactory()
    second = ["18.11.01.2002", "Wiralaga II", "Kec. Mesuji", None, None, None, 2017, "Pamsimas III"]
    third = ["18.11.02.2001", "Wiralaga I", "Tanjung Raya", None, None, None, None, None]
    run = imported("villages", rows(second, third), admin)

    assert figures(run) == {"rows": 3, "created": 3}  # a name may repeat in another kecamatan
    assert list(Subdistrict.objects.values_list("code", "name")) == [
        ("18.11.01", "Mesuji"),
        ("18.11.02", "Tanjung Raya"),
    ]
    undone(run, admin)
    assert (Village.objects.count(), Subdistrict.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("code", "subdistrict", "sentence"),
    [
        ("18.11.09.2001", None, "Kecamatan 18.11.09 belum tercatat. Isi nama kecamatannya, maka kecamatan itu"),
        ("18.11.09.2001", "Tanjung Raya", "Kode 18.11.09.2001 bukan kode desa di Kecamatan Tanjung Raya (18.11.02)"),
        (None, "Bukan Ini", "Kecamatan “Bukan Ini” tidak ada di Kabupaten Mesuji. Yang ada: Mesuji, Tanjung Raya."),
    ],
)
def test_a_kecamatan_that_cannot_be_added_says_what_to_fill(staff, code, subdistrict, sentence):
    run = preview("villages", book(("Data", [HEAD[:3], [code, "Baru", subdistrict]])), staff)
    assert sentence in str(wrongs(run))


def test_the_same_file_twice_changes_nothing(staff):
    imported("villages", rows(), staff)
    events = Event.objects.filter(kind="villages.village").count()
    run = preview("villages", rows(), staff)

    assert figures(run) == {"rows": 1, "same": 1}
    assert Event.objects.filter(kind="villages.village").count() == events


def test_a_change_tells_old_and_new(staff):
    imported("villages", rows(), staff)
    content = book(("Data", [HEAD[:6], ["18.11.01.2001", "Wiralaga I", "Mesuji", "830", None, 2026]]))
    run = imported("villages", content, staff)

    assert figures(run) == {"rows": 1, "changed": 1}
    assert run.rows.get().changes == [["jumlah KK", "820", "830"], ["tahun data penduduk", "2025", "2026"]]
    assert Village.objects.get().people == 2760  # an empty cell erases nothing


def test_a_new_name_keeps_the_former_one(staff):
    imported("villages", rows(), staff)
    imported("villages", book(("Data", [HEAD[:3], ["18.11.01.2001", "Desa Wiralaga Satu", "Mesuji"]])), staff)
    village = Village.objects.get()
    assert (village.name, [name.name for name in village.names.all()]) == ("Wiralaga Satu", ["Wiralaga I"])


def test_every_error_is_told_at_once_at_its_cell(staff):
    content = book(
        (
            "Data",
            [
                HEAD,
                ["18.11.01.20", "Satu", "Mesuji"],
                ["18.12.01.2001", "Dua", "Mesuji"],
                ["18.11.02.2001", "Tiga", "Mesuji"],
                ["18.11.02.2002", "Empat", "Kec. Entah", "-5", "banyak", None, "kapan", "Pamsimas IX"],
                ["18.11.01.2005", None, "Mesuji", 10, 5],
            ],
        )
    )
    run = preview("villages", content, staff)

    assert figures(run) == {"rows": 5, "error": 5}
    assert [(line, column) for line, column, _ in wrongs(run)] == [
        (2, "village_code"),
        (3, "village_code"),
        (4, "village_code"),
        (5, "households"),
        (5, "people"),
        (5, "fiscal_year"),
        (5, "subdistrict"),
        (5, "programme"),
        (6, "village"),
        (6, "figures_year"),
        (6, "people"),
    ]
    assert wrongs(run)[0][2] == "Kode desa “18.11.01.20” salah. Tulis seperti 18.11.01.2001."
    assert not Village.objects.exists()


def test_good_rows_only_leaves_the_bad_ones_out(staff):
    run = imported("villages", rows(["18.11.01.20", "Rusak", "Mesuji"]), staff, mode="good")
    assert figures(run) == {"rows": 2, "created": 1, "skipped": 1}
    assert run.counts["rows"] == sum(run.counts[name] for name in ("created", "changed", "same", "skipped"))


def test_undo_takes_everything_back_and_tells_it(staff):
    run = imported("villages", rows(), staff)
    pk = Village.objects.get().pk
    run = undone(run, staff)
    assert (run.step, run.error) == ("undone", "")
    assert (Village.objects.count(), GrantAward.objects.count()) == (0, 0)
    verbs = Event.objects.filter(kind="villages.village", object_id=pk).order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["add", "delete"]


def test_undo_gives_changed_rows_their_old_values(staff):
    imported("villages", rows(), staff)
    content = book(("Data", [HEAD[:6], ["18.11.01.2001", "Wiralaga I", "Mesuji", 830, 2800, 2026]]))
    undone(imported("villages", content, staff), staff)
    village = Village.objects.get()
    assert (village.households, village.people, village.figures_year, village.version) == (820, 2760, 2025, 3)


def test_undo_is_refused_when_something_was_built_on_it(staff):
    run = imported("villages", rows(), staff)
    group = make.GroupFactory(village=Village.objects.get())
    run = undone(run, staff)
    assert (run.step, Village.objects.count()) == ("done", 1)
    assert f"KPSPAMS “{group}” memakai desa “Desa Wiralaga I”." in run.error


def test_undo_is_refused_when_a_row_was_changed_since(staff):
    run = imported("villages", rows(), staff)
    village = Village.objects.get()
    village.postal_code = "34697"
    village.change(by=staff)
    run = undone(run, staff)
    assert run.step == "done"
    assert "desa “Desa Wiralaga I” sudah diubah sesudah impor ini." in run.error


def test_titles_merged_above_numbers_below_and_a_sum_are_no_rows(staff):
    content = book(
        (
            "Sheet1",
            [
                ["DAFTAR DESA PENERIMA PAMSIMAS"],
                ["KABUPATEN MESUJI TA 2017"],
                [],
                ["No", "KODE WIL", "NAMA DESA/KELURAHAN", "KEC", "KK"],
                [1, 2, 3, 4, 5],
                [1, 1811012001, "Ds. Wiralaga I", "Kec. Mesuji", None],
                [2, "18 11 01 2002", "Desa Wiralaga II", None, None],
                [None, "JUMLAH", None, None, 0],
            ],
        )
    )
    run = imported("villages", content, staff, fixed={"fiscal_year": "2017", "programme": "pamsimas iii"})
    assert figures(run) == {"rows": 2, "created": 2, "ignored": 2}
    assert list(Village.objects.values_list("code", "name")) == [
        ("18.11.01.2001", "Wiralaga I"),
        ("18.11.01.2002", "Wiralaga II"),
    ]
    assert GrantAward.objects.filter(fiscal_year=2017).count() == 2


def test_one_sheet_for_each_kecamatan(staff):
    content = book(
        ("Mesuji", [["Kode desa", "Desa"], ["18.11.01.2001", "Wiralaga I"]]),
        ("Tanjung Raya", [["Desa", "Kode desa"], ["Brabasan", "18.11.02.2001"]]),
        ("Catatan", [["dibuat oleh staf"]]),
    )
    run = imported("villages", content, staff)
    assert [sheet["name"] for sheet in run.sheets] == ["Mesuji", "Tanjung Raya"]
    assert run.mapping["subdistrict"] == {"title": "@lembar"}
    assert list(Village.objects.values_list("name", "subdistrict__name")) == [
        ("Wiralaga I", "Mesuji"),
        ("Brabasan", "Tanjung Raya"),
    ]


@pytest.mark.parametrize(("sign", "encoding"), [(";", "cp1252"), (",", "utf-8-sig"), ("\t", "utf-16")])
def test_csv_in_each_dress(staff, sign, encoding):
    content = table([HEAD[:3], ["18.11.01.2001", "Wiralaga Ï", "Mesuji"]], sign, encoding)
    imported("villages", content, staff, name="desa.csv")
    assert Village.objects.get().name == "Wiralaga Ï"


def test_two_rows_that_disagree_about_one_village(staff):
    content = rows(["18.11.01.2001", "Wiralaga I", "Mesuji", 999, 2760, 2025, 2018, "Pamsimas III"])
    run = preview("villages", content, staff)
    assert wrongs(run) == [(3, "", "Isi jumlah KK berbeda dengan baris 2 untuk data yang sama.")]


def test_a_name_that_two_villages_bear_asks_for_the_kecamatan(staff):
    for code in ("18.11.01", "18.11.02"):
        subdistrict = staff.district.subdistricts.get(code=code)
        make.VillageFactory(code=f"{code}.2001", name="Mekar Jaya", subdistrict=subdistrict)
    run = preview("villages", book(("D", [["Desa", "Kode pos"], ["Mekar Jaya", "34697"]])), staff)
    assert wrongs(run) == [
        (
            2,
            "village",
            "Ada 2 desa bernama “Mekar Jaya”: 18.11.01.2001 (Kecamatan Mesuji); 18.11.02.2001 (Kecamatan Tanjung "
            "Raya). Isi kecamatan atau kode desanya.",
        )
    ]


def test_sample_villages_take_no_real_rows(staff):
    make.VillageFactory(
        code="18.11.01.2001", name="Wiralaga I", subdistrict=staff.district.subdistricts.first(), is_sample=True
    )
    run = preview("villages", rows(), staff)
    assert wrongs(run)[0][2] == "Desa Wiralaga I adalah DATA CONTOH dan tidak dapat dipakai untuk data sebenarnya."
