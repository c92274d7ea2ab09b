"""URLs of Titip entri."""

from django.urls import reverse


def url(name, row=None):
    return reverse(f"fieldwork:{name}", args=[row.pk] if row else [])
