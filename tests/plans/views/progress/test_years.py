from datetime import date
from urllib.parse import urlencode

import pytest
from django.urls import reverse

from tests import factories as make
from tests.plans.views.progress.sheets import send, year

pytestmark = pytest.mark.django_db


def test_the_year_says_what_is_next(client, plan, electricity, facilitator):
    page = client.get(year(plan))
    assert page.context["following"]["name"] == "Januari"
    for number in range(1, 6):
        send(client, plan, number, l1__choice="sesuai")
    page = client.get(year(plan))
    assert (page.context["following"]["name"], page.context["progress"].percent) == ("Juni", 42)


def test_a_finished_repair_asks_for_a_new_check_until_there_is_one(client, plan, pipes, facilitator):
    facility = make.FacilityFactory(village=plan.group.village, name="SPAM Dusun")
    plan.activities.update(facility=facility)
    make.ConditionCheckFactory(facility=facility, checked_on=date(2026, 4, 30))
    assert client.get(year(plan)).context["checks_wanted"] == []
    send(client, plan, 5, query="?semua=1", l3__choice="lain", l3__volume="350", l3__percent="100")
    page = client.get(year(plan))
    assert "Pipa selesai. Keadaan SPAM Dusun belum diperiksa sesudahnya. Minta staf DPMU" in page.text
    client.force_login(make.UserFactory())
    (wanted,) = client.get(year(plan)).context["checks_wanted"]
    assert wanted["url"] == f"{reverse('villages:check_create', args=[facility.pk])}?" + urlencode(
        {"kembali": year(plan)}
    )
    assert client.get(wanted["url"]).status_code == 200
    make.ConditionCheckFactory(facility=facility, checked_on=date(2026, 5, 2))
    assert client.get(year(plan)).context["checks_wanted"] == []
