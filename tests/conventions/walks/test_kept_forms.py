"""A saved form names its draft: otherwise the browser would list its text as unsent for ever."""

import uuid

import pytest
from django.contrib import messages
from django.db import transaction

from records.models import SavedDraft

TYPED = {"text", "textarea", "select", "radio", "checkbox", "date", "time", "number", "email", "tel", "url"}


class Undone(Exception):
    """Rolls a post back."""


def taken_without_a_name(client, address, form) -> bool:
    """Whether the page's own values are answered with a redirect, without an error, but without the key."""
    key = str(uuid.uuid4())
    try:
        with transaction.atomic():
            response = client.post(address, form.untouched() | {"draft_key": key})
            levels = {message.level for message in response.wsgi_request._messages}
            taken = response.status_code == 302 and messages.ERROR not in levels
            named = SavedDraft.objects.filter(key=key).exists()
            raise Undone
    except Undone:
        return taken and not named


@pytest.mark.parametrize("role", ["admin", "facilitator"])
def test_every_form_that_is_taken_is_named(role, pages_of, dataset, client):
    pages = pages_of(role)
    client.force_login(dataset.people[role])
    tried, unnamed = 0, []
    for seen in pages:
        for form in seen.page.forms:
            typed = any(control.kind in TYPED for control in form.controls.values())
            if form.method == "post" and typed:
                tried += 1
                if taken_without_a_name(client, form.action or seen.address, form):
                    unnamed.append((seen.name, form.action))
    assert unnamed == []
    assert tried > {"admin": 80, "facilitator": 30}[role]
