import pytest
from django.core.exceptions import ValidationError

from documents.trainings import assignment_letter
from tests import factories
from tests.documents.samples import make_training, pages_of, paper_of

pytestmark = pytest.mark.django_db


def test_a_blank_letter_for_each_village_with_lines_for_its_quota(office):
    training = make_training(villages=2)
    first = training.invitations.first()
    first.quota = 4
    first.save()
    factories.VillageOfficialFactory(village=first.village, person__name="Kepala Uji", starts_on="2017-01-01")
    snapshot, content = paper_of("assignment_letter", training)
    pages = [" ".join(page.split()) for page in pages_of(content)]
    assert len(pages) == 2
    for line in (
        "KECAMATAN UJI TENGAH DESA UJI DESA 1",
        "SURAT TUGAS NOMOR: .....",
        "Nama : Kepala Uji",
        "Jabatan : Kepala Desa Uji Desa 1",
        "untuk mengikuti Pelatihan Peningkatan Kapasitas KPSPAMS Tahun 2018",
        "Hari/tanggal : Selasa s.d. Kamis, 4 s.d. 6 Desember 2018",
    ):
        assert line in pages[0], line
    assert "Kepala Uji" not in pages[1]
    assert "NIP" not in pages[1]  # villagers sign without one
    assert [[row["name"] for row in letter["rows"]] for letter in snapshot["letters"]] == [[""] * 4, [""] * 3]


def test_registered_people_are_printed_and_lines_left_for_the_rest(office):
    training = make_training(villages=1, per_village=2)
    (letter,) = paper_of("assignment_letter", training, names="terdaftar")[0]["letters"]
    assert [(row["number"], row["name"], row["post"]) for row in letter["rows"]] == [
        ("1", "Peserta Nomor 1", "Ketua KPSPAMS"),
        ("2", "Peserta Nomor 2", "Bendahara KPSPAMS"),
        ("3", "", ""),
    ]


def test_a_fasilitator_gets_the_letters_of_own_villages(office):
    training = make_training(villages=3)
    own = training.invitations.first().village
    user = factories.FacilitatorFactory(villages=[own])
    snapshot, _ = paper_of("assignment_letter", training, user)
    assert [letter["village"] for letter in snapshot["letters"]] == ["Desa Uji Desa 1"]


def test_without_villages_it_is_refused_in_words(office):
    with pytest.raises(ValidationError, match="Belum ada desa yang diundang"):
        assignment_letter.AssignmentLetter().clean(make_training(villages=0), {})


@pytest.mark.parametrize("villages", [1, 8])
def test_queries_do_not_grow_with_villages(office, django_assert_num_queries, villages):
    training = make_training(villages=villages)
    with django_assert_num_queries(17):
        assignment_letter.AssignmentLetter().collect(training, {"names": "terdaftar"}, None)
