import pytest

from tests import factories as make
from tests.kpspams.addresses import page
from tests.pages import errors, send, shown

pytestmark = pytest.mark.django_db
CHECK = {"checked_on": "2026-01-05", "active": "on", "bookkeeping": "lengkap", "fee_system": "meter"}


def test_group_check_is_added_once(client, staff):
    group = make.GroupFactory()
    url = page("group_check_create", group)
    data = shown(client.get(url)) | CHECK | {"income": "1.500.000", "tariff": "2.500", "has_asset_list": "true"}
    client.post(url, data)
    client.post(url, data)
    check = group.checks.get()
    assert (check.income, check.tariff, check.has_asset_list, check.recorded_by) == (1_500_000, 2_500, True, staff)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"checked_on": "2099-01-01"}, "checked_on"),
        ({"fee_system": "tidak_ada", "tariff": "2.500"}, "fee_system"),
        ({"tariff": "2.500.000"}, "still_save"),
        ({"active": None, "income": "5.000"}, "still_save"),
        ({"income": "banyak"}, "income"),
        ({"income": "99999999999999999999"}, "income"),
    ],
)
def test_group_check_says_what_is_wrong_or_unlikely(client, staff, changed, field):
    group = make.GroupFactory()
    response = send(client, page("group_check_create", group), **CHECK | changed)
    assert list(errors(response)) == [field]
    assert group.checks.count() == 0
