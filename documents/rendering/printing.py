"""Printing: from a snapshot to the bytes of a finished file, and the kode dokumen in its footer."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from documents.base import AnyDocument, Document, Subject
from documents.choices import Format
from documents.content import Content, Head
from documents.layout import footer, sheet_codes
from documents.rendering import fonts, pdf, verification
from records import letters


@dataclass(frozen=True)
class Stamp:
    """What an issue adds to its document: the day, and the verification code if the kabupaten wants one.

    `codes`: those of the parts that are handed out one by one ({participant: code}); then the document's own code is
    not printed.
    """

    issued_on: date | None = None
    code: str = ""
    codes: dict[int, str] = field(default_factory=dict)


UNISSUED = Stamp()


@dataclass(frozen=True)
class Printed:
    """One finished file with its hash and counts."""

    content: bytes
    pages: int | None  # unknown for Word and Excel files
    sha256: str
    counts: dict[str, int]


def snapshot_sha(snapshot: Mapping[str, object]) -> str:
    """Equal snapshots have equal hashes, whatever the order of their keys."""
    text = json.dumps(snapshot, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def reference(document: AnyDocument, subject_id: int, sha: str) -> str:
    """Kode dokumen in the footer: kind, subject, and the beginning of the snapshot's hash.

    It distinguishes two issues of one document; it is no proof.
    """
    return f"{document.code_prefix}-{subject_id}-{sha[:8].upper()}"


def print_document(
    document: Document[Subject, Content],
    subject_id: int,
    content: Content,
    format: str = Format.PDF,
    *,
    stamp: Stamp = UNISSUED,
) -> Printed:
    """The finished file; a PDF is read back first.

    Raises the errors of documents.rendering.pdf.make, ValidationError for content that cannot be printed, and
    Unfaithful when the PDF differs from the snapshot.
    """
    code = reference(document, subject_id, snapshot_sha(content))
    printed_footer = footer.footer_of(code, stamp.issued_on, "" if stamp.codes else stamp.code)
    head: Head = {**content["document"], **printed_footer}
    if document.is_signed_by_hand:
        head["sheet_label"] = sheet_codes.LABEL
    filled = document.with_head(content, head)
    if stamp.codes:
        filled = document.with_codes(filled, stamp.codes)
    counts: dict[str, int] = {}
    pages = None
    if format == Format.PDF:
        filled = document.fitted(filled, pdf.measure)
        page = letters.printable(document.render(filled))
        fonts.refuse_missing(page, content)
        made = pdf.make(page, archival=stamp.issued_on is not None, codes=document.sheet_codes(subject_id, content))
        wanted = document.expected(filled, page)
        verification.check(made.content, wanted, content, footer.repeated_texts(head, stamp.codes.values()))
        printed, pages, counts = made.content, made.pages, {"baris tabel": wanted.rows}
    else:
        printed = document.docx(filled) if format == Format.DOCX else document.xlsx(filled)
    return Printed(printed, pages, hashlib.sha256(printed).hexdigest(), counts)
