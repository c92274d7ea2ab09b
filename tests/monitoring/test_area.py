"""Shared filters of monitoring: the remaining villages, and links that pass the filters on."""

import re
from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest
from django.http import QueryDict
from django.urls import reverse

from monitoring.forms.area import AreaFilter
from monitoring.forms.digest import DigestFilter
from monitoring.queries.area import Area, VillageArea
from monitoring.templatetags.area import PAGES, area_list
from tests import factories as make

pytestmark = pytest.mark.django_db


def left(query, user=None):
    """The names of the filtered villages; asserts that the form of a page and a stored filter agree."""
    user, parameters = user or make.UserFactory(), QueryDict(query)
    area = AreaFilter(parameters, user=user).area
    assert Area.of(parameters, user) == area
    return sorted(village.name for village in area.villages())


@pytest.fixture
def villages():
    """A: TA 2017 of one programme; B: TA 2018 of another, in a different kecamatan; C: no grant, a SPAM of 2020."""
    first, second = make.ProgrammeFactory(), make.ProgrammeFactory(code="DAK")
    one, two, three = (
        make.VillageFactory(name="A"),
        make.VillageFactory(name="B", subdistrict=make.SubdistrictFactory(code="18.11.09")),
        make.VillageFactory(name="C"),
    )
    make.GrantAwardFactory(village=one, fiscal_year=2017, programme=first)
    make.GrantAwardFactory(village=two, fiscal_year=2018, programme=second)
    make.FacilityFactory(village=three, built_year=2020)
    return {"A": one, "B": two, "C": three, "first": first, "second": second}


def test_each_filter_narrows_and_nonsense_does_not(villages):
    place = villages["B"].subdistrict
    assert left("") == left("ta=semua&kecamatan=x&program=0&fasilitator=99&tahun=abc") == ["A", "B", "C"]
    assert left("ta=2017") == ["A"]
    assert left("ta=spam") == ["C"]
    assert left("ta=spam&per=2019-12-31") == []
    assert left(f"kecamatan={place.pk}") == ["B"]
    assert left(f"program={villages['second'].pk}") == ["B"]
    assert left(f"program={villages['first'].pk}&ta=2018") == []


def test_a_fasilitator_is_one_of_that_day(villages):
    worker = make.FacilitatorFactory()
    make.AssignmentFactory(user=worker, village=villages["A"], starts_on=date(2018, 1, 1), ends_on=date(2018, 12, 31))
    make.AssignmentFactory(user=worker, village=villages["B"], starts_on=date(2019, 1, 1))
    assert left(f"fasilitator={worker.pk}&per=2018-12-31") == ["A"]
    assert left(f"fasilitator={worker.pk}&per=2019-01-01") == ["B"]
    # A fasilitator has no choice of another one, and the parameter reveals no other villages.
    assert left("", worker) == ["B"]


def test_who_has_several_kabupaten_chooses_one_first(villages):
    elsewhere = make.VillageFactory(
        name="D", subdistrict=make.SubdistrictFactory(code="18.99.01", district=make.OtherDistrictFactory())
    )
    central = make.AdminFactory(all_districts=True, district=None)
    own = villages["A"].subdistrict.district
    assert left(f"kabupaten={elsewhere.subdistrict.district.pk}", central) == ["D"]
    open_form = AreaFilter(QueryDict(""), user=central)
    assert open_form["kecamatan"].is_hidden
    chosen = AreaFilter(QueryDict(f"kabupaten={own.pk}"), user=central)
    assert elsewhere.subdistrict not in chosen.fields["kecamatan"].queryset
    assert left(f"kecamatan={elsewhere.subdistrict.pk}", central) == ["D"]
    assert left(f"kecamatan={elsewhere.subdistrict.pk}") == ["A", "B", "C"]  # of another kabupaten: no choice


def carried_of(text, path):
    """The query of the link to that page among the tabs."""
    (link,) = set(re.findall(rf'href="({re.escape(path)}\?[^"]*)"[^>]*>(?:{"|".join(PAGES.values())})<', text))
    return {key: value for key, (value,) in parse_qs(urlsplit(link.replace("&amp;", "&")).query).items()}


@pytest.mark.parametrize("page", PAGES)
def test_every_page_hands_the_filters_on_to_every_other(villages, client, page):
    worker = make.FacilitatorFactory()
    make.AssignmentFactory(user=worker, village=villages["A"], starts_on=date(2018, 1, 1))
    plan = make.WorkPlanFactory(group__village=villages["A"], year=2019)
    requested = {
        "kecamatan": str(villages["A"].subdistrict.pk),
        "ta": "2017",
        "program": str(villages["first"].pk),
        "tahun": str(plan.year),
        "fasilitator": str(worker.pk),
        "per": "2019-12-31",
    }
    client.force_login(make.UserFactory())
    response = client.get(reverse(page), requested)
    text = response.content.decode()
    for other in PAGES:
        assert carried_of(text, reverse(other)) == requested
    assert dict(response.context["filters"].area.labels) == {
        "Desa": "Desa sasaran TA 2017",
        "Kecamatan": str(villages["A"].subdistrict),
        "Program": str(villages["first"]),
        "Tahun rencana kerja": "2019",
        "Fasilitator": str(worker),
        "Keadaan per": "31 Desember 2019",
    }


def test_beranda_without_a_question_hands_on_the_cohort_that_it_shows(villages, client):
    make.GroupFactory(village=villages["B"])  # a Beranda without any data shows the setup instead
    client.force_login(make.UserFactory())
    assert carried_of(client.get(reverse("monitoring:home")).content.decode(), "/temuan/") == {"ta": "2018"}
    assert carried_of(client.get(reverse("monitoring:findings")).content.decode(), "/cakupan/") == {"ta": "semua"}


@pytest.mark.parametrize(
    "per", ["", "2019-12-31", "31-12-2019", "1999-12-31", "2999-01-01", "besok", "2019-02-30", "-"]
)
@pytest.mark.parametrize("rest", ["", "ta=2017&tahun=2018", "ta=x&tahun=1800&program=1e3&kecamatan=0", "kabupaten=0"])
def test_a_stored_filter_means_what_the_form_means(villages, per, rest):
    for user in (make.UserFactory(), make.AdminFactory(all_districts=True, district=None)):
        parameters = QueryDict(f"per={per}&{rest}")
        assert Area.of(parameters, user) == AreaFilter(parameters, user=user).area
        assert Area.of_district(parameters, user) == DigestFilter(parameters, user=user).area


def test_of_district_is_one_kabupaten_and_its_newest_cohort(villages):
    elsewhere = make.VillageFactory(
        name="D", subdistrict=make.SubdistrictFactory(code="18.99.01", district=make.OtherDistrictFactory())
    )
    central = make.AdminFactory(all_districts=True, district=None)
    own = villages["A"].subdistrict.district
    area = Area.of_district({"kabupaten": str(own.pk)}, central)
    assert (area.within, area.cohort, [village.name for village in area.villages()]) == (own, "2018", ["B"])
    assert sorted(village.name for village in area.everywhere()) == ["A", "B", "C"]
    of_place = Area.of_district({"kecamatan": str(elsewhere.subdistrict.pk), "ta": "semua"}, central)
    assert (of_place.within, list(of_place.villages())) == (elsewhere.subdistrict.district, [elsewhere])
    foreign = Area.of_district({"kabupaten": str(elsewhere.subdistrict.district.pk)}, make.UserFactory())
    assert (foreign.within, foreign.district) == (own, None)


def test_of_village_keeps_only_the_day_and_the_year_of_the_plans(villages):
    stored = {"per": "2019-12-31", "tahun": "2019", "ta": "2018", "kecamatan": str(villages["B"].subdistrict.pk)}
    area = VillageArea.of_village(stored, make.UserFactory(), villages["A"])
    assert list(area.villages()) == list(area.everywhere()) == [villages["A"]]
    assert area.parameters == {"tahun": "2019", "per": "2019-12-31"}
    assert area.labels == [("Desa", str(villages["A"])), ("Keadaan per", "31 Desember 2019")]
    assert not VillageArea.of_village(stored, make.FacilitatorFactory(), villages["A"]).villages()


@pytest.mark.parametrize(
    ("query", "name", "handed"),
    [
        ("ta=2017&per=2018-12-31", "plans:realisation_list", "ta=2017&tahun=2018"),
        ("ta=semua", "plans:realisation_list", "tahun=2018"),
        ("ta=2017", "trainings:indicator_list", "sasaran=2017"),
        ("ta=semua", "trainings:indicator_list", ""),
        ("ta=semua", "monitoring:findings", "ta=semua"),
    ],
)
def test_a_list_outside_is_linked_in_its_own_words(client, villages, query, name, handed):
    user = make.UserFactory()
    address = urlsplit(area_list(AreaFilter(QueryDict(query), user=user), name, 2018))
    assert (address.path, parse_qs(address.query)) == (reverse(name), parse_qs(handed))
    client.force_login(user)
    assert not client.get(address.geturl()).context["filters"].errors
