"""Pages of indicators: of one training, across trainings, and as a file."""

import pytest
from django.urls import reverse

from tests import factories as f
from trainings.models import Training

LIST = reverse("trainings:indicator_list")


@pytest.fixture
def came(dataset, people):
    f.AgendaItemFactory(session=dataset.session, lesson_hours=4)
    for row in people[:3]:
        f.AttendanceFactory(participant=row, session=dataset.session)
    f.BudgetLineFactory(training=dataset.training, realised=7_200_000)
    return people


def page(dataset):
    return reverse("trainings:indicators", args=[dataset.training.pk])


def test_one_training_tells_its_base_and_its_money_to_the_office(dataset, came, as_user):
    html = as_user(dataset.official).get(page(dataset)).content.decode()
    for message in (
        "3 dari 4 peserta terdaftar (75 %)",
        "2 dari 2 desa diundang (100 %)",
        "12 JP orang",
        "Rp7.200.000",
    ):
        assert message in html


def test_a_facilitator_reads_own_people_only_and_no_money(dataset, came, as_user):
    html = as_user(dataset.facilitator).get(page(dataset)).content.decode()
    assert "2 dari 2 peserta terdaftar (100 %)" in html
    assert "hanya tentang peserta dan desa yang Anda lihat" in html
    assert "Rp7.200.000" not in html


def test_missing_villages_stand_there_by_name(dataset, came, as_user):
    came[2].attendances.all().delete()
    html = as_user(dataset.staff).get(page(dataset)).content.decode()
    assert f'Tidak terwakili: <a href="{dataset.dua.get_absolute_url()}">B</a>' in html


def test_trainings_side_by_side_are_narrowed_and_cancelled_ones_left_out(dataset, came, as_user):
    f.TrainingFactory(district=dataset.district, fiscal_year=2020, cohort_year=2019, kind="bimtek")
    f.TrainingFactory(district=dataset.district, fiscal_year=2021, state="cancelled")
    client = as_user(dataset.staff)
    assert len(client.get(LIST).context["rows"]) == 2
    for requested in ({"ta": "2018"}, {"jenis": "pelatihan"}):
        (row,) = client.get(LIST, requested).context["rows"]
        assert (row.training, row.present.total) == (dataset.training, 3)
    (row,) = client.get(LIST, {"sasaran": "2019"}).context["rows"]
    assert row.training.fiscal_year == 2020
    assert (*client.get(LIST, {"ta": "1999"}).context["rows"],) == ()
    assert client.get(LIST, {"ta": "abad lalu"}).context["filters"].errors


def test_the_file_holds_the_numbers_and_money_only_for_the_whole_kabupaten(dataset, came, as_user):
    def csv(user):
        answer = as_user(user).get(LIST, {"unduh": "csv"})
        return b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()

    head, line = csv(dataset.official)
    row = dict(zip(head.split(","), line.split(","), strict=True))
    assert {name: row[name] for name in ("Desa terwakili", "Hadir", "Hadir L", "JP orang", "Realisasi")} == {
        "Desa terwakili": "2",
        "Hadir": "3",
        "Hadir L": "2",
        "JP orang": "12",
        "Realisasi": "7200000",
    }
    assert "Realisasi" not in csv(dataset.facilitator)[0]


def test_the_list_takes_as_many_queries_for_1_and_5(dataset, came, as_user, django_assert_max_num_queries):
    client = as_user(dataset.staff)
    for more in (4, 0):
        with django_assert_max_num_queries(32):
            client.get(LIST)
        for _ in range(more):
            row = f.ParticipantFactory(training__district=dataset.district)
            session = f.TrainingSessionFactory(day__training=row.training)
            f.AttendanceFactory(participant=row, session=session)
    assert Training.objects.count() == 5
