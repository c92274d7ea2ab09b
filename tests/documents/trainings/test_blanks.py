"""What documents of a training would leave blank, said before printing."""

import pytest
from django.urls import reverse

from documents import registry
from documents.trainings.blanks import BlankParts
from tests import factories
from tests.documents.samples import make_training

pytestmark = pytest.mark.django_db


def blanks(training, kind):
    document = registry.document(kind)
    return {one.text: one.url for one in BlankParts(training).of(document, document.spj_item)}


def test_a_kak_names_what_is_missing_with_the_page_that_fills_it(office):
    training = make_training(villages=1)
    found = blanks(training, "terms_of_reference")
    assert found["anggaran"] == reverse("trainings:budget", args=[training.pk])
    assert found["nomor dan tanggal"] == reverse("trainings:spj_item_update", args=[training.pk, "kak"])
    assert found["narasumber"] == reverse("trainings:agenda_grid_update", args=[training.pk])
    assert not {"tempat", "desa yang diundang", "materi dan JP"} & found.keys()
    assert any(text.startswith("nama ") for text in found)  # nobody holds the places of signature


def test_nothing_is_missing_once_it_is_recorded(office):
    training = make_training(villages=1)
    factories.BudgetLineFactory(training=training)
    factories.SpjItemFactory(training=training, document="sk_panitia", number="1", dated_on="2018-11-05")
    factories.SignatoryFactory(slot="office_head", name="Kepala Uji", valid_from="2018-01-01")
    assert blanks(training, "committee_decree") == {}


def test_the_page_of_the_spj_says_it_beside_the_buttons(office, client):
    training = make_training(villages=1)
    client.force_login(factories.UserFactory(district=training.district))
    page = client.get(reverse("trainings:spj_item_list", args=[training.pk])).content.decode()
    assert "Akan tercetak kosong:" in page
    assert reverse("trainings:budget", args=[training.pk]) in page
