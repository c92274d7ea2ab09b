"""What documents with a page of their own must say; those made of blocks need no such words."""

from typing import Any

from documents.rendering.verification import Expected


def of_sheets(snapshot: dict[str, Any]) -> Expected:
    """Daftar hadir: everybody with their cells, the sums below, and the recapitulation."""
    found = Expected()
    for sheet in snapshot["sheets"]:
        found.tables.append([_person(row, *[cell["text"] for cell in row["cells"]]) for row in sheet["rows"]])
        found.texts += sheet["totals"]
    if recap := snapshot["recap"]:
        found.tables.append([_person(row, row["marks"], row["hours"]) for row in recap["rows"]])
        found.texts += recap["totals"]
    return found


def _person(row: dict[str, Any], *more: str) -> list[str]:
    return [row["number"], row["name"], row["sex"], row["post"], row["place"], row.get("phone", ""), *more]


def of_plan(snapshot: dict[str, Any]) -> Expected:
    """Rencana kerja: every line with its bidang and sums, the total in figures and words, the sources."""
    lines: list[list[str]] = []
    for area in snapshot["areas"]:
        lines.append([f"{area['code']}. {area['label']}"])
        lines += [[row[name] for name in _PLAN_CELLS] for row in area["rows"]]
        lines.append([f"Jumlah bidang {area['code']}", area["subtotal"]])
    lines.append(["JUMLAH", snapshot["total"]])
    sources = [[row["label"], row["amount"], row["secured"], row["unsecured"]] for row in snapshot["sources"]]
    funded = snapshot["funded"]
    sources.append(["Jumlah", funded["amount"], funded["secured"], funded["unsecured"]])
    return Expected(tables=[lines, sources], texts=[snapshot["total"], snapshot["total_words"]])


_PLAN_CELLS = (
    "number",
    "title",
    "location",
    "target",
    "volume",
    "unit",
    "unit_price",
    "amount",
    "source",
    "responsible",
    "months",
    "note",
)
