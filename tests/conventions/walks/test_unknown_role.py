"""An account with an unknown (or removed) role logs in and sees nothing, whatever belongs to it."""

from datetime import date

import pytest

from tests import factories as make
from tests.conventions.test_scope import PAGES
from tests.conventions.walks.walk import body_of
from tests.dataset import DIGITS

# All pages but the public ones and that of the user's own account with its assignments.
LOOK = {name: page for name, page in PAGES.items() if not page.verb and page.expected["anonymous"] == 302}
del LOOK["accounts:profile"]


@pytest.fixture
def client_of_unknown(dataset, client):
    user = make.UserFactory(role="auditor", may_approve=True)
    make.AssignmentFactory(user=user, village=dataset.village, starts_on=date(2018, 1, 1))
    dataset.training.officers.add(user)
    client.force_login(user)
    return client


def test_no_page_shows_a_row(dataset, client_of_unknown):
    """Names of the shared dataset, and one that is on every page of the village."""
    names = {
        *(dataset.village.name, dataset.group.name, dataset.person.name, dataset.training.title, dataset.facility.name),
        *(dataset.village.code, dataset.association.name, DIGITS),
    }
    opened, shown, wrong = [], [], {}
    for name, page in LOOK.items():
        answer = client_of_unknown.get(page.address(name, dataset))
        if answer.status_code == 200:
            opened.append(name)
            text = body_of(answer).decode(errors="replace")
            shown += [(name, word) for word in names if word in text]
        elif answer.status_code not in (302, 403, 404):
            wrong[name] = answer.status_code
    assert wrong == {}
    assert shown == []
    assert [name for name in opened if PAGES[name].row] == []
    assert "villages:village_list" in opened
    assert "monitoring:home" in opened


def test_its_own_account_tells_what_to_do(client_of_unknown):
    text = client_of_unknown.get("/akun/").content.decode()
    assert "Belum melihat data apa pun. Minta admin DPMU memilih peran yang berlaku untuk akun ini." in text
    assert "Menyetujui" not in text
