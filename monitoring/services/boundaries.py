"""Import of outlines of kecamatan and desa for the map: matched with the codes of the portal, previewed, saved.

Between preview and saving they are in a stored file, which is deleted after a day.
"""

import json
import re
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from secrets import token_hex

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from accounts.models import District, Subdistrict, User
from monitoring.models import Boundary
from monitoring.parsers.geojson import Feature, Ring
from records.models import Event
from villages.models import Village

AROUND = 0.3  # degrees that an outline may reach beyond the rectangle of its kabupaten
KEPT_FOR = timedelta(days=1)  # between preview and saving
TOKEN = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True)
class Match:
    """The result of choosing one property as the code."""

    name: str
    examples: list[str]
    villages: list[str]  # known codes, by kind of place
    subdistricts: list[str]
    unknown: int
    twice: list[str]

    @property
    def known(self) -> int:
        return len(self.villages) + len(self.subdistricts)


# Codes --------------------------------------------------------------------------------------------------


def dotted(text: str) -> str:
    """The code in our form ("1811012001" becomes "18.11.01.2001"); empty for no code of a kecamatan or a desa."""
    if re.fullmatch(r"[0-9. ]{6,16}", text):
        digits = re.sub(r"[. ]", "", text)
        parts = [digits[:2], digits[2:4], digits[4:6], digits[6:]]
        if len(digits) in (6, 10):
            return ".".join(part for part in parts if part)
    return ""


def known_places(user: User) -> dict[str, Subdistrict | Village]:
    """{code: kecamatan or desa} of the kabupaten that this user may edit."""
    subdistricts = Subdistrict.objects.visible_to(user).select_related("district__settings_row")
    villages = Village.objects.visible_to(user).select_related("subdistrict__district__settings_row")
    return {place.code: place for place in [*subdistricts, *villages]}


def matches(features: list[Feature], known: dict[str, Subdistrict | Village]) -> list[Match]:
    """The properties with known codes, the best first."""
    names = {name: None for feature in features for name in feature.properties}
    found = []
    for name in names:
        values = [feature.properties.get(name, "") for feature in features]
        codes = Counter(code for value in values if (code := dotted(value)) in known)
        if codes:
            found.append(
                Match(
                    name,
                    [value for value in values if value][:3],
                    sorted(code for code in codes if isinstance(known[code], Village)),
                    sorted(code for code in codes if isinstance(known[code], Subdistrict)),
                    len(values) - sum(codes.values()),
                    sorted(code for code, count in codes.items() if count > 1),
                )
            )
    return sorted(found, key=lambda match: -match.known)


@transaction.atomic
def save(features: list[Feature], name: str, source: str, by: User) -> int:
    """Stores the outlines whose property `name` is a known code; an earlier outline of that code is replaced.

    Several outlines of one code become one. Raises ValidationError when one lies outside the kabupaten.
    """
    known = known_places(by)
    rings: dict[str, list[Ring]] = {}
    for feature in features:
        if (code := dotted(feature.properties.get(name, ""))) in known:
            rings.setdefault(code, []).extend(feature.rings)
    if not rings:
        raise ValidationError("Tidak ada kode desa atau kecamatan yang dikenal pada pilihan itu.")
    for code, of in rings.items():
        _check_place(known[code], of)
    now = timezone.now()
    rows = [
        Boundary(
            code=code,
            geometry={"type": "MultiPolygon", "coordinates": [[ring] for ring in of]},
            source=source,
            imported_at=now,
        )
        for code, of in rings.items()
    ]
    Boundary.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["code"], update_fields=["geometry", "source", "imported_at"]
    )
    _record(by, f"{EVENT_LABEL}: {len(rows)} diimpor", f"Sumber: {source}; kode dari “{name}”")
    return len(rows)


def _check_place(place: Subdistrict | Village, rings: list[Ring]):
    district: District = (place.subdistrict if isinstance(place, Village) else place).district
    bounds = district.rules.bounds
    if bounds is None:
        return
    west, east = float(bounds.west) - AROUND, float(bounds.east) + AROUND
    south, north = float(bounds.south) - AROUND, float(bounds.north) + AROUND
    for lng, lat in (point for ring in rings for point in ring):
        if not (west <= lng <= east and south <= lat <= north):
            raise ValidationError(
                f"Batas {place} ({place.code}) terletak di luar {district}. Perbaiki berkasnya, lalu unggah lagi."
            )


def visible_boundaries(user: User):
    """Outlines of the kabupaten that this user may edit."""
    return Boundary.objects.filter(code__in=known_places(user))


@transaction.atomic
def remove_all(by: User) -> int:
    count, _ = visible_boundaries(by).delete()
    if count:
        _record(by, f"{EVENT_LABEL}: {count} dihapus", "")
    return count


EVENT_LABEL = "Batas wilayah"


def _record(by: User, label: str, reason: str):
    """Writes an event of the account, because outlines have no page of their own."""
    Event(
        verb=Event.Verb.CHANGE, by=by, kind=by._meta.label_lower, object_id=by.pk, label=label[:250], reason=reason
    ).save()


# Between preview and saving -----------------------------------------------------------------------------


FOLDER = "batas"


def put_aside(features: list[Feature]) -> str:
    """Stores the outlines under a random name; deletes files older than a day."""
    _delete_old()
    token = token_hex(16)
    text = json.dumps([[feature.properties, feature.rings] for feature in features])
    default_storage.save(_name_of(token), ContentFile(text.encode()))
    return token


def taken_up(token: str) -> list[Feature]:
    """The stored outlines of this name. Raises ValidationError when they do not exist any more."""
    if not TOKEN.fullmatch(token):
        raise ValidationError("Unggah berkasnya lagi.")
    try:
        with default_storage.open(_name_of(token)) as file:
            rows = json.load(file)
    except FileNotFoundError:
        raise ValidationError("Berkas ini sudah lewat satu hari atau sudah disimpan. Unggah lagi.") from None
    return [Feature(properties, [[(x, y) for x, y in ring] for ring in rings]) for properties, rings in rows]


def forget(token: str):
    if TOKEN.fullmatch(token):
        default_storage.delete(_name_of(token))


def _name_of(token: str) -> str:
    return f"{FOLDER}/{token}.json"


def _delete_old() -> None:
    try:
        _, names = default_storage.listdir(FOLDER)
    except FileNotFoundError:
        return  # nothing was stored yet
    for name in (f"{FOLDER}/{name}" for name in names):
        with suppress(FileNotFoundError):  # another process deletes too
            if default_storage.get_modified_time(name) < timezone.now() - KEPT_FOR:
                default_storage.delete(name)
