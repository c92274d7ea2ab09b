"""Types of the parameters of a request and of the content that is stored as a snapshot.

Both are JSON: a report stores them. documents.base shows how a kind of document is typed.
"""

from collections.abc import Mapping
from typing import NotRequired, TypedDict, TypeVar

JSON = str | int | float | bool | None | list["JSON"] | dict[str, "JSON"]
Parameters = dict[str, JSON]  # the choices of a request: options, the village, whether telephone numbers are printed


class Verification(TypedDict):
    """The verification code in the footer of a page: its QR as a data URI, and the two sentences beside it."""

    qr: str
    what: str
    how: list[str]  # split around the code, which must not be broken across lines


class Head(TypedDict):
    """Title, dates and marks of the file (documents.layout.frame.head); the optional keys are added by printing."""

    title: str
    subject: str
    office: str
    dated: str  # ISO
    page_size: str
    watermark: str
    apart: NotRequired[bool]  # page numbers restart with each part
    issue_status: NotRequired[str]
    code: NotRequired[str]  # the kode dokumen
    sheet_label: NotRequired[str]  # beside the Kode lembar of pages that are signed
    issued: NotRequired[str]
    verification: NotRequired[Verification | None]


class WordTemplate(TypedDict):
    """An office's own Word file, which never changes, and its values (documents.layout.word_template)."""

    file: str
    sha256: str
    values: dict[str, str | list[dict[str, str]]]
    others: NotRequired[list[dict[str, str | list[dict[str, str]]]]]  # of further letters, in their order


class Snapshot(TypedDict):
    """Keys of every content. A kind of document adds its own."""

    document: Head
    word: NotRequired[WordTemplate]


Content = TypeVar("Content", bound=Snapshot)


def option(parameters: Mapping[str, JSON], name: str) -> str:
    """The value of one option; empty when none was submitted."""
    value = parameters.get(name)
    return value if isinstance(value, str) else ""


def filter_of(parameters: Mapping[str, JSON]) -> dict[str, str]:
    """The filter of the page that sent the request, as its GET parameters; empty without one."""
    value = parameters.get("filter")
    return {name: str(text) for name, text in value.items()} if isinstance(value, dict) else {}
