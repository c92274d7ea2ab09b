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
