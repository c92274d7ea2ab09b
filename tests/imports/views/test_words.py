"""The page of synonyms, and the questions about unknown words of a file."""

import pytest
from django.urls import reverse

from imports.models import Synonym
from tests import factories as make
from tests.imports.office import book, preview, work

pytestmark = pytest.mark.django_db
POST = "kpspams.member.post"


@pytest.fixture
def admin():
    return make.UserFactory(role="admin", district=make.DistrictFactory(code="18.11"))


@pytest.fixture
def pages(client, admin):
    client.force_login(admin)
    return client


def address(name, pk):
    return reverse(f"imports:{name}", args=[pk])


def test_a_word_is_added_seen_and_removed_with_its_history(pages, admin):
    place = admin.district.pk
    answer = pages.post(address("word_create", place), {"word": "Sie Air", "means": f"{POST}|TEK"}, follow=True)
    word = Synonym.objects.get()
    assert (word.place, word.topic, word.key, word.value) == ("18.11", POST, "seksiair", "TEK")
    assert "Sie Air" in answer.content.decode()
    assert (
        "Hapus kata “Sie Air” yang berarti Seksi Teknik?" in pages.get(address("word_remove", word.pk)).content.decode()
    )
    page = pages.post(address("word_remove", word.pk), follow=True).content.decode()
    assert not Synonym.objects.exists()
    assert "18.11: “Sie Air” berarti Seksi Teknik" in page
    assert "Belum ada kata tambahan." in page


@pytest.mark.parametrize(
    ("word", "means", "sentence"),
    [
        ("Bendahara", f"{POST}|TEK", "Kata ini sudah dikenal: pada Jabatan artinya Bendahara."),
        ("!!", f"{POST}|TEK", "Tulis kata yang memuat huruf atau angka."),
        ("sie. air", f"{POST}|KES", "Kata ini sudah punya arti."),
    ],
)
def test_a_word_that_cannot_have_this_meaning_is_refused(pages, admin, word, means, sentence):
    make.SynonymFactory(word="Sie Air")
    answer = pages.post(address("word_create", admin.district.pk), {"word": word, "means": means})
    assert sentence in answer.content.decode()
    assert Synonym.objects.count() == 1


def test_staff_read_the_words_and_may_not_change_them(client, admin):
    make.SynonymFactory(word="Sie Air")
    client.force_login(make.UserFactory(role="staff", district=admin.district))
    page = client.get(address("word_list", admin.district.pk)).content.decode()
    assert ("Sie Air" in page, "Tambah kata" in page, "Hapus" in page) == (True, False, False)


@pytest.mark.parametrize("count", [1, 5])
def test_the_list_asks_the_database_as_often_for_many_words(pages, admin, count, django_assert_max_num_queries):
    make.SynonymFactory.create_batch(count)
    with django_assert_max_num_queries(9):
        pages.get(address("word_list", admin.district.pk))


@pytest.fixture
def run(admin):
    village = make.VillageFactory(code="18.11.01.2001", name="Wiralaga I", subdistrict__district=admin.district)
    make.GroupFactory(village=village, name="Tirta Jaya")
    head = ["Desa", "Kelompok", "Nama", "L/P", "Jabatan", "TMT"]
    row = ["Wiralaga I", "Tirta Jaya", "Paijo", "L", "Sie.", "14-03-2018"]
    return preview("boards", book(("Pengurus", [head, row])), admin)


def test_the_preview_leads_to_the_questions_and_an_admin_may_have_answers_remembered(pages, run):
    assert address("import_words", run.pk) in pages.get(address("import_detail", run.pk)).content.decode()
    page = pages.get(address("import_words", run.pk)).content.decode()
    assert "Jabatan “Sie” berarti" in page
    answer = pages.post(address("import_words", run.pk), {"word_0": "TEK", "remember": "on"})
    assert answer.headers["Location"] == address("import_detail", run.pk)
    assert (work(run).counts["new"], Synonym.objects.get().meaning) == (1, "Seksi Teknik")


def test_staff_answer_for_the_file_alone(client, admin, run):
    client.force_login(make.UserFactory(role="staff", district=admin.district))
    assert "Ingat untuk semua" not in client.get(address("import_words", run.pk)).content.decode()
    client.post(address("import_words", run.pk), {"word_0": "TEK", "remember": "on"})
    assert (work(run).counts["new"], Synonym.objects.exists()) == (1, False)


def test_nothing_answered_is_said(pages, run):
    answer = pages.post(address("import_words", run.pk), {"word_0": ""})
    assert (answer.status_code, "Jawab paling sedikit satu kata." in answer.content.decode()) == (422, True)
