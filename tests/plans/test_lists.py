"""Initial lists of an installation."""

from importlib import import_module

import pytest
from django.apps import apps

from plans.models import FundingSource, WorkArea
from tests import factories
from villages.models import Programme

lists = import_module("plans.migrations.0002_work_areas_funding_sources_2026_12b")
programmes = import_module("villages.migrations.0002_programme_phases_2026_12b")

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
    lists.fill(apps, None)
    assert WorkArea.objects.get(code="G").label == "Kerja sama"
    assert (WorkArea.objects.count(), FundingSource.objects.count()) == (7, 10)


def test_the_reverse_leaves_what_plans_use():
    factories.ActivityFundingFactory()
    lists.empty(apps, None)
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
    lists.empty(apps, None)
    lists.fill(apps, None)
    lists.fill(apps, None)
    assert FundingSource.objects.filter(in_kind=True).count() == 1
