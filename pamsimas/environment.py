"""Typed reading of the environment; a bad value stops the start with its name. settings.py has the variables."""

import os
import secrets
import tempfile

import environ
from django.core.exceptions import ImproperlyConfigured

env = environ.Env()


def read(reader, name, default):
    """Reads one variable with a reader of django-environ; a bad value stops the start with its name.

    An empty value counts as not set, because lines of `.env.example` are copied without a value.
    """
    if not os.environ.get(name, "").strip():
        return default
    try:
        return reader(name, default=default)
    except (ValueError, TypeError) as error:
        raise ImproperlyConfigured(f"{name} has a value that cannot be read: {error}") from error


def switch(name, default):
    """Reads a boolean. django-environ reads any unknown word as no, which would hide a typing error."""
    word = read(env.str, name, "").strip().lower()
    if not word:
        return default
    if word in ("1", "true", "yes", "on"):
        return True
    if word in ("0", "false", "no", "off"):
        return False
    raise ImproperlyConfigured(f"{name} must be 1 or 0, not {word!r}.")


def whole(name, default, low, high):
    """Reads a whole number between two bounds."""
    value = read(env.int, name, default)
    if not low <= value <= high:
        raise ImproperlyConfigured(f"{name} must lie between {low} and {high}, not {value}.")
    return value


def kept_secret(path):
    """The secret of a demo: created on first start, readable only by its owner, kept for the next start."""
    if not path.exists():
        handle, draft = tempfile.mkstemp(dir=path.parent)  # mode 600
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_urlsafe(64))
        try:
            os.link(draft, path)  # atomic; of two simultaneous first starts one wins
        except FileExistsError:
            pass
        os.unlink(draft)
    return path.read_text()


def folder(path):
    """A directory, created when missing, closed to other users of the machine."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path
