"""Former names of villages: found by search, recorded when name or code change."""

import csv
from datetime import date
from pathlib import Path

from django.db.models import Q

from records.search_keys import search_key
from villages.models import Village, VillageName

FORMER = Path(__file__).parents[1] / "data" / "former_names.csv"


def bare_name(text: str) -> str:
    """The name as it is stored, without "Desa"."""
    name = " ".join(text.split())
    return name[5:] if name.lower().startswith("desa ") else name


def once_called(text: str, path: str = "pk") -> Q:
    """Rows whose village had a former name like `text`, or that code. `path`: the lookup to the village."""
    key = search_key(text)
    if not key:
        return Q(pk__in=[])
    former = VillageName.objects.filter(Q(search_key__contains=key) | Q(code=text.strip()))
    return Q(**{f"{path}__in": former.values("village")})


def keep_former(village: Village, name: str, code: str = "", *, by, source: str = "", until: date | None = None):
    """Records a former name or code; one that is recorded stays unchanged."""
    if not village.names.filter(search_key=search_key(name), code=code).exists():
        VillageName(village=village, name=name, code=code, valid_until=until, source=source).add(by=by)


def keep_known(villages: dict[str, Village], *, by):
    """Records spellings of older editions of the codes for those of `villages` (by code) that have one."""
    with FORMER.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            village = villages.get(row["kode"])
            if village and search_key(village.name) != search_key(row["nama"]):
                until = date.fromisoformat(row["berlaku_sampai"])
                keep_former(village, row["nama"], by=by, source=row["sumber"], until=until)
