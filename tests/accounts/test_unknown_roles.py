"""An account whose role the table does not know has no right and sees no row."""

from datetime import date

import pytest
from django.apps import apps

from accounts.models import District, User
from accounts.rights import rights_of
from reports.models import ScanReading
from tests import factories as make
from tests.accounts.users import account

pytestmark = pytest.mark.django_db


def scoped_models():
    return [model for model in apps.get_models() if hasattr(model._default_manager.all(), "visible_to")]


@pytest.fixture
def unknown(dataset):
    """An account with everything but a known role: assignment, training, approval right, own report and visit."""
    user = account("auditor", may_approve=True)
    make.AssignmentFactory(user=user, village=dataset.village, starts_on=date(2018, 1, 1))
    dataset.training.officers.add(user)
    for row in (dataset.report, dataset.bundle, dataset.visit, dataset.entry):
        type(row).objects.filter(pk=row.pk).update(by=user)
    ScanReading.objects.create(scan=make.TrainingFileFactory(training=dataset.training))
    return user


def test_no_row_of_any_model_is_seen_or_changed_under_an_unknown_role(unknown):
    empty = {model.__name__ for model in scoped_models() if not model._default_manager.exists()}
    assert empty == {"DocumentSetting"}
    assert len(scoped_models()) > 30
    for model in scoped_models():
        rows = model._default_manager.all()
        assert not rows.visible_to(unknown).exists(), model
        for method in ("editable_by", "markable_by", "reviewable_by", "unseen_by", "steered_by"):
            if hasattr(rows, method):
                assert not getattr(rows, method)(unknown).exists(), (model, method)


@pytest.mark.parametrize("everywhere", [False, True])
def test_an_unknown_role_has_no_right_though_it_was_let_to_approve(everywhere):
    user = account("auditor", may_approve=True, **({"all_districts": True, "district": None} if everywhere else {}))
    assert rights_of(user) == set()
    assert not user.is_office
    assert not user.is_facilitator
    assert not District.objects.visible_to(user).exists()
    assert not User.objects.visible_to(user).exists()
