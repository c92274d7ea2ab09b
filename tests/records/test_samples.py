"""DATA CONTOH: sample rows never refer to real ones."""

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError

from kpspams.models import KpspamsGroup, Member
from records.models import Event, Once
from tests.factories import FacilitatorFactory, GroupFactory, PersonFactory, UserFactory, VillageFactory
from villages.models import Assignment, Person

pytestmark = pytest.mark.django_db


def test_what_a_demo_account_makes_is_sample():
    village = VillageFactory()
    group = KpspamsGroup(village=village, name="Tirta").add(by=UserFactory(is_sample=True))
    assert group.is_sample
    assert not KpspamsGroup(village=village, name="Sumber").add(by=UserFactory()).is_sample


def test_real_row_hangs_on_no_sample_row():
    village = VillageFactory(is_sample=True)
    with pytest.raises(ValidationError) as refusal:
        KpspamsGroup(village=village, name="Tirta").add(by=UserFactory())
    assert "DATA CONTOH" in refusal.value.messages[0]
    assert "Pilih desa yang bukan contoh" in refusal.value.messages[0]
    assert not KpspamsGroup.objects.exists()
    assert not Event.objects.exists()


def test_sample_row_may_hang_on_a_real_one():
    village = VillageFactory()
    assert KpspamsGroup(village=village, name="Tirta", is_sample=True).add(by=None).pk


def test_real_row_is_not_moved_to_a_sample_one():
    person = PersonFactory()
    person.village = VillageFactory(is_sample=True)
    with pytest.raises(ValidationError):
        person.change(by=UserFactory())
    assert Person.objects.get(pk=person.pk).village != person.village


def test_part_is_as_sample_as_its_whole():
    sample_person = PersonFactory(is_sample=True)
    real, sample = GroupFactory(), GroupFactory(is_sample=True)
    post = {"person": sample_person, "post": Member.Post.CHAIR, "starts_on": "2020-01-01"}
    assert Member(group=sample, **post).add(by=None).pk
    with pytest.raises(ValidationError):
        Member(group=real, **post).add(by=None)


def test_real_fasilitator_is_assigned_to_no_sample_village():
    with pytest.raises(ValidationError):
        Assignment(user=FacilitatorFactory(), village=VillageFactory(is_sample=True), starts_on="2026-01-01").add(
            by=None
        )


def _may_be_sample(model):
    if any(field.name == "is_sample" for field in model._meta.fields):
        return True
    whole = getattr(model, "PART_OF", "")
    return bool(whole) and _may_be_sample(model._meta.get_field(whole).related_model)


def test_what_points_at_rows_that_may_be_sample_may_be_sample_itself():
    """Otherwise no user of the demo could make one: their account is sample data."""
    stuck = [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        if issubclass(model, Once) and not _may_be_sample(model)
        for field in model._meta.fields
        if field.is_relation and _may_be_sample(field.related_model)
    ]
    assert stuck == []
