"""Which kabupaten an address or a stored filter means."""

from collections.abc import Mapping

from django.db.models import QuerySet

from accounts.models import Subdistrict


def chosen_district(parameters: Mapping[str, str], subdistricts: QuerySet[Subdistrict]) -> int | None:
    """The key of the kabupaten that is named, by itself or by one of these kecamatan; it may not exist."""
    texts = {name: parameters.get(name) or "" for name in ("kabupaten", "kecamatan")}
    keys = {name: int(text) for name, text in texts.items() if text.isdecimal() and len(text) < 19}
    if "kabupaten" in keys:
        return keys["kabupaten"]
    return subdistricts.filter(pk=keys["kecamatan"]).values_list("district", flat=True).first() if keys else None
