"""Vocabulary of choices as offices write them."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from imports.models import Synonym
from imports.services import lifecycle
from imports.values import cells, vocabulary
from kpspams.importers.boards import POST_COLUMN
from records.models import Event
from records.parsers.abbreviations import expanded, word_key
from tests import factories as make
from tests.imports.office import book, figures, hand_in, imported, preview, work, wrongs
from villages.importers.facilities import DOUBTFUL_TECHNOLOGIES, DOUBTFUL_WORKING, TECHNOLOGIES, WORKING
from villages.models import ConditionCheck, Facility

pytestmark = pytest.mark.django_db
HEAD = ["Desa", "Kelompok", "Nama", "L/P", "Jabatan", "TMT"]
NAMES = ("Paijo", "Sukardi", "Wagimin")


@pytest.fixture
def group():
    village = make.VillageFactory(code="18.11.01.2001", name="Wiralaga I")
    return make.GroupFactory(village=village, name="Tirta Jaya")


@pytest.fixture
def staff(group):
    return make.UserFactory(district=group.village.subdistrict.district)


def board(*posts):
    rows = [
        ["Wiralaga I", "Tirta Jaya", name, "L", post, "14-03-2018"] for name, post in zip(NAMES, posts, strict=False)
    ]
    return book(("Pengurus", [HEAD, *rows]))


def test_abbreviations_are_written_out():
    assert [expanded(text) for text in ("Sie. Teknik", "TDK berfungsi", "Kasie Kesehatan")] == [
        "seksi teknik",
        "tidak berfungsi",
        "kepala seksi kesehatan",
    ]
    assert (word_key("Sie.Teknik"), word_key("💧")) == ("seksiteknik", "")


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Sie Teknik", ("TEK", "Sie Teknik", False)),
        ("Sie. Kesehatan", ("KES", "Sie Kesehatan", False)),
        ("Seksi Teknik Air Bersih dan Sanitasi", ("TEK", "Seksi Teknik Air Bersih dan Sanitasi", False)),
        ("Ketua Seksi Kesling", ("KES", "Ketua Seksi Kesling", False)),
        ("Koordinator Teknis", ("TEK", "Koordinator Teknis", False)),
        ("Bid. Humas", ("PSM", "Bid Humas", False)),
        ("Humas", ("PSM", "Humas", False)),
        ("Ketua I", ("KET", "Ketua I", False)),
        ("Plt. Wkl Ketua II", ("WKL", "Wkl Ketua II", True)),
        ("Anggota 3", ("ANG", "Anggota 3", False)),
        ("Unit Pelayanan Pelanggan", ("PEL", "Unit Pelayanan Pelanggan", False)),
        ("seksi teknik", ("TEK", "", False)),
    ],
)
def test_posts_in_everyday_words_keep_their_wording(written, expected):
    assert POST_COLUMN.read(written) == expected


@pytest.mark.parametrize(
    ("written", "options"),
    [
        ("Sie.", ("TEK", "KES", "PEL", "PSM")),
        ("Sie Sanitasi", ("TEK", "KES")),
        ("Ketua II", ("WKL", "KET")),
        ("Bendahara 2", ("ANG", "BEN")),
        ("Wakil Sekretaris", ("SEK", "ANG")),
    ],
)
def test_posts_that_may_be_several_are_not_decided(written, options):
    with pytest.raises(vocabulary.UnknownWord, match="dapat berarti") as caught:
        POST_COLUMN.read(written)
    assert caught.value.options == options


def test_a_title_without_a_post_is_refused():
    with pytest.raises(vocabulary.UnknownWord, match="tidak dikenal"):
        POST_COLUMN.read("Plt.")


def test_conditions_and_options_in_everyday_words():
    working = cells.of(ConditionCheck, "functioning", WORKING, DOUBTFUL_WORKING)
    words = ("Tdk berfungsi", "blm berfungsi", "Berfungsi sbgn", "sdh tdk berfungsi", "Baik")
    assert [working(word) for word in words] == ["tidak", "tidak", "sebagian", "tidak", "berfungsi"]
    option = cells.of(Facility, "technology", TECHNOLOGIES, DOUBTFUL_TECHNOLOGIES)
    assert [option(word) for word in ("Sumur bor dlm dgn pompa", "sumur_bor")] == ["sumur_bor"] * 2
    for read, word in ((working, "Rusak ringan"), (working, "Perlu perbaikan"), (option, "Sumur bor"), (option, "PMA")):
        with pytest.raises(ValidationError, match="dapat berarti"):
            read(word)


def test_words_of_the_office_go_before_the_bundled_ones_but_not_before_labels():
    make.SynonymFactory(word="Sie.", value="TEK")
    make.SynonymFactory(word="Humas", value="PEL")
    make.SynonymFactory(word="Ketua II", value="WKL")
    make.SynonymFactory(word="Ketua", value="ANG")
    make.SynonymFactory(word="Juru Air", value="tidak ada lagi")
    make.SynonymFactory(place="18.12", word="Juru Kunci", value="OPR")
    with vocabulary.using("18.11"):
        assert [POST_COLUMN.read(word)[0] for word in ("sie", "Bid. Humas", "Ketua II", "Ketua")] == [
            "TEK",
            "PEL",
            "WKL",
            "KET",
        ]
        for word in ("Juru Air", "Juru Kunci"):
            with pytest.raises(vocabulary.UnknownWord):
                POST_COLUMN.read(word)
    with pytest.raises(vocabulary.UnknownWord):
        POST_COLUMN.read("Sie.")


def test_unknown_words_of_a_file_are_questions_and_an_answer_holds_for_it(staff, group):
    run = preview("boards", board("Sie.", "Juru Air", "Juru air"), staff)
    assert [(about["key"], about["rows"]) for about in run.reading["words"]] == [("juruair", 2), ("seksi", 1)]
    lifecycle.choose_words(run, {("kpspams.member.post", "juruair"): "OPR"}, by=staff)
    run = work(run)
    assert figures(run) == {"rows": 3, "new": 2, "error": 1}
    assert [about["key"] for about in run.reading["words"]] == ["seksi"]
    assert not Synonym.objects.exists()
    lifecycle.save(run, "good", by=staff)
    work(run)
    assert sorted(group.members.values_list("post", "title")) == [("OPR", "Juru Air"), ("OPR", "Juru air")]


def test_an_answer_that_is_remembered_is_read_in_the_next_file(staff, group):
    run = preview("boards", board("Sie."), staff)
    lifecycle.choose_words(run, {("kpspams.member.post", "seksi"): "KES"}, by=staff, remember=True)
    word = Synonym.objects.get()
    assert (word.place, word.word, word.meaning) == ("18.11", "Sie", "Seksi Kesehatan")
    assert [event.reason for event in word.events] == [f"Jawaban pada {run}"]
    imported("boards", board("Sie"), staff)
    assert group.members.get().post == "KES"


def test_an_answer_that_is_not_on_offer_is_refused(staff, group):
    run = preview("boards", board("Sie."), staff)
    with pytest.raises(ValidationError, match="tidak ada lagi"):
        lifecycle.choose_words(run, {("kpspams.member.post", "seksi"): "KET"}, by=staff, remember=True)
    assert (Synonym.objects.count(), Event.objects.filter(kind="records.synonym").count()) == (0, 0)


def test_a_word_removed_between_preview_and_saving_makes_the_preview_again(staff, group):
    word = make.SynonymFactory(word="Sie.", value="TEK")
    run = preview("boards", board("Sie."), staff)
    word.remove(by=staff)
    lifecycle.save(run, "all", by=staff)
    run = work(run)
    assert (run.step, group.members.count()) == ("check", 0)
    assert [line for line, *_ in wrongs(work(run))] == [2]


def test_the_database_holds_one_meaning_for_a_word():
    make.SynonymFactory(word="Sie Air")
    with pytest.raises(IntegrityError), transaction.atomic():
        make.SynonymFactory(word="sie. air", value="KES")
    with pytest.raises(IntegrityError), transaction.atomic():
        make.SynonymFactory(word="!?")


def test_a_value_for_all_rows_is_read_with_the_words_of_the_office(staff, group):
    make.SynonymFactory(word="Juru Air", value="OPR")
    run = hand_in("boards", board("x"), staff, fixed={"post": "Juru Air"})
    assert figures(work(run)) == {"rows": 1, "new": 1}
