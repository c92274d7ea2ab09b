"""The global search: in scope, tolerant of spelling, with the counts of the lists behind it."""

from datetime import date

import pytest
from django.urls import reverse

from accounts.search import search
from reports.models import Report
from tests import factories as make

PAGE = reverse("monitoring:search")


def names(found):
    return {part.title: [hit.label for hit in part.hits] for part in found}


@pytest.fixture
def dataset(db):
    village = make.VillageFactory(name="Wiralaga I")
    group = make.GroupFactory(village=village, name="Tirta Jaya")
    make.PersonFactory(village=village, name="H. Sutrisno, S.Pd.")
    training = make.TrainingFactory(title="Bimbingan Teknis Pembukuan")
    make.InvitationFactory(training=training, village=village)
    plan = make.WorkPlanFactory(group=group, year=2019)
    return {"village": village, "group": group, "training": training, "plan": plan}


@pytest.mark.parametrize("typed", ["tirta jaya", "TIRTAJAYA", "KPS-Pams Tirta Jaya", "bp-spam “Tirta  Jaya”"])
def test_a_group_is_found_under_every_spelling_of_its_kind(dataset, typed):
    assert names(search(make.UserFactory(), typed)) == {
        "KPSPAMS": ['KPSPAMS "Tirta Jaya"'],
        "Rencana kerja": ['Rencana kerja KPSPAMS "Tirta Jaya" tahun 2019'],
    }


def test_each_noun_is_found_and_rows_of_a_village_come_with_it(dataset):
    user = make.UserFactory()
    assert names(search(user, "h. sutrisno, s.pd.")) == {"Orang": ["H. Sutrisno, S.Pd."]}
    assert names(search(user, "pembukuan")) == {"Pelatihan": ["Bimbingan Teknis Pembukuan"]}
    assert list(names(search(user, "wiralaga"))) == ["Desa", "KPSPAMS", "Orang", "Rencana kerja"]
    assert list(names(search(user, dataset["village"].code))) == ["Desa"]
    assert search(user, " “” ") == []


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("wirlaga", {"Desa": ["Desa Wiralaga I"]}),
        ("tirta jya", {"KPSPAMS": ['KPSPAMS "Tirta Jaya"']}),
        ("kpspams tirta yaya", {"KPSPAMS": ['KPSPAMS "Tirta Jaya"']}),
        ("sutrsino", {"Orang": ["H. Sutrisno, S.Pd."]}),
        ("bimbingan tehnis", {"Pelatihan": ["Bimbingan Teknis Pembukuan"]}),
        ("xyzzy", {}),
        (
            "ti",
            {"KPSPAMS": ['KPSPAMS "Tirta Jaya"'], "Rencana kerja": ['Rencana kerja KPSPAMS "Tirta Jaya" tahun 2019']},
        ),
    ],
)
def test_what_is_misspelt_is_guessed(dataset, typed, found):
    labels = names(search(make.UserFactory(), typed))
    labels.pop("Pelatihan", None) if typed == "ti" else None
    assert labels == found


def test_only_what_the_person_may_see_is_found_or_guessed(dataset):
    for user in (
        make.FacilitatorFactory(villages=[make.VillageFactory()]),
        make.AdminFactory(district=make.OtherDistrictFactory()),
    ):
        for typed in ("wiralaga", "wirlaga", "tirta", "sutrisno", "sutrsino", "pembukuan"):
            assert search(user, typed) == []


def test_counts_are_those_of_the_lists_behind(db, client):
    villages = [make.VillageFactory(name=f"Sumber Makmur {number}") for number in range(7)]
    group = make.GroupFactory(village=villages[0])
    for year in range(2015, 2022):
        make.WorkPlanFactory(group=group, year=year)
    client.force_login(make.OfficialFactory())
    page = client.get(PAGE, {"q": "sumber makmur"})
    for part in page.context["found"]:
        assert len(part.hits) == min(part.count, 5)
        assert client.get(part.url).context["paginator"].count == part.count
    assert {part.title: part.count for part in page.context["found"]} == {"Desa": 7, "KPSPAMS": 1, "Rencana kerja": 7}
    assert page.content.decode().count("Lihat semua") == 2


@pytest.mark.parametrize("typed", ["sumber", "sumbre"])
@pytest.mark.parametrize("count", [1, 5])
def test_a_search_asks_the_same_number_of_queries(db, client, typed, count, django_assert_num_queries):
    for number in range(count):
        village = make.VillageFactory(name=f"Sumber {number}")
        make.GroupFactory(village=village, name=f"Sumber Air {number}")
        make.PersonFactory(village=village, name=f"Sumber {number}")
    client.force_login(make.UserFactory())
    client.get(PAGE, {"q": typed})
    with django_assert_num_queries({"sumber": 8, "sumbre": 14}[typed]):
        assert len(client.get(PAGE, {"q": typed}).context["found"]) == 3


@pytest.mark.parametrize("typed", ["", " ", "%", "'\"<b>", "x" * 101, "\0", "KPSPAMS", "ﬃ" * 90])
def test_the_page_survives_nonsense(dataset, client, typed):
    client.force_login(make.UserFactory())
    assert client.get(PAGE, {"q": typed}).status_code == 200


def test_a_paper_is_found_by_the_codes_at_its_foot(dataset):
    sha = "0123456789abcdef" * 4
    report = Report.objects.create(kind="work_plan", work_plan=dataset["plan"], snapshot_sha=sha, audience="subject")
    Report.objects.create(kind="work_plan", work_plan=dataset["plan"], snapshot_sha="f" * 64, audience="subject")
    assert report.reference
    for user, found in ((make.UserFactory(), 1), (make.FacilitatorFactory(villages=[make.VillageFactory()]), 0)):
        assert [part.count for part in search(user, report.reference.lower())] == [1] * found
    Report.objects.filter(pk=report.pk).update(issue_status="in_force", issued_on=date(2019, 1, 1), code="ABCDEFGH")
    assert [part.count for part in search(make.UserFactory(), "abcd-efgh")] == [1]


def test_nouns_come_in_their_order(dataset):
    make.PersonFactory(name="Wiralaga")
    make.TrainingFactory(title="Rapat Wiralaga")
    report = Report.objects.create(
        kind="work_plan", work_plan=dataset["plan"], snapshot_sha="0" * 64, audience="subject"
    )
    Report.objects.filter(pk=report.pk).update(issue_status="in_force", issued_on=date(2019, 1, 1), code="WIRALAGA")
    titles = ["Desa", "KPSPAMS", "Orang", "Pelatihan", "Rencana kerja", "Dokumen"]
    assert list(names(search(make.UserFactory(), "wiralaga"))) == titles


@pytest.mark.django_db
def test_the_number_of_a_decree_leads_to_its_group(client):
    document = make.LegalDocumentFactory(number="141/07/SK/2018")
    make.LegalDocumentFactory(number="141/08/SK/2018")
    user = make.UserFactory()
    (found,) = search(user, "141/07")
    assert [hit.url for hit in found.hits] == [document.group.get_absolute_url()]
    client.force_login(user)
    assert list(client.get(found.url).context["object_list"]) == [document.group]
