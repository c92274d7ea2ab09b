"""The lists that an installation begins with."""

from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps

from plans.models import FundingSource, WorkArea
from tests import factories
from villages.models import Programme

# The models as these migrations know them: the lists were part of kpspams then.
HISTORIC = SimpleNamespace(get_model=lambda app, name: apps.get_model("plans" if app == "kpspams" else app, name))
lists = import_module("kpspams.migrations.0002_lists")
in_kind = import_module("kpspams.migrations.0007_swadaya_in_kind")
programmes = import_module("villages.migrations.0002_programmes")

pytestmark = pytest.mark.django_db


def test_bidang_and_sources_stand_in_printing_order():
    assert "".join(WorkArea.objects.values_list("code", flat=True)) == "ABCDEFG"
    assert list(FundingSource.objects.values_list("label", "is_fee")) == [
        ("Iuran", True),
        ("Swadaya", False),
        ("Swadaya in-kind", False),
        ("APBDes", False),
        ("APBD Kabupaten", False),
        ("APBD Provinsi", False),
        ("APBN", False),
        ("HID/HKP", False),
        ("Swasta/CSR", False),
        ("Lainnya", False),
    ]


def test_filling_again_keeps_what_the_office_renamed():
    WorkArea.objects.filter(code="G").update(label="Kerja sama")
    lists.fill(HISTORIC, None)
    assert WorkArea.objects.get(code="G").label == "Kerja sama"
    assert (WorkArea.objects.count(), FundingSource.objects.count()) == (7, 10)


def test_the_reverse_leaves_what_plans_use():
    factories.ActivityFundingFactory()
    in_kind.empty(HISTORIC, None)
    lists.empty(HISTORIC, None)
    assert list(WorkArea.objects.values_list("code", flat=True)) == ["A"]
    assert list(FundingSource.objects.values_list("code", flat=True)) == ["iuran"]


def test_programmes_come_and_go_except_those_that_an_award_names():
    used = Programme.objects.get(code="PAMSIMAS-III")
    factories.GrantAwardFactory(programme=used)
    programmes.empty(apps, None)
    assert list(Programme.objects.all()) == [used]
    programmes.fill(apps, None)
    assert Programme.objects.count() == 4


def test_what_is_given_in_kind_is_a_source_of_its_own():
    assert list(FundingSource.objects.filter(in_kind=True).values_list("label", flat=True)) == ["Swadaya in-kind"]
    in_kind.empty(HISTORIC, None)
    in_kind.fill(HISTORIC, None)
    in_kind.fill(HISTORIC, None)
    assert FundingSource.objects.filter(in_kind=True).count() == 1
