"""Kabupaten of a URL or of a stored filter."""

from collections.abc import Mapping

from django.db.models import QuerySet

from accounts.models import Subdistrict


def chosen_district(parameters: Mapping[str, str], subdistricts: QuerySet[Subdistrict]) -> int | None:
    """The key of the named kabupaten, or of the kabupaten of these kecamatan; the row may not exist."""
    texts = {name: parameters.get(name) or "" for name in ("kabupaten", "kecamatan")}
    keys = {name: int(text) for name, text in texts.items() if text.isdecimal() and len(text) < 19}
    if "kabupaten" in keys:
        return keys["kabupaten"]
    return subdistricts.filter(pk=keys["kecamatan"]).values_list("district", flat=True).first() if keys else None
