import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import factories as f
from trainings.models import Participant


def url(dataset, name="participant_list"):
    return reverse(f"trainings:{name}", args=[dataset.training.pk])


def numbers(response):
    return [row.number for row in response.context["object_list"]]


@pytest.fixture
def marked(dataset, people):
    f.AttendanceFactory(participant=people[0], session=dataset.session)
    f.AttendanceFactory(participant=people[1], session=dataset.session, status="izin")
    Participant.objects.filter(pk=people[3].pk).update(state="batal", post="", group=None, affiliation="BPD")
    Participant.objects.filter(pk=people[2].pk).update(walk_in=True, late_proposal=True)
    return people


@pytest.mark.parametrize(
    ("requested", "expected"),
    [
        ({}, [1, 2, 3, 4]),
        ({"q": "bendahara"}, [2, 4]),
        ({"hadir": "ya"}, [1]),
        ({"hadir": "tidak"}, [2]),
        ({"hadir": "belum"}, [3, 4]),
        ({"unsur": "KET"}, [1, 3]),
        ({"unsur": "lain"}, [4]),
        ({"keadaan": "batal"}, [4]),
        ({"keadaan": "langsung"}, [3]),
        ({"keadaan": "terlambat"}, [3]),
        ({"urut": "nama"}, [2, 4, 1, 3]),
        ({"hadir": "x", "desa": "y"}, [1, 2, 3, 4]),
    ],
)
def test_participant_list_narrows_and_sorts(requested, expected, dataset, marked, as_user):
    assert numbers(as_user(dataset.staff).get(url(dataset), requested)) == expected


def test_participant_list_by_village_and_scope(dataset, marked, as_user):
    assert numbers(as_user(dataset.staff).get(url(dataset), {"desa": str(dataset.dua.pk)})) == [3, 4]
    assert numbers(as_user(dataset.facilitator).get(url(dataset))) == [1, 2]
    dataset.training.officers.add(dataset.stranger)
    assert numbers(as_user(dataset.stranger).get(url(dataset))) == [1, 2, 3, 4]


def test_participant_list_tells_sessions_and_hours(dataset, marked, as_user):
    f.AgendaItemFactory(session=dataset.session, lesson_hours=3)
    rows = as_user(dataset.staff).get(url(dataset)).context["object_list"]
    assert [(row.attended, row.lesson_hours) for row in rows] == [(1, 3), (0, 0), (None, None), (None, None)]


def test_participant_list_leaves_as_a_file(dataset, marked, as_user):
    answer = as_user(dataset.staff).get(url(dataset), {"unduh": "csv", "pribadi": "1", "hadir": "ya"})
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert lines == [
        "No.,Nama,L/P,Jabatan/Unsur,Kode desa,Desa,Keadaan,Menggantikan no.,Datang langsung,Usulan terlambat,"
        "Sesi dihadiri,JP",
        "1,Ketua A,L,Ketua KPSPAMS,18.11.98.2000,A,Terdaftar,,tidak,tidak,1,0",
    ]


def test_participant_list_asks_the_same_number_of_queries_for_4_and_9(
    dataset, people, as_user, django_assert_num_queries
):
    client = as_user(dataset.staff)
    with CaptureQueriesContext(connection) as queries:
        client.get(url(dataset))
    for number in range(10, 15):
        row = f.ParticipantFactory(training=dataset.training, number=number, proposed_by=dataset.facilitator)
        f.AttendanceFactory(participant=row, session=dataset.session)
    with django_assert_num_queries(len(queries)):
        assert len(numbers(client.get(url(dataset)))) == 9


def test_gaps_show_texts_and_links(dataset, as_user):
    page = as_user(dataset.staff).get(url(dataset, "proposal_gaps")).content.decode()
    assert f"Yth. Fasilitator {dataset.facilitator.name}" in page
    assert page.count("https://wa.me/?text=") == 2
