import pytest

from tests import factories
from tests.documents.samples import make_training, pages_of, paper_of, words_of

pytestmark = pytest.mark.django_db


def values(sheet):
    return {line["label"]: line["value"] for line in sheet["lines"]}


def test_one_page_a_participant_with_what_is_known(office):
    training = make_training(villages=2)
    person = training.participants.get(number=1).person
    person.name, person.phone = "I Gusti Ngurah Contoh", "+6281234567890"
    person.save()
    snapshot, content = paper_of("biodata", training)
    pages = pages_of(content)
    assert len(pages) == 6
    assert values(snapshot["sheets"][0]) == {
        "Nama lengkap": "I Gusti Ngurah Contoh",
        "Jenis kelamin": "Laki-laki",
        "Tempat, tanggal lahir": "",
        "Pendidikan terakhir": "",
        "Pekerjaan": "",
        "Jabatan/Unsur": "Ketua KPSPAMS",
        "Nama KPSPAMS": "",
        "Desa/Kecamatan": "Uji Desa 1/Uji Tengah",
        "Instansi (bila ada)": "",
        "Alamat": "",
        "No. HP": "",
        "Pelatihan yang pernah diikuti": "",
        "Yang ingin dipelajari": "",
    }
    text = words_of(content)
    assert "0812" not in str(snapshot)
    assert "NIK" not in text
    assert "Anda berhak melihat, memperbaiki, dan meminta penghapusan data Anda melalui (0726) 000000." in text


def test_narasumber_have_rank_and_topics(office):
    training = make_training(villages=1)
    speaker = factories.ResourcePersonFactory(
        person__name="Ida Ayu Contoh, S.T.", position="Kepala Bidang", rank="Pembina, IV/a", expertise="Kelembagaan"
    )
    for item in training.days.first().items.all():
        factories.AgendaSpeakerFactory(item=item, resource_person=speaker)
    (sheet,) = paper_of("biodata", training, who="narasumber")[0]["sheets"]
    found = values(sheet)
    assert found["Nama lengkap dan gelar"] == "Ida Ayu Contoh, S.T."
    assert found["Pangkat/golongan"] == "Pembina, IV/a"
    assert found["Keahlian"] == "Kelembagaan"
    assert found["Materi yang disampaikan"] == "Materi hari 1"


@pytest.mark.parametrize("who", ["peserta", "narasumber"])
def test_a_blank_sheet_for_the_copier(office, who):
    snapshot, content = paper_of("biodata", make_training(villages=1), who=who, copies="kosong")
    assert len(pages_of(content)) == 1
    assert "□ Laki-laki □ Perempuan" in words_of(content)
    assert not any(value for label, value in values(snapshot["sheets"][0]).items() if label != "Jenis kelamin")


def test_a_fasilitator_gets_own_people(office):
    training = make_training(villages=2)
    user = factories.FacilitatorFactory(villages=[training.invitations.last().village])
    snapshot, _ = paper_of("biodata", training, user)
    names = [values(sheet)["Nama lengkap"] for sheet in snapshot["sheets"]]
    assert names == ["Peserta Nomor 4", "Peserta Nomor 5", "Peserta Nomor 6"]
