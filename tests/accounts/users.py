"""Accounts of a role, URLs of the accounts, and the data of their forms."""

import re

from django.urls import reverse

from tests import factories as make

LIST = "/pengguna/"
CREATE = "/pengguna/tambah/"
KEY = "7c1a5c1e-5a0e-4a7b-9f6e-0d7c55aa0001"


def account(role, **fields):
    """An account with this role, of the kecamatan of the factories where the role needs one."""
    return (make.CamatFactory if role == "camat" else make.UserFactory)(role=role, **fields)


def url(verb, user):
    return reverse(f"accounts:user_{verb}", args=[user.pk])


def typed(**fields):
    return {
        "name": "Siti Aminah",
        "username": "siti.aminah",
        "role": "staff",
        "facilitator_type": "",
        "ends_on": "",
        "request_key": KEY,
    } | fields


def edited(user, **fields):
    """The data of the edit form of `user`, with some fields changed."""
    return {
        "name": user.name,
        "username": user.username,
        "role": user.role,
        "facilitator_type": user.facilitator_type,
        "ends_on": user.ends_on.isoformat() if user.ends_on else "",
        "version": str(user.version),
    } | fields


def shown_password(answer):
    return re.search(r"<dt>Kata sandi</dt><dd><code>([^<]+)</code>", answer.content.decode())[1]
