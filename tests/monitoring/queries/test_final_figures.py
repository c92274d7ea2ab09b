"""Angka yang ditetapkan and the public page: frozen figures, the right to set them, and figures without a login."""

import csv
import io
from datetime import date

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from accounts.models import DistrictSettings
from monitoring.models import FinalFigures
from monitoring.queries import final_figures, stage_counts
from monitoring.queries.chain import chains_of
from monitoring.queries.coverage import Registry
from records import samples
from tests import factories as make
from tests.pages import errors, send
from villages.models import Village

pytestmark = pytest.mark.django_db
DAY = date(2025, 12, 31)
CREATE = reverse("monitoring:figures_create")


@pytest.fixture
def district():
    return make.DistrictFactory()


@pytest.fixture
def admin(client, district):
    admin = make.AdminFactory(district=district)
    client.force_login(admin)
    return admin


@pytest.fixture
def village(district):
    """A village of a cohort with working water, with a group and its chair, whose name is never public."""
    village = make.VillageFactory(name="Contoh Satu", households=200, people=800, figures_year=2024)
    make.GrantAwardFactory(village=village)
    group = make.GroupFactory(village=village)
    make.MemberFactory(group=group, person__name="Sumarni Wijaya")
    facility = make.FacilityFactory(village=village)
    make.ConditionCheckFactory(facility=facility, checked_on=date(2025, 11, 1), households=50, people=200)
    return village


def opened(district, **switches):
    DistrictSettings.objects.create(district=district, **({"public_page": True} | switches))
    return FinalFigures.objects.create(
        district=district, as_of=DAY, figures=final_figures.compute(district, DAY), note="Rekonsiliasi Desember"
    )


def page(district, name="public_page"):
    return reverse(f"monitoring:{name}", args=[district.code])


def test_frozen_figures_are_those_of_chain_and_coverage(district, village):
    make.VillageFactory(name="Bukan Sasaran")
    kept = final_figures.compute(district, DAY)
    chains = chains_of(Village.objects.filter(pk=village.pk).select_related("subdistrict__district"), DAY)
    total = Registry(Village.objects.all()).as_of(DAY)[1]
    figures = kept["figures"]
    assert figures["desa_sasaran"] == len(chains) == 1
    assert {key: figures[name] for key, name in final_figures.STAGE_FIGURES.items()} == {
        stage.key: stage.reached for stage in stage_counts.stage_counts(chains)
    }
    assert (figures["kk_terlayani"], figures["kk_terlayani_persen"]) == (total.households, float(total.household_share))
    assert (figures["spam"], figures["spam_berfungsi"], figures["kpspams"], figures["pelatihan"]) == (1, 1, 1, 0)
    assert sum(row["figures"]["spam"] for row in kept["subdistricts"]) == figures["spam"]
    assert [(row["code"], row["state"]) for row in kept["villages"]] == [(village.code, "done")]


def test_sample_rows_do_not_count_outside_the_demo(district, settings):
    make.FacilityFactory(village=make.VillageFactory(is_sample=True), is_sample=True)
    assert final_figures.compute(district, DAY)["figures"]["spam"] == 0
    settings.DEMO_MODE = True
    kept = final_figures.compute(district, DAY)
    assert (kept["figures"]["spam"], kept["sample"]) == (1, True)


def test_looked_at_first_then_set_once(client, admin, district, village):
    sent = {"as_of": "2025-12-31", "note": "Rekonsiliasi"}
    answer = send(client, CREATE, **sent)
    assert answer.status_code == 200
    assert "Yang akan ditetapkan" in answer.content.decode()
    assert not FinalFigures.objects.exists()
    assert send(client, CREATE, **sent, tetapkan="ya").status_code == 302
    final = FinalFigures.objects.get()
    assert (final.as_of, final.recorded_by, final.figures) == (DAY, admin, final_figures.compute(district, DAY))
    again = send(client, CREATE, **sent, tetapkan="ya")
    assert errors(again) == {"as_of": ["Angka per tanggal itu sudah ditetapkan. Cabut dahulu bila keliru."]}


def test_an_account_of_the_demo_may_set_them(client, admin, district, settings):
    settings.DEMO_MODE = True
    admin.is_sample = True
    admin.save()
    assert send(client, CREATE, as_of="2025-12-31", tetapkan="ya").status_code == 302
    assert samples.is_sample(FinalFigures.objects.get())


@pytest.mark.parametrize("day", ["2999-01-01", "bukan tanggal", ""])
def test_a_day_that_cannot_be_is_told_at_its_field(client, admin, day):
    assert list(errors(send(client, CREATE, as_of=day, tetapkan="ya"))) == ["as_of"]


def test_later_changes_do_not_move_what_is_frozen(client, district, village):
    opened(district)
    make.ConditionCheckFactory(facility=village.facilities.get(), checked_on=DAY, functioning="tidak")
    figures = client.get(page(district, "public_json")).json()["angka"]
    assert figures["spam_berfungsi"] == 1


def test_closed_unless_the_kabupaten_opens_it(client, district, village):
    final = opened(district, public_page=False)
    for name in ("public_page", "public_json", "public_csv", "public_metadata"):
        assert client.get(page(district, name)).status_code == 404
    assert district.name not in client.get(reverse("monitoring:public_list")).content.decode()
    DistrictSettings.objects.update(public_page=True)
    assert client.get(page(district)).status_code == 200
    FinalFigures.objects.filter(pk=final.pk).update(withdrawn_at="2026-01-01T00:00:00Z")
    assert "Belum ada angka yang ditetapkan" in client.get(page(district)).content.decode()
    assert client.get(page(district, "public_csv")).status_code == 404


def test_villages_only_behind_the_second_switch_and_no_name_of_a_person(client, district, village):
    opened(district)
    for switch in (False, True):
        DistrictSettings.objects.update(public_functioning=switch)
        texts = [
            client.get(page(district, name)).content.decode() for name in ("public_page", "public_json", "public_csv")
        ]
        assert [village.code in text for text in texts] == [switch] * 3
        assert not any("Sumarni" in text for text in texts)


def test_page_csv_and_json_say_the_same(client, district, village):
    final = opened(district, public_functioning=True)
    figures = client.get(page(district, "public_json")).json()["angka"]
    assert figures == final.figures["figures"]
    text = client.get(page(district, "public_csv")).content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    of_district = {row["indikator"]: row["nilai"] for row in rows if row["tingkat"] == "kabupaten"}
    assert of_district == {key: "" if value is None else str(value) for key, value in figures.items()}
    assert {row["keadaan_per"] for row in rows if row["tingkat"] != "desa"} == {"2025-12-31"}
    metadata = client.get(page(district, "public_metadata")).content.decode("utf-8-sig")
    explained = [row["indikator"] for row in csv.DictReader(io.StringIO(metadata))]
    assert explained == [concept.key for concept in final_figures.CONCEPTS]
    assert set(figures) == set(explained)
    shown = client.get(page(district)).content.decode()
    assert "Angka ditetapkan per 31 Desember 2025" in shown
    assert "50 KK" in shown


def test_a_name_that_looks_like_a_formula_stays_text_in_the_csv(client, district, village):
    Village.objects.update(name="=1+1")
    opened(district, public_functioning=True)
    text = client.get(page(district, "public_csv")).content.decode("utf-8-sig")
    assert "'=1+1" in text
    assert ",=1+1" not in text


def test_public_answers_are_cheap(client, district, village, django_assert_num_queries):
    opened(district, public_functioning=True)
    with django_assert_num_queries(2):
        client.get(page(district, "public_json"))


def test_withdrawn_once_with_an_event(client, admin, district):
    final = opened(district)
    address = reverse("monitoring:figures_withdraw", args=[final.pk])
    assert "kembali ke angka yang ditetapkan sebelumnya" in client.get(address).content.decode()
    for _ in range(2):
        assert client.post(address).status_code == 302
    final.refresh_from_db()
    assert final.withdrawn_at.date() <= localdate()
    assert [event.verb for event in final.events] == ["withdraw"]


UNKNOWN = (
    *("spam_berfungsi", "sr_aktif", "kk_terlayani", "jiwa_terlayani"),
    *("kk_terlayani_persen", "jiwa_terlayani_persen"),
)


def test_what_nobody_recorded_is_null_and_empty_not_zero(client, district):
    """A kecamatan without any data, and one whose only water system was never checked."""
    totals = {"households": 90, "people": 300, "figures_year": 2024}
    make.VillageFactory(subdistrict=make.SubdistrictFactory(code="18.11.03"), **totals)
    unchecked = make.VillageFactory(subdistrict=make.SubdistrictFactory(code="18.11.04"), **totals)
    make.FacilityFactory(village=unchecked)
    opened(district)
    found = client.get(page(district, "public_json")).json()
    for figures in (found["angka"], *(row["angka"] for row in found["kecamatan"])):
        assert [figures[key] for key in UNKNOWN] == [None] * len(UNKNOWN)
    lines = client.get(page(district, "public_csv")).content.decode("utf-8-sig").splitlines()
    values = {(cells[0], cells[3]): cells[4] for line in lines if (cells := line.split(","))}
    assert {values[code, key] for code in ("18.11", "18.11.03", "18.11.04") for key in UNKNOWN} == {""}
    assert (values["18.11.03", "spam"], values["18.11.04", "spam"]) == ("0", "1")
    text = client.get(page(district)).content.decode()
    assert text.count("belum ada data") >= 4 + 3 * 2


def test_the_day_of_setting_is_the_day_in_wib(client, district, village):
    """Set in the first hours of New Year in WIB, while it is still the old year in UTC."""
    opened(district)
    FinalFigures.objects.update(recorded_at="2025-12-31T18:30:00Z")
    assert {row["ditetapkan_pada"] for row in client.get(page(district, "public_json")).json()["metadata"]} == {
        "2026-01-01"
    }
