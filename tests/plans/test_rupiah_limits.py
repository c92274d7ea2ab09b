"""The limit of a sum of money is the same in database, form, grid, pasted list and import."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from imports.values import cells
from kpspams.models import GroupCheck
from plans.models import Activity, ActivityFunding, DamageReport, MonthReport, ProgressFunding
from records.fields import field_of_column
from records.models import MAX_RUPIAH
from tests import factories as make
from trainings.models import BudgetLine

COLUMNS = [
    (Activity, "unit_price"),
    (Activity, "amount"),
    (ActivityFunding, "amount"),
    (DamageReport, "estimated_cost"),
    (GroupCheck, "income"),
    (GroupCheck, "operating_cost"),
    (MonthReport, "income"),
    (ProgressFunding, "cost"),
    (BudgetLine, "ceiling"),
    (BudgetLine, "realised"),
]


@pytest.mark.parametrize(("model", "name"), COLUMNS)
def test_every_door_has_the_same_limit(model, name):
    column = model._meta.get_field(name)
    doors = [cells.of(model, name), lambda value: column.clean(int(value), None)]
    if column.editable:
        doors.append(field_of_column(column).clean)
    for door in doors:
        assert door(str(MAX_RUPIAH)) == MAX_RUPIAH
        for wrong in (MAX_RUPIAH + 1, 10**15, 10**30, -1):
            with pytest.raises(ValidationError):
                door(str(wrong))


@pytest.mark.django_db
@pytest.mark.parametrize("values", [{"unit_price": MAX_RUPIAH + 1}, {"amount": 10**15}, {"unit_price": -1}])
def test_the_database_refuses_what_is_beyond(values):
    activity = make.ActivityFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        Activity.objects.filter(pk=activity.pk).update(**values)
    assert Activity.objects.filter(pk=activity.pk).update(unit_price=MAX_RUPIAH) == 1
