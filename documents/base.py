"""What a kind of document is: one class in one file under trainings, plans, groups, villages or district.

`collect` reads rows into plain content, which the report keeps as its snapshot; `render` makes HTML of it. `render`
touches no database, so the same snapshot gives the same document, today and in ten years. documents.registry is the
only list of kinds.

A kind of document is typed by its two parameters, the rows that it is about and its content:

    class NoticeContent(Snapshot):  # a TypedDict; "document" comes with Snapshot
        heading: str
        rows: list[NoticeRow]  # a TypedDict too

    class Notice(Document[WorkPlan, NoticeContent]):
        def collect(self, subject: WorkPlan, parameters: Parameters, user: User | None) -> NoticeContent: ...

One that is made of blocks has documents.layout.blocks.BlockContent as its content, or a TypedDict under it. A family
leaves the content open: `class PlanDocument(Document[WorkPlan, Content])`. `content_of` alone turns the JSON of a
report into content again.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, Generic, TypeAlias, TypeVar, cast

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.template.loader import render_to_string

from accounts.models import District, User
from documents import issue_rules
from documents.choices import Audience, Format, IssueStatus, OwnTemplate
from documents.content import JSON, Content, Head, Parameters, Snapshot
from documents.issue_rules import IssueRule
from documents.layout import blocks, word_template
from documents.layout.docx import docx
from documents.layout.fitting import Measure
from documents.layout.sheet_codes import SheetCodes
from documents.letter_parts import LetterPart
from documents.rendering.verification import Expected, rows_of_blocks, rows_of_page
from documents.signers import Level, Signer, letterheads, places
from documents.titles import TITLES

Subject = TypeVar("Subject", bound=Model)


@dataclass(frozen=True)
class Button:
    """One way to ask for a document: the label of its button and the options that it sends."""

    label: str
    options: Mapping[str, str] = field(default_factory=dict)
    rare: bool = False  # folded away: what an office needs now and then
    spj_item: str = ""  # the line of the accounts file, where it is not that of the document


@dataclass(frozen=True)
class AllVillages:
    """One way to request a document of every village at once (reports.services.bundles.all_villages)."""

    code: str  # in the address of the page
    label: str
    position: int  # among the choices
    options: Mapping[str, str] = field(default_factory=dict)


class Document(Generic[Subject, Content]):
    """One kind of document about rows of `subjects`. An instance holds no state; the registry has one of each.

    A subclass names at least kind, title and code_prefix, and has `collect`; one with a page of its own names its
    `template`, the others put blocks (documents.layout.blocks) under "body" of the content.
    """

    kind: ClassVar[str]
    title: ClassVar[str]  # in lists and filters
    code_prefix: ClassVar[str]  # of the kode dokumen: "DH"
    template_version: ClassVar[int] = 1  # raised when the same snapshot would print otherwise
    template: ClassVar[str] = ""
    subjects: ClassVar[tuple[type[Model], ...]]
    formats: ClassVar[tuple[Format, ...]] = (Format.PDF,)  # DOCX of blocks, XLSX by `xlsx`
    options: ClassVar[Mapping[str, Mapping[str, str]]] = {}  # name -> {value: label}; the first value is the default

    row_options: ClassVar[tuple[str, ...]] = ()  # options whose value is the key of a row; `clean` checks it
    audience: ClassVar[Audience] = Audience.SUBJECT  # who reads it by default
    of_all_villages: ClassVar[bool] = False  # a part would be a wrong whole: only who sees all villages may request it
    takes_filter: ClassVar[bool] = False  # of the villages and the day of a page: parameters["filter"]

    all_villages: ClassVar[tuple[AllVillages, ...]] = ()  # how it is requested of every village at once
    audit_position: ClassVar[int | None] = None  # in the Berkas pemeriksaan of a village, among those of one row
    decree_position: ClassVar[int | None] = None  # among the documents that prepare an SK

    issue_rule: ClassVar[IssueRule] = issue_rules.never
    names_people: ClassVar[bool] = False  # its label may name the person; public pages show the title
    is_letter: ClassVar[bool] = False  # never issued, yet signed and sent
    parts_have_codes: ClassVar[bool] = False  # handed out one by one, each under a verification code of its own
    has_image: ClassVar[bool] = False  # one page, sent as a picture too

    letterhead: ClassVar[str | None] = None  # where nothing was chosen; None: may bear none
    signers: ClassVar[tuple[Signer, ...] | None] = None  # where nothing was chosen; None: nobody signs
    other_signers: ClassVar[str] = ""  # who signs whatever is chosen, in words
    level: ClassVar[Level] = Level.DISTRICT
    is_closed: ClassVar[bool] = False  # NIK, accounts or money: in a bundle only where the office ticks it
    is_signed_by_hand: ClassVar[bool] = False  # people sign its pages with a pen: each bears a Kode lembar
    is_blank_form: ClassVar[bool] = False  # filled in with a pen: no evidence for an auditor
    letter_parts: ClassVar[Mapping[str, LetterPart]] = {}  # the wording that an office may change
    has_background: ClassVar[bool] = False  # an office may upload a picture that lies under its text

    def __init_subclass__(cls, **kwargs: object) -> None:
        super().__init_subclass__(**kwargs)
        if "kind" in vars(cls):
            TITLES[cls.kind] = cls.title

    # A request

    def label(self, parameters: Parameters) -> str:
        """What these parameters make of it: "Daftar hadir terisi"."""
        return self.title

    def district_of(self, subject: Subject) -> District:
        raise NotImplementedError

    def clean(self, subject: Subject, parameters: Parameters) -> Parameters:
        """The parameters of a request, checked. Raises ValidationError, in words for people."""
        return self.chosen(parameters)

    def chosen(self, parameters: Parameters) -> Parameters:
        """The value of each option, the first where none was sent. Raises ValidationError for an unknown one."""
        found: Parameters = {}
        for name, values in self.options.items():
            found[name] = parameters.get(name) or next(iter(values))
            if found[name] not in values:
                raise ValidationError(f"Pilihan ini tidak dikenal; yang ada: {', '.join(values.values()).lower()}.")
        return found

    @classmethod
    def issue_status(cls, subject: Model, parameters: Parameters) -> IssueStatus:
        """What it is worth if its content is read now."""
        return cls.issue_rule(subject, parameters)

    @classmethod
    def is_issued(cls) -> bool:
        """Whether it is ever issued; only then the setting about codes means anything."""
        return cls.issue_rule is not issue_rules.never

    # The content

    def collect(self, subject: Subject, parameters: Parameters, user: User | None) -> Content:
        """Everything that is printed, as plain values. `user` reads no more than they may see; None sees all."""
        raise NotImplementedError

    def content_of(self, snapshot: JSON | Snapshot) -> Content:
        """The stored snapshot of a report as content of this kind again; `collect` made it, so nothing is checked."""
        return cast(Content, snapshot)

    def with_head(self, content: Content, head: Head) -> Content:
        """The same content under another head of the file."""
        return cast(Content, {**content, "document": head})

    def with_codes(self, content: Content, codes: dict[int, str]) -> Content:
        """The content with codes of its parts ({participant: code}), where parts are handed out one by one."""
        raise NotImplementedError

    def with_background(self, content: Content, background: str) -> Content:
        """The content on another background (a data URI), where `has_background`."""
        return cast(Content, {**content, "background": background})

    # The file

    def fitted(self, content: Content, measure: Measure) -> Content:
        """What of the content has room on the pages of a PDF (documents.layout.fitting); all of it unless said."""
        if blocks.has_body(content):
            return cast(Content, blocks.fitted(content, measure))
        return content

    def render(self, content: Content) -> str:
        """The page as HTML."""
        return render_to_string(self.template, content) if self.template else blocks.render(blocks.of(content))

    def sheet_codes(self, subject_id: int, content: Content) -> SheetCodes | None:
        """What the Kode lembar of its pages says; None where nobody signs them."""
        return SheetCodes(self.code_prefix, f"T{subject_id}") if self.is_signed_by_hand else None

    def expected(self, content: Content, page: str) -> Expected:
        """What must be printed; `page` is the HTML that was laid out."""
        return rows_of_blocks(content["body"]) if blocks.has_body(content) else rows_of_page(page)

    def parameters_of_part(self, part: str) -> Parameters:
        """The parameters of a preview of this part of a letter."""
        return {}

    def docx(self, content: Content) -> bytes:
        """The office's own Word file filled in, where one held when the content was read."""
        if "word" in content:
            return word_template.fill_stored(content["word"], content["document"])
        return docx(blocks.of(content))

    def xlsx(self, content: Content) -> bytes:
        raise NotImplementedError

    # Signing

    def default_signers(self, district: District) -> tuple[Signer, ...]:
        """Who signs where the kabupaten chose nothing."""
        return self.signers or ()

    @property
    def is_signed(self) -> bool:
        return self.signers is not None

    @property
    def own_template(self) -> OwnTemplate:
        """What an office may upload for it."""
        return OwnTemplate.BACKGROUND if self.has_background else OwnTemplate.NONE

    @property
    def has_settings(self) -> bool:
        """Whether a kabupaten may choose anything about its letterhead or signers."""
        return self.letterhead is not None

    @property
    def places(self) -> dict[str, str]:
        """Who may sign it: place -> label."""
        return places(self.level)

    @property
    def letterheads(self) -> list[str]:
        """Which letterheads it may bear; "" is none."""
        return letterheads(self.level) if self.has_settings else [""]


# Of a kind that only the row knows.
AnyDocument: TypeAlias = Document[Any, Any]  # type: ignore[explicit-any]
