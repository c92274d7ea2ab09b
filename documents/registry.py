"""Each kind of paper is one module: `collect` reads rows into a plain snapshot, `render` makes HTML of it.

`render` touches no database, so the same snapshot gives the same paper, today and in ten years. A module has
TEMPLATE_VERSION, CODE_PREFIX, SUBJECTS, OPTIONS ({name: {value: label}}, the first is the default), READERS (an
Audience of Report, by default who sees the subject), WHOLE (True where a part of the villages would tell a wrong
whole: only who sees all of them may ask), FILTERED (True where it is asked of the villages and the day of the page:
`parameters["filter"]` holds them), label, district_of, clean, collect, render; docx and xlsx
where the paper is had in these forms as well; with_codes(snapshot, codes) where its parts bear codes of their own;
expect(snapshot) where documents.rendering.verification cannot see for itself what must
be printed.
"""

import hashlib
import json
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from records import letters
from documents.rendering import fonts, pdf, verification
from documents.plans import annual_account, damage_minutes, notice_board, plan_difference, plan_progress, rkp_extract, work_plan
from documents.trainings import assignment_letter, attendance_sheet, biodata, certificates, evaluation_recap, evaluation_sheet, follow_up_plan, honorarium_list, invitation, materials_receipt, memo, minutes, official_minutes, schedule, score_recap, question_sheet, training_report, transport_list
from documents.villages import change_history, village_form, village_sheet
from documents.groups import decree_draft, formation_minutes, group_profile
from documents.layout import footer
from documents.district import monitoring_report, periodic_report, plan_recap, proposal_recap, summary, visit_report
from reports.kinds import Format, Kind

KINDS = {
    Kind.ATTENDANCE_SHEET: attendance_sheet,
    Kind.INVITATION: invitation,
    Kind.ASSIGNMENT_LETTER: assignment_letter,
    Kind.SCHEDULE: schedule,
    Kind.BIODATA: biodata,
    Kind.TEST_SHEET: test_sheet,
    Kind.TEST_RECAP: test_recap,
    Kind.EVALUATION_SHEET: evaluation_sheet,
    Kind.EVALUATION_RECAP: evaluation_recap,
    Kind.FOLLOW_UP_PLAN: follow_up_plan,
    Kind.MINUTES: minutes,
    Kind.MEMO: memo,
    Kind.OFFICIAL_MINUTES: official_minutes,
    Kind.CERTIFICATES: certificates,
    Kind.TRAINING_REPORT: training_report,
    Kind.TRANSPORT_LIST: transport_list,
    Kind.HONORARIUM_LIST: honorarium_list,
    Kind.MATERIALS_RECEIPT: materials_receipt,
    Kind.WORK_PLAN: work_plan,
    Kind.PLAN_PROGRESS: plan_progress,
    Kind.PLAN_DIFFERENCE: plan_difference,
    Kind.NOTICE_BOARD: notice_board,
    Kind.ANNUAL_ACCOUNT: annual_account,
    Kind.RKP_EXTRACT: rkp_extract,
    Kind.PROPOSAL_RECAP: proposal_recap,
    Kind.PLAN_RECAP: plan_recap,
    Kind.DAMAGE_MINUTES: damage_minutes,
    Kind.FORMATION_MINUTES: formation_minutes,
    Kind.DECREE_DRAFT: decree_draft,
    Kind.VILLAGE_FORM: village_form,
    Kind.GROUP_PROFILE: group_profile,
    Kind.CHANGE_HISTORY: change_history,
    Kind.SUMMARY: summary,
    Kind.VILLAGE_SHEET: village_sheet,
    Kind.PERIODIC_REPORT: periodic_report,
    Kind.VISIT_REPORT: visit_report,
    Kind.MONITORING_REPORT: monitoring_report,
}


@dataclass(frozen=True)
class Stamp:
    """What an issue adds to its paper: the day, and the verification code where the kabupaten wants one.

    `codes`: those of the parts of the paper that are handed out one by one ({participant: code}); then its own code
    is not printed.
    """

    issued_on: date | None = None
    code: str = ""
    codes: dict[int, str] = field(default_factory=dict)


UNISSUED = Stamp()


@dataclass(frozen=True)
class Made:
    """One finished paper and what was counted in it."""

    content: bytes
    pages: int | None  # unknown for what Word and Excel lay out
    sha256: str
    counts: dict[str, int]


def document(kind: str) -> Any:
    """The module of a kind. Raises ValueError for a kind that does not exist, KeyError for one not made yet."""
    return KINDS[Kind(kind)]


def snapshot_sha(snapshot: dict[str, Any]) -> str:
    """Equal snapshots have equal hashes, whatever the order of their keys."""
    text = json.dumps(snapshot, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def code(kind: str, subject_id: int, sha: str) -> str:
    """Kode dokumen at the foot: kind, subject, and the beginning of the snapshot's hash.

    It tells two issues of one paper apart; it proves nothing.
    """
    return f"{document(kind).CODE_PREFIX}-{subject_id}-{sha[:8].upper()}"


def formats(kind: str) -> list[str]:
    """In which forms a paper can be had: always PDF; DOCX and XLSX where its module makes them."""
    module = document(kind)
    return [Format.PDF, *(form for form in (Format.DOCX, Format.XLSX) if hasattr(module, form.value))]


def make(
    kind: str, subject_id: int, snapshot: dict[str, Any], format: str = Format.PDF, *, stamp: Stamp = UNISSUED
) -> Made:
    """`docx(snapshot)` and `xlsx(snapshot)` of a module give bytes; a PDF is read back before it is handed on.

    Raises what documents.rendering.pdf.make raises, ValidationError for what cannot be printed, Unfaithful where the PDF says
    something else than the snapshot.
    """
    module = document(kind)
    reference = code(kind, subject_id, snapshot_sha(snapshot))
    head = snapshot["document"] | footer.foot(reference, stamp.issued_on, "" if stamp.codes else stamp.code)
    filled = snapshot | {"document": head}
    if stamp.codes:
        filled = module.with_codes(filled, stamp.codes)
    counts: dict[str, int] = {}
    pages = None
    if format == Format.PDF:
        page = letters.printable(module.render(filled))
        fonts.refuse_missing(page, snapshot)
        made = pdf.make(page, archival=stamp.issued_on is not None)
        wanted = verification.expected(module, snapshot, page)
        verification.check(made.content, wanted, snapshot, footer.furniture(head, stamp.codes.values()))
        content, pages, counts = made.content, made.pages, {"baris tabel": wanted.rows}
    else:
        content = getattr(module, format)(filled)
    return Made(content, pages, hashlib.sha256(content).hexdigest(), counts)
