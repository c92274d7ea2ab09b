"""Each kind of paper is one module: `collect` reads rows into a plain snapshot, `render` makes HTML of it.

`render` touches no database, so the same snapshot gives the same paper, today and in ten years.
"""

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from reports import pdf
from reports.documents import attendance_sheet, decree_draft, formation_minutes, village_form, work_plan

KINDS = {
    "attendance_sheet": attendance_sheet,
    "work_plan": work_plan,
    "formation_minutes": formation_minutes,
    "decree_draft": decree_draft,
    "village_form": village_form,
}


@dataclass(frozen=True)
class Made:
    """One finished paper and what it was made of."""

    content: bytes
    pages: int
    sha256: str


def document(kind: str) -> Any:
    """The module of a kind. Raises KeyError for a kind that does not exist."""
    return KINDS[kind]


def snapshot_sha(snapshot: dict[str, Any]) -> str:
    """Equal snapshots have equal hashes, whatever the order of their keys."""
    text = json.dumps(snapshot, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def code(kind: str, subject_id: int, sha: str) -> str:
    """Kode dokumen at the foot: kind, subject, and the beginning of the snapshot's hash.

    It tells two issues of one paper apart; it proves nothing.
    """
    return f"{document(kind).CODE_PREFIX}-{subject_id}-{sha[:8].upper()}"


def make(kind: str, subject_id: int, snapshot: dict[str, Any]) -> Made:
    """Raises what reports.pdf.make raises."""
    head = snapshot["document"] | {"code": code(kind, subject_id, snapshot_sha(snapshot))}
    made = pdf.make(document(kind).render(snapshot | {"document": head}))
    return Made(made.content, made.pages, hashlib.sha256(made.content).hexdigest())
