"""Access to every URL: one table for all pages and roles; a URL that is not listed fails.

A row outside the scope and a row that does not exist are both 404; a verb without the right is 403. Each page is
requested with a row of the user's village, of another facilitator's and of another kabupaten.
"""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import URLPattern, get_resolver

from tests.conventions.scope import (
    accounts,
    fieldwork,
    imports,
    kpspams,
    monitoring,
    pamsimas,
    plans,
    reports,
    trainings,
    villages,
)
from tests.conventions.scope.answers import ROLES


def joined(*tables):
    """One table of all. A name in two of them would hide the other row: an error (twice in one: ruff's F601)."""
    pages = {}
    for table in tables:
        if twice := pages.keys() & table.keys():
            raise ValueError(f"Listed twice: {sorted(twice)}")
        pages |= table
    return pages


APPS = (pamsimas, monitoring, accounts, imports, villages, kpspams, plans, trainings, fieldwork, reports)
PAGES = joined(*(app.PAGES for app in APPS))


def names_of_all_pages(patterns=None, namespace=""):
    for pattern in patterns or get_resolver().url_patterns:
        if isinstance(pattern, URLPattern):
            yield f"{namespace}{pattern.name}"
        else:
            inner = f"{pattern.namespace}:" if pattern.namespace else namespace
            yield from names_of_all_pages(pattern.url_patterns, inner)


def test_every_address_is_listed():
    assert sorted(set(names_of_all_pages())) == sorted(PAGES)


@pytest.fixture(scope="module")
def sessions(chain_dataset, django_db_blocker):
    """Role -> the key of its session, logged in once: a login before each request takes as long as half a page."""
    found = {}
    with django_db_blocker.unblock():
        for role, person in chain_dataset.people.items():
            client = Client()
            if person:
                client.force_login(person)
                found[role] = client.session.session_key
    return found


def answer_to(sessions, name, dataset, role, missing=False):
    page, client = PAGES[name], Client()
    if role in sessions:
        client.cookies[settings.SESSION_COOKIE_NAME] = sessions[role]
    address = page.address(name, dataset, missing)
    return client.post(address) if page.verb else client.get(address)


@pytest.mark.parametrize("name", PAGES)
def test_each_role_gets_what_the_table_says(name, dataset, sessions):
    got = {role: answer_to(sessions, name, dataset, role).status_code for role in ROLES}
    assert got == PAGES[name].expected


@pytest.mark.parametrize("name", [name for name, page in PAGES.items() if page.row])
def test_a_missing_row_is_not_found(name, dataset, sessions):
    assert answer_to(sessions, name, dataset, "central", missing=True).status_code == 404


@pytest.mark.parametrize("name", [name for name, page in PAGES.items() if page.verb])
def test_a_verb_is_not_asked_by_get(name, dataset, client):
    client.force_login(dataset.people["admin"])
    assert client.get(PAGES[name].address(name, dataset)).status_code == 405
