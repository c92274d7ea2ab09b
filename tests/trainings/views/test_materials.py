"""Learning materials: a file or a link, public or internal, found by title, topic and code."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse

from records.models import StoredFile
from tests import factories as make
from tests.pages import errors, page_messages, send
from trainings.models import LearningMaterial

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\nmodul\nstartxref\n9\n%%EOF"
MATERIALS, LIBRARY = reverse("trainings:material_list"), reverse("trainings:library")
CREATE = reverse("trainings:material_create")


@pytest.fixture
def office(client):
    user = make.UserFactory()
    client.force_login(user)
    return user


def upload(content=PDF, name="Modul iuran.pdf"):
    return SimpleUploadedFile(name, content, "application/pdf")


def with_file(**facts):
    return make.LearningMaterialFactory(link="", file=make.StoredFileFactory(), **facts)


@pytest.mark.parametrize("both", [True, False])
def test_the_database_wants_a_file_or_a_link(both):
    facts = {"link": "https://contoh.id", "file": make.StoredFileFactory()} if both else {"link": "", "file": None}
    with pytest.raises(IntegrityError), transaction.atomic():
        make.LearningMaterialFactory(**facts)


def test_a_file_is_put_on_the_shelf_and_read_again(client, office):
    answer = send(client, CREATE, title="Modul  Iuran", code="PB 2.1", topic="Iuran", upload=upload())
    assert page_messages(answer) == ["Modul Iuran tersimpan."]
    material = LearningMaterial.objects.get()
    assert client.get(reverse("trainings:material_file", args=[material.pk])).content == PDF
    assert material.is_open is False


def test_sent_twice_it_stands_there_once(client, office):
    answer = send(client, CREATE, title="Modul", link="https://contoh.id/modul")
    client.post(CREATE, answer.wsgi_request.POST.dict())
    assert LearningMaterial.objects.count() == 1


@pytest.mark.parametrize(
    ("sent", "field", "word"),
    [
        ({}, "link", "Unggah satu berkas, atau isi satu tautan."),
        ({"link": "https://contoh.id", "upload": True}, "link", "Unggah satu berkas, atau isi satu tautan."),
        ({"link": "javascript:alert(1)"}, "link", "Tulis tautan lengkap"),
        ({"link": "ftp://contoh.id/x"}, "link", "Tulis tautan lengkap"),
        ({"upload": b"<html>"}, "upload", "bukan PDF dan bukan foto"),
    ],
)
def test_what_is_wrong_is_told_at_its_field(sent, field, word, client, office):
    if "upload" in sent:
        sent["upload"] = upload(PDF if sent["upload"] is True else sent["upload"])
    answer = send(client, CREATE, title="Modul", **sent)
    assert word in errors(answer)[field][0]
    assert not LearningMaterial.objects.exists()
    assert not StoredFile.objects.exists()


def test_a_file_gives_way_to_a_link_only_when_it_is_let_go(client, office):
    material = with_file()
    page = reverse("trainings:material_update", args=[material.pk])
    answer = send(client, page, link="https://contoh.id/baru")
    assert 'Centang "Hapus" pada berkas' in errors(answer)["link"][0]
    assert send(client, page, link="https://contoh.id/baru", upload_remove="on").status_code == 302
    material.refresh_from_db()
    assert (material.file, material.link) == (None, "https://contoh.id/baru")
    assert not StoredFile.objects.exists()


def test_the_second_of_two_writers_sees_both_texts(client, office):
    material = make.LearningMaterialFactory(title="Lama")
    page = reverse("trainings:material_update", args=[material.pk])
    sent = {"district": material.district_id, "title": "Satu", "audience": "semua", "link": material.link, "version": 1}
    assert client.post(page, sent).status_code == 302
    assert client.post(page, sent | {"title": "Dua"}).status_code == 409
    material.refresh_from_db()
    assert material.title == "Satu"


@pytest.mark.parametrize("text", ["modul iuran", "MODULIURAN", "pb 2.1", "pb2.1", "keuangan"])
def test_it_is_found_by_title_topic_and_code(text, client, office):
    found = make.LearningMaterialFactory(title="Modul Iuran", topic="Keuangan", code="PB 2.1", is_open=True)
    make.LearningMaterialFactory(title="Pompa", topic="Teknik", code="PB 3", is_open=True)
    for page in (MATERIALS, LIBRARY):
        assert list(client.get(page, {"q": text}).context["object_list"]) == [found]


def test_the_shelf_is_narrowed_by_reader_and_openness(client, office):
    village = make.LearningMaterialFactory(audience="desa", is_open=True)
    everybody = make.LearningMaterialFactory(audience="semua")
    make.LearningMaterialFactory(audience="kpspams")
    assert set(client.get(MATERIALS, {"untuk": "desa"}).context["object_list"]) == {village, everybody}
    assert list(client.get(MATERIALS, {"terbuka": "ya"}).context["object_list"]) == [village]
    assert client.get(MATERIALS, {"bentuk": "berkas"}).context["page_obj"].paginator.count == 0


def test_the_library_shows_the_open_ones_to_everybody_and_no_other(client):
    opened, inside = with_file(is_open=True), with_file(summary="Rahasia kantor")
    sample = with_file(is_open=True, is_sample=True)
    page = client.get(LIBRARY)
    assert list(page.context["object_list"]) == [opened]
    assert "terbuka" not in page.context["filters"].fields  # a filter of the office's list
    assert client.get(reverse("trainings:library_file", args=[opened.pk])).status_code == 200
    for hidden in (inside, sample):
        assert client.get(reverse("trainings:library_file", args=[hidden.pk])).status_code == 404
        assert client.get(reverse("trainings:material_file", args=[hidden.pk])).status_code == 302  # to the login


def test_in_the_demo_the_library_shows_samples_as_such(client, settings):
    settings.DEMO_MODE = True
    sample = with_file(is_open=True, is_sample=True)
    page = client.get(LIBRARY)
    assert list(page.context["object_list"]) == [sample]
    assert "Contoh" in page.content.decode()


def test_a_link_to_another_site_is_marked(client):
    make.LearningMaterialFactory(link="https://contoh.id/modul?a=1&b=2", is_open=True)
    text = client.get(LIBRARY).content.decode()
    assert 'href="https://contoh.id/modul?a=1&amp;b=2" rel="external noopener noreferrer nofollow"' in text
    assert "Situs lain: contoh.id" in text


@pytest.mark.parametrize("count", [1, 5])
@pytest.mark.parametrize(("page", "queries"), [(MATERIALS, 4), (LIBRARY, 2)])
def test_pages_ask_the_same_number_of_queries(page, queries, count, client, django_assert_num_queries):
    for _ in range(count):
        with_file(is_open=True)
    if page == MATERIALS:
        client.force_login(make.UserFactory())
    client.get(page)
    with django_assert_num_queries(queries):
        client.get(page)
