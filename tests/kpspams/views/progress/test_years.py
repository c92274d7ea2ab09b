import pytest

from tests.kpspams.views.progress.sheets import send, year

pytestmark = pytest.mark.django_db


def test_the_year_says_what_is_next(client, plan, electricity, facilitator):
    page = client.get(year(plan))
    assert page.context["following"]["name"] == "Januari"
    for number in range(1, 6):
        send(client, plan, number, l1__choice="sesuai")
    page = client.get(year(plan))
    assert (page.context["following"]["name"], page.context["progress"].percent) == ("Juni", 42)
