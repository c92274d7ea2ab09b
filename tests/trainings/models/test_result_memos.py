"""The migration of the single line that two memos shared."""

from datetime import date
from importlib import import_module

import pytest
from django.apps import apps

from tests import factories as f

pytestmark = pytest.mark.django_db
migration = import_module("trainings.migrations.0006_moved_result_memos")


def lines(training):
    return dict(training.spj_items.values_list("number", "document"))


@pytest.mark.parametrize(
    ("dated_on", "document"),
    [(date(2018, 12, 3), "nota_dinas"), (date(2018, 12, 4), "nota_hasil"), (None, "nota_dinas")],
)
def test_what_was_dated_on_the_last_day_or_later_was_the_report(dataset, dated_on, document):
    f.SpjItemFactory(training=dataset.training, document="nota_dinas", number="1", dated_on=dated_on)
    migration.part(apps, None)
    assert lines(dataset.training) == {"1": document}
    migration.join(apps, None)
    assert lines(dataset.training) == {"1": "nota_dinas"}


def test_going_back_loses_no_number(dataset):
    for document, number in (("nota_dinas", "1"), ("nota_hasil", "2")):
        f.SpjItemFactory(training=dataset.training, document=document, number=number)
    migration.join(apps, None)
    assert lines(dataset.training) == {"1": "nota_dinas", "2": "nota_hasil"}
