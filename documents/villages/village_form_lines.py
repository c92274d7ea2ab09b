"""Lines of the formulir kosong: labels, known values, boxes to tick."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from django.db import models

from documents.villages.village_form_content import FacilityPart, Row
from records import formats
from villages.models import ConditionCheck, Facility

BOX = "\N{WHITE SQUARE}"


def row(what: str, known: str = "", blank: str = "") -> Row:
    return {"what": what, "known": known, "blank": blank}


def boxes(choices: Iterable[str]) -> str:
    return "   ".join(f"{BOX}\N{NO-BREAK SPACE}{label.replace(' ', chr(160))}" for label in choices)


def labels(choices: type[models.TextChoices]) -> list[str]:
    return [str(label) for label in choices.labels]


def number(value: int | Decimal | None) -> str:
    return "" if value is None else formats.number_id(value)


def day(value: date | None) -> str:
    return formats.date_id(value) if value else ""


def facility(facility: Facility) -> FacilityPart:
    checks = list(facility.checks.all())
    return {
        "name": facility.name,
        "rows": _facility_rows(
            facility.name,
            facility.get_technology_display(),
            facility.get_energy_display(),
            number(facility.capacity_lps),
            number(facility.reservoir_m3),
            str(facility.built_year or ""),
            facility.get_funder_display(),
        ),
        "check": _condition_rows(checks[0] if checks else None),
        "assets": [{"name": str(asset), "units": formats.number_id(asset.units)} for asset in facility.assets.all()],
    }


def unknown_facility() -> FacilityPart:
    return {"name": "", "rows": _facility_rows(*[""] * 7), "check": _condition_rows(None), "assets": []}


def _facility_rows(
    name: str, technology: str, energy: str, capacity: str, reservoir: str, year: str, funder: str
) -> list[Row]:
    """In the order of the form of a water system."""
    return [
        row("Nama sarana", name),
        row("Jenis opsi", technology, "" if technology else boxes(labels(Facility.Technology))),
        row("Sumber energi", energy, boxes(labels(Facility.Energy))),
        row("Kapasitas (L/detik)", capacity),
        row("Reservoir (m³)", reservoir),
        row("Tahun dibangun", year),
        row("Sumber dana pembangunan", funder, boxes(labels(Facility.Funder))),
    ]


def _condition_rows(check: ConditionCheck | None) -> list[Row]:
    """In the order of the form of a check of a water system."""
    working = check.get_functioning_display() if check else ""
    return [
        row("Tanggal pemeriksaan", day(check.checked_on) if check else ""),
        row("Keberfungsian", working, boxes(labels(ConditionCheck.Functioning))),
        row("Penyebab/catatan", check.cause if check else ""),
        row("Diperiksa oleh", check.checked_by if check else ""),
        row("SR aktif", number(check.connections_active if check else None)),
        row("SR tidak aktif", number(check.connections_inactive if check else None)),
        row("HU/KU", number(check.taps if check else None)),
        row("KK terlayani", number(check.households if check else None)),
        row("Jiwa terlayani", number(check.people if check else None)),
        row("Jam layanan per hari", number(check.hours if check else None)),
    ]
