from datetime import date

import pytest
from django.core.exceptions import ValidationError

from documents import registry
from documents.models import LetterText
from records import formats
from tests import factories
from tests.documents.samples import make_training, paper_of, table_of, words_of

pytestmark = pytest.mark.django_db


def decreed(**fields):
    training = make_training(villages=1, **fields)
    factories.SpjItemFactory(training=training, document="sk_panitia", number="188/7/2018", dated_on=date(2018, 11, 5))
    return training


def test_the_head_of_the_dinas_decides_and_the_committee_is_its_annex(office):
    training = decreed()
    taught = factories.ResourcePersonFactory(person__name="Anggota Satu", position="Sanitarian").person
    people = ((factories.PersonFactory(name="Ketua Uji"), "Ketua", "Kepala Seksi Air Minum"), (taught, "Anggota", ""))
    for number, (person, role, position) in enumerate(people, 1):
        row = {"training": training, "person": person, "number": number}
        factories.CommitteeMemberFactory(**row, role=role, position=position)
    factories.BudgetLineFactory(training=training, source="APBD Kabupaten", dpa_number="DPA/1/2018")
    snapshot, content = paper_of("committee_decree", training)
    assert snapshot["letter"] == {"number": "188/7/2018", "dated_on": "2018-11-05"}
    assert table_of(snapshot, "Susunan panitia")["rows"] == [
        ["1", "Ketua", "Ketua Uji", "Kepala Seksi Air Minum"],
        ["2", "Anggota", "Anggota Satu", "Sanitarian"],
    ]
    text = words_of(content)
    for line in (
        "KEPUTUSAN KEPALA DINAS PERUMAHAN DAN PERMUKIMAN KABUPATEN MESUJI NOMOR 188/7/2018",
        "Nomor DPA/1/2018;",
        "bertanggung jawab kepada Kepala Dinas Perumahan dan Permukiman Kabupaten Mesuji.",
        "dibebankan pada APBD Kabupaten Tahun Anggaran 2018.",
        "KELIMA : Keputusan ini mulai berlaku pada tanggal ditetapkan.",
        "Ditetapkan di Mesuji pada tanggal 5 November 2018 KEPALA DINAS PERUMAHAN DAN PERMUKIMAN KABUPATEN MESUJI,",
        "NOMOR: 188/7/2018 TANGGAL: 5 November 2018 SUSUNAN PANITIA PELAKSANA",
    ):
        assert line in text, line
    assert "Nama Uji" not in text  # the Ketua DPMU does not sign it


def test_what_is_not_recorded_stays_dotted(office):
    training = make_training(villages=1)
    factories.CommitteeMemberFactory(training=training)
    snapshot, content = paper_of("committee_decree", training)
    assert snapshot["letter"] is None
    text = words_of(content)
    assert "NOMOR ........................................ TENTANG" in text
    assert "Nomor ........................................;" in text
    assert "pada tanggal ........................................ KEPALA DINAS PERUMAHAN DAN" in text
    assert table_of(snapshot, "Susunan panitia")["rows"][0][3] == "................"


def test_without_committee_it_is_refused_in_words(office):
    with pytest.raises(ValidationError, match="Belum ada panitia"):
        registry.document("committee_decree").clean(make_training(villages=1), {})


def test_a_part_that_the_office_emptied_gives_its_number_to_the_next(office):
    training = decreed()
    factories.CommitteeMemberFactory(training=training)
    row = {"district": training.district, "kind": "committee_decree", "valid_from": "2018-01-01"}
    LetterText.objects.create(**row, part="tasks", body="\n")
    text = words_of(paper_of("committee_decree", training)[1])
    assert "KEDUA : Dalam melaksanakan tugasnya" in text
    assert "KELIMA" not in text


@pytest.mark.parametrize(
    ("name", "printed"),
    [
        ("DINAS PERUMAHAN DAN PERMUKIMAN", "Dinas Perumahan dan Permukiman"),
        ("DINAS PUPR", "Dinas PUPR"),
        ("Dinas Perumahan DAN Permukiman", "Dinas Perumahan DAN Permukiman"),
        ("", ""),
    ],
)
def test_a_name_in_capitals_within_a_sentence(name, printed):
    assert formats.in_sentence(name) == printed
