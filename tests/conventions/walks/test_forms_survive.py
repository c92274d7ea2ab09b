"""Malformed input: no form answers with a 500 or loses what was typed."""

import random

import pytest
from django.db import transaction

from tests.conventions.test_scope import PAGES
from tests.conventions.walks.walk import Page, html_of

SEED = 20_181_204
HUGE = "x" * 100_000
SEARCH = "/cari/"
POISONS = [
    "",
    " ",
    HUGE,
    "a\x00b",
    "\x00",
    "-1",
    "0",
    "-0",
    "1e400",
    "NaN",
    "Infinity",
    str(10**30),
    "9" * 5_000,
    str(2**63),
    str(-(2**63) - 1),
    "2147483648",
    "1,5",
    "1.500.000",
    "1,000.50",
    "0001-01-01",
    "9999-12-31",
    "9999-99-99",
    "31-02-2024",
    "24:61",
    "<script>alert(1)</script>",
    "{{ 7*7 }}{% csrf_token %}",
    "'; DROP TABLE villages_village; --",
    "%s%n%(x)s {0} {row.__class__}",
    "\u202egnirts\u200b\u200d\ufeff",
    "\U0001f4a7\U0001f468\u200d\U0001f469\u200d\U0001f467",
    "\u0661\u0662\u0663",  # digits of another script
    "\u00b2\u00bd",  # characters that isdigit() or isnumeric() accept as numbers
    "\ud7ff\uffff",
    "../../etc/passwd",
    "[]",
    "none",
    "True",
    "987654321",  # no row has this id
    "00000000-0000-0000-0000-000000000000",
]
FEW = 9  # posts of one form besides the whole-form ones


class Failed(Exception):
    """Rolls a post back."""


def post(client, address, data):
    """The response to a post that is rolled back; the test client raises uncaught exceptions."""
    kept = None
    try:
        with transaction.atomic():
            kept = client.post(address, data)
            raise Failed
    except Failed:
        return kept


# The admin's forms are those of the staff and, except where a village limits them, of the fasilitator; those of the
# admin of all kabupaten have a choice of kabupaten besides.
OF_THE_FIELD = {
    "villages:person_create",
    "villages:person_update",
    "kpspams:group_create",
    "kpspams:member_create",
    "plans:work_plan_create",
    "trainings:participant_pick",
    "trainings:participant_create",
    "trainings:participant_paste",
    "trainings:participant_substitute",
    "trainings:participant_update",
}
OF_ALL_DISTRICTS = {
    "accounts:user_create",
    "accounts:user_update",
    "plans:work_area_create",
    "plans:work_area_update",
    "plans:funding_source_create",
    "plans:funding_source_update",
    "villages:programme_create",
    "villages:programme_update",
    "villages:village_create",
    "villages:person_create",
    "trainings:training_create",
    "trainings:meeting_create",
}
PAGES_OF = {"admin": None, "facilitator": OF_THE_FIELD, "central": OF_ALL_DISTRICTS, "anonymous": None}
# One test posts to the forms of one app, so that the load is even across processes: role and app -> minimum of posts.
POSTS = {
    ("admin", "accounts"): 100,
    ("admin", "imports"): 90,
    ("admin", "villages"): 400,
    ("admin", "kpspams"): 250,
    ("admin", "plans"): 300,
    ("admin", "trainings"): 900,
    ("admin", "fieldwork"): 110,
    ("admin", "monitoring"): 60,
    ("admin", "reports"): 90,
    ("facilitator", None): 80,
    ("central", None): 80,
    ("anonymous", None): 10,
}


@pytest.fixture
def forms_of(pages_of, dataset, client):
    """(name, URL, form) of every POST form on the pages of a role, or on those of one app, the logout excepted; the
    client is logged in as that role.
    """

    def find(role, app=None):
        only = PAGES_OF[role]
        pages = [seen for seen in pages_of(role) if only is None or seen.name in only]
        pages = [seen for seen in pages if app is None or seen.name.startswith(f"{app}:")]
        client.logout()
        if dataset.people[role]:
            client.force_login(dataset.people[role])
        for seen in pages:
            known = set()
            for form in seen.page.forms:
                shape = (form.action, *sorted(form.controls))
                if form.method == "post" and form.action != "/keluar/" and shape not in known:
                    known.add(shape)
                    yield seen.name, form.action or seen.address, form

    return find


def mutations(form, dice):
    """Data to send: nothing, everything poisoned alike, single poisoned fields among the values of the page."""
    names = [name for name in form.controls if name != "csrfmiddlewaretoken"]
    yield {}
    for poison in ("", HUGE if len(names) < 40 else "x" * 1_000, "a\x00b", str(10**30)):
        yield {name: poison for name in names}
    for _ in range(FEW if names else 0):
        data = form.untouched()
        for name in dice.sample(names, min(len(names), dice.choice((1, 1, 1, 2, 5)))):
            data[name] = dice.choice(POISONS)
            if dice.random() < 0.1:
                data[name] = [dice.choice(POISONS), dice.choice(POISONS)]
        yield data


def test_the_forms_of_every_app_are_tried():
    apps = {name.partition(":")[0] for name in PAGES if ":" in name}
    assert {("admin", app) for app in apps} <= set(POSTS) & set(FILTERS)


@pytest.mark.parametrize(("role", "app"), POSTS)
def test_no_form_breaks(role, app, forms_of, client):
    dice = random.Random(f"{SEED} {role} {app}")
    broken, count = [], 0
    for name, address, form in forms_of(role, app):
        for data in mutations(form, dice):
            count += 1
            shown = {key: str(value)[:60] for key, value in data.items()}
            try:
                response = post(client, address, data)
            except Exception as error:
                broken.append((name, address, type(error).__name__, str(error)[:200], shown))
            else:
                if response.status_code >= 500:
                    broken.append((name, address, response.status_code, "", shown))
    assert not broken, "\n".join(map(str, broken))
    assert count > POSTS[role, app]


def typed_marks(form) -> dict[str, str]:
    """A different text for each text field."""
    typed = [
        c.name for c in form.controls.values() if c.kind in ("text", "textarea", "date", "time", "number", "email")
    ]
    return {name: f'<k{number} "&' for number, name in enumerate(typed)}


@pytest.mark.parametrize("role", ["admin", "facilitator", "central"])
def test_a_refused_form_gives_back_what_was_typed(role, forms_of, client):
    lost, kept = {}, 0
    for name, address, form in forms_of(role):
        marks = typed_marks(form)
        if not marks:
            continue
        wrong = {key: "tidak-ada" for key, control in form.controls.items() if control.kind == "select"}
        response = post(client, address, form.untouched() | wrong | marks)
        if response.status_code == 302:
            complaints = [str(word) for word in response.wsgi_request._messages if word.level_tag == "error"]
            if complaints:
                lost[name, address] = complaints
            continue
        held = {value for again in Page(html_of(response)).forms for c in again.controls.values() for value in c.values}
        if gone := [key for key, mark in marks.items() if mark not in held]:
            lost[name, address] = gone
        kept += len(marks) - len(gone)
    assert lost == {}
    assert kept > {"admin": 100, "facilitator": 10, "central": 15}[role]


# Role and app -> minimum of names in filter forms.
FILTERS = {
    ("admin", "accounts"): 1,
    ("admin", "imports"): 1,
    ("admin", "villages"): 1,
    ("admin", "kpspams"): 1,
    ("admin", "plans"): 1,
    ("admin", "trainings"): 1,
    ("admin", "fieldwork"): 1,
    ("admin", "monitoring"): 1,
    ("admin", "reports"): 1,
    ("facilitator", None): 15,
    ("official", None): 15,
    ("camat", None): 15,
}


@pytest.mark.parametrize(("role", "app"), FILTERS)
def test_no_address_breaks_by_what_stands_behind_its_question_mark(role, app, pages_of, dataset, client):
    dice = random.Random(f"{SEED} {role} {app}")
    broken, filters = [], 0
    # Parameters that pages read from their URL; a filter form names its own.
    others = ["urut", "page", "desa", "fasilitator", "kelompok", "tahun", "hari", "langsung", "cari", "bidang", "next"]
    pages = [seen for seen in pages_of(role) if app is None or seen.name.startswith(f"{app}:")]
    client.force_login(dataset.people[role])
    for seen in pages:
        name, address = seen.name, seen.address
        # The search in the header of every page is no filter of this one.
        filter_forms = [form for form in seen.page.forms if form.method == "get" and form.action != SEARCH]
        found = {key for form in filter_forms for key in form.controls}
        filters += len(found)
        if role != "admin" and not found:
            continue  # a page without a filter reads its URL alike for every role
        names = sorted(found | set(others))
        requested = [{key: poison for key in names} for poison in ("", "a\x00b", str(10**30), "9" * 5_000, "\u00b2")]
        requested += [{key: dice.choice(POISONS) for key in dice.sample(names, 3)} for _ in range(4 if found else 1)]
        for question in requested:
            question = {key: value[:6_000] for key, value in question.items()}
            try:
                status = client.get(address, question).status_code
            except Exception as error:
                status = f"{type(error).__name__}: {error}"[:200]
            if status not in (200, 302, 400, 404):
                broken.append((name, status, {key: value[:40] for key, value in question.items()}))
    assert not broken, "\n".join(map(str, broken))
    assert filters > FILTERS[role, app]
