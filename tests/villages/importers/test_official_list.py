"""Import of villages beside the official list: codes of other lists, former names, new codes."""

import pytest

from tests import factories as make
from tests.imports.office import figures, imported, preview, table, wrongs
from villages.models import VillageName

pytestmark = pytest.mark.django_db

LIST = ["Budi Aji", "Brabasan", "Kebun Dalam", "Muara Tenang"]


@pytest.fixture
def staff():
    user = make.AdminFactory()
    make.SubdistrictFactory(code="18.11.01", name="Mesuji", district=user.district)
    return user


@pytest.fixture
def official(staff):
    """Villages of the official list, one of them with a former name."""
    subdistrict = make.SubdistrictFactory(code="18.11.04", name="Simpang Pematang", district=staff.district)
    found = [
        make.VillageFactory(code=f"18.11.04.200{number}", name=name, subdistrict=subdistrict)
        for number, name in enumerate(LIST, 1)
    ]
    VillageName(village=found[2], name="Kebun Dalem").add(by=None)
    return found


def test_codes_of_bps_are_one_question(staff, official):
    rows = [["kode", "desa"], *([f"181102000{number}", name] for number, name in enumerate(LIST, 5))]
    run = preview("villages", table(rows), staff, name="desa.csv")
    assert figures(run)["error"] == 4
    assert {sentence.partition(":")[0] for _, _, sentence in wrongs(run)} == {
        f"“181102000{number}” tampaknya kode BPS" for number in range(5, 9)
    }
    assert run.reading["question"]["column"] == "village_code"
    assert run.reading["question"]["text"].startswith("4 dari 4 nama desa tercatat di portal dengan kode lain.")
    run = preview("villages", table([["desa"], *([name] for name in LIST)]), staff, name="desa.csv")
    assert (run.counts["same"], run.reading["question"]) == (4, None)


def test_codes_of_another_list_that_look_like_ours_are_one_question(staff, official):
    rows = [["kode", "desa"], *([f"18.11.01.100{number}", name] for number, name in enumerate(LIST, 1))]
    run = preview("villages", table(rows), staff, name="desa.csv")
    assert run.reading["question"]["text"].startswith("4 dari 4 nama desa")
    assert "new" not in figures(run)


@pytest.mark.parametrize("name", ["Kebun Dalem", "Desa Kebun Dalam", "KEBUN DALAM"])
def test_a_former_name_beside_a_code_renames_nothing(staff, official, name):
    run = preview("villages", table([["kode", "desa"], ["18.11.04.2003", name]]), staff, name="desa.csv")
    assert figures(run) == {"rows": 1, "same": 1}


def test_the_name_of_another_village_beside_a_code_is_wrong(staff, official):
    run = preview("villages", table([["kode", "desa"], ["18.11.04.2003", "Brabasan"]]), staff, name="desa.csv")
    ((line, column, sentence),) = wrongs(run)
    assert (line, column) == (2, "village")
    assert sentence.startswith("Kode 18.11.04.2003 adalah Desa Kebun Dalam, sedangkan “Brabasan” adalah")


def test_a_rename_is_a_change(staff, official):
    content = table([["kode", "desa"], ["18.11.04.2003", "Kebun Makmur"]])
    run = imported("villages", content, staff, name="desa.csv")
    assert figures(run) == {"rows": 1, "changed": 1}
    official[2].refresh_from_db()
    assert official[2].name == "Kebun Makmur"
    assert figures(preview("villages", content, staff, name="desa.csv")) == {"rows": 1, "same": 1}


def test_a_new_code_needs_an_admin(staff, official):
    clerk = make.UserFactory(district=staff.district)
    content = table([["kode", "desa"], ["18.11.04.2009", "Desa Baru"]])
    assert wrongs(preview("villages", content, clerk, name="desa.csv")) == [
        (2, "village_code", "Kode desa 18.11.04.2009 belum tercatat. Hanya admin yang dapat menambah desa baru.")
    ]
    assert figures(preview("villages", content, staff, name="desa.csv")) == {"rows": 1, "new": 1}
