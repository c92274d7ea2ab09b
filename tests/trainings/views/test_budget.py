import uuid

import pytest
from django.urls import reverse

from tests import factories as f
from trainings.models import BudgetLine, Training


def url(dataset, name, *args):
    return reverse(f"trainings:{name}", args=[dataset.training.pk, *args])


def typed(**changes):
    return {
        "request_key": str(uuid.uuid4()),
        "title": "Sewa gedung",
        "source": "APBD Kabupaten",
        "sub_activity": "Pembinaan",
        "account_code": "5.1.02",
        "dpa_number": "DPA/1",
        "ceiling": "4.500.000",
        "realised": "",
    } | changes


def test_line_is_added_changed_and_removed_with_events(dataset, as_user):
    client = as_user(dataset.staff)
    response = client.post(url(dataset, "budget_create"), typed())
    line = BudgetLine.objects.get()
    assert (response.url, line.ceiling, line.realised) == (url(dataset, "budget"), 4_500_000, None)
    client.post(url(dataset, "budget_update", line.pk), typed(version="1", realised="4.250.000"))
    line.refresh_from_db()
    assert (line.realised, line.version) == (4_250_000, 2)
    late = client.post(url(dataset, "budget_update", line.pk), typed(version="1", realised="1"))
    assert late.status_code == 409
    assert (
        "Pagu Rp4.500.000 dan realisasi Rp4.250.000 tidak lagi terhitung."
        in client.get(url(dataset, "budget_remove", line.pk)).content.decode()
    )
    client.post(url(dataset, "budget_remove", line.pk))
    assert not BudgetLine.objects.exists()


def test_page_sums_lines_and_sources(dataset, as_user):
    for source, ceiling, realised in (("APBD Kabupaten", 10, 4), ("APBD Kabupaten", 5, None), ("APBDes", 3, 5)):
        f.BudgetLineFactory(training=dataset.training, source=source, ceiling=ceiling, realised=realised)
    context = as_user(dataset.official).get(url(dataset, "budget")).context
    assert [(row.name, row.ceiling, row.realised, row.left) for row in context["sources"]] == [
        ("APBD Kabupaten", 15, 4, 11),
        ("APBDes", 3, 5, -2),
    ]
    assert (context["ceiling"], context["realised"], context["left"], context["open_lines"]) == (18, 9, 9, 1)
    assert [line.left for line in context["lines"]] == [6, None, -2]


@pytest.mark.parametrize(("amount", "field"), [("-1", "ceiling"), ("abc", "ceiling"), ("9" * 14, "ceiling")])
def test_wrong_amount_stands_at_its_field(amount, field, dataset, as_user):
    response = as_user(dataset.staff).post(url(dataset, "budget_create"), typed(ceiling=amount))
    assert list(response.context["form"].errors) == [field]


def test_closed_training_takes_its_realisation_and_a_cancelled_one_nothing(dataset, as_user):
    client = as_user(dataset.staff)
    for state, count in ((Training.State.CLOSED, 1), (Training.State.CANCELLED, 1)):
        Training.objects.filter(pk=dataset.training.pk).update(state=state)
        client.post(url(dataset, "budget_create"), typed())
        assert BudgetLine.objects.count() == count


def test_next_line_begins_with_source_and_sub_activity_of_the_last(dataset, as_user):
    client = as_user(dataset.staff)
    client.post(url(dataset, "budget_create"), typed())
    initial = client.get(url(dataset, "budget_create")).context["form"].initial
    kept = (initial["source"], initial["sub_activity"], initial["dpa_number"])
    assert kept == (
        "APBD Kabupaten",
        "Pembinaan",
        "DPA/1",
    )


def test_budget_asks_the_same_queries_for_1_and_5(dataset, as_user, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = as_user(dataset.staff)
    f.BudgetLineFactory(training=dataset.training)
    with CaptureQueriesContext(connection) as queries:
        client.get(url(dataset, "budget"))
    for _ in range(4):
        f.BudgetLineFactory(training=dataset.training)
    with django_assert_num_queries(len(queries)):
        client.get(url(dataset, "budget"))
