from datetime import date

import pytest
from django.core.exceptions import ValidationError

from documents import registry
from tests import factories
from tests.documents.samples import make_training, paper_of, table_of, words_of

pytestmark = pytest.mark.django_db


def person(name, institution="", **fields):
    return factories.PersonFactory(name=name, **({"village": None, "institution": institution} | fields))


def test_it_lists_the_people_of_the_dinas_each_once_with_all_they_do(office):
    training = make_training(villages=1)
    item = training.days.first().items.get()
    own = "Dinas Perumahan dan Permukiman"
    both = factories.ResourcePersonFactory(person=person("Ketua Uji", own), rank="Penata, III/c", position="Kabid")
    factories.CommitteeMemberFactory(training=training, person=both.person, role="Ketua", number=1)
    factories.CommitteeMemberFactory(training=training, person=person("Anggota Uji"), position="Staf", number=2)
    factories.CommitteeMemberFactory(training=training, person=person("Orang Kesehatan", "Dinas Kesehatan"), number=3)
    factories.CommitteeMemberFactory(training=training, person=factories.PersonFactory(name="Orang Desa"), number=4)
    other = factories.ResourcePersonFactory(person=person("Narasumber Lain", "Dinas PMD"))
    for speaker in (both, other):
        factories.AgendaSpeakerFactory(item=item, resource_person=speaker)
    entry = {"document": "surat_tugas", "number": "800/3/2018", "dated_on": date(2018, 11, 19)}
    factories.SpjItemFactory(training=training, **entry)
    snapshot, content = paper_of("staff_assignment", training)
    assert snapshot["letter"] == {"number": "800/3/2018", "dated_on": "2018-11-19"}
    assert table_of(snapshot, "Yang ditugaskan")["rows"] == [
        ["1", "Ketua Uji", "Penata, III/c", "Kabid", "Ketua panitia; Narasumber"],
        ["2", "Anggota Uji", "-", "Staf", "Anggota panitia"],
    ]
    text = words_of(content)
    for line in (
        "SURAT TUGAS NOMOR: 800/3/2018 Dasar : Dokumen Pelaksanaan Anggaran (DPA) Dinas Perumahan dan Permukiman",
        "Nomor ......................................... MENUGASKAN:",
        "Untuk : 1. melaksanakan tugas tersebut dalam Pelatihan",
        "Mesuji, 19 November 2018 Kepala Dinas,",
    ):
        assert line in text, line


def test_without_own_people_it_is_refused_in_words(office):
    training = make_training(villages=1)
    factories.CommitteeMemberFactory(training=training)
    with pytest.raises(ValidationError, match="Belum ada panitia atau narasumber dari dinas sendiri"):
        registry.document("staff_assignment").clean(training, {})
