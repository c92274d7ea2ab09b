"""Base class of documents: each kind is one class in one file under trainings, plans, groups, villages or district.

`collect` reads rows into plain content, which the report stores as its snapshot; `render` makes HTML from it without
the database, so the same snapshot gives the same document, today and in ten years. documents.registry is the only list
of kinds.

A kind of document has two type parameters, its subject and its content:

    class NoticeContent(Snapshot):  # a TypedDict; "document" comes with Snapshot
        heading: str
        rows: list[NoticeRow]  # a TypedDict too

    class Notice(Document[WorkPlan, NoticeContent]):
        def collect(self, subject: WorkPlan, parameters: Parameters, user: User | None) -> NoticeContent: ...

A document made of blocks has documents.layout.blocks.BlockContent or a subclass as its content. A family leaves the
content open: `class PlanDocument(Document[WorkPlan, Content])`. Only `content_of` converts the JSON of a report to
content.
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
from documents.layout import block_pages, blocks, word_template
from documents.layout.docx import docx
from documents.layout.fitting import Measure
from documents.layout.sheet_codes import SheetCodes
from documents.letter_parts import LetterPart
from documents.rendering.verification import Expected, rows_of_blocks, rows_of_page
from documents.signers import Level, Signer, letterheads, places
from documents.titles import TITLES
from documents.word_forms import Values, WordForm

Subject = TypeVar("Subject", bound=Model)


@dataclass(frozen=True)
class Button:
    """One way to request a document: the label of its button and the options that it sends."""

    label: str
    options: Mapping[str, str] = field(default_factory=dict)
    rare: bool = False  # in the collapsed part of a menu: rarely needed
    spj_item: str = ""  # the line of the accounts file, if it is not that of the document


@dataclass(frozen=True)
class AllVillages:
    """One way to request a document of every village at once (reports.services.bundles.all_villages)."""

    code: str  # in the URL of the page
    label: str
    position: int  # among the choices
    options: Mapping[str, str] = field(default_factory=dict)


class Document(Generic[Subject, Content]):
    """One kind of document about rows of `subjects`. An instance holds no state; the registry has one of each.

    A subclass names at least kind, title and code_prefix, and defines `collect`; a kind with a page of its own sets
    `template`, the others put blocks (documents.layout.blocks) under "body" of the content.
    """

    kind: ClassVar[str]
    title: ClassVar[str]  # in lists and filters
    code_prefix: ClassVar[str]  # prefix of the kode dokumen: "DH"
    template_version: ClassVar[int] = 3  # incremented when the same snapshot prints differently
    template: ClassVar[str] = ""
    subjects: ClassVar[tuple[type[Model], ...]]
    formats: ClassVar[tuple[Format, ...]] = (Format.PDF,)  # DOCX of blocks, XLSX by `xlsx`
    options: ClassVar[Mapping[str, Mapping[str, str]]] = {}  # name -> {value: label}; the first value is the default

    row_options: ClassVar[tuple[str, ...]] = ()  # options whose value is the key of a row; `clean` checks it
    audience: ClassVar[Audience] = Audience.SUBJECT  # default readers
    of_all_villages: ClassVar[bool] = False  # an extract would mislead: only users who see all villages may request it
    takes_filter: ClassVar[bool] = False  # takes the villages and the day of a page: parameters["filter"]

    all_villages: ClassVar[tuple[AllVillages, ...]] = ()  # requests for every village at once
    audit_position: ClassVar[int | None] = None  # position among the documents of one row in a Berkas pemeriksaan
    decree_position: ClassVar[int | None] = None  # position among the documents that prepare an SK

    issue_rule: ClassVar[IssueRule] = issue_rules.never
    names_people: ClassVar[bool] = False  # its label may name the person; public pages show the title
    is_letter: ClassVar[bool] = False  # never issued, yet signed and sent
    parts_have_codes: ClassVar[bool] = False  # handed out one by one, each with its own verification code
    has_image: ClassVar[bool] = False  # one page, also available as an image

    letterhead: ClassVar[str | None] = None  # default; None: no letterhead possible
    signers: ClassVar[tuple[Signer, ...] | None] = None  # default; None: no signatures
    other_signers: ClassVar[str] = ""  # label of those who always sign, whatever the settings
    level: ClassVar[Level] = Level.DISTRICT
    is_closed: ClassVar[bool] = False  # has NIK, accounts or money: in a bundle only when the office selects it
    is_signed_by_hand: ClassVar[bool] = False  # its pages are signed with a pen and have a Kode lembar
    is_blank_form: ClassVar[bool] = False  # filled in with a pen: no evidence for an auditor
    letter_parts: ClassVar[Mapping[str, LetterPart]] = {}  # the wordings that an office may change
    word_form: ClassVar[WordForm | None] = None  # what an office's own Word file may name; None: it takes none
    has_background: ClassVar[bool] = False  # an office may upload an image as background of its text

    def __init_subclass__(cls, **kwargs: object) -> None:
        super().__init_subclass__(**kwargs)
        if "kind" in vars(cls):
            TITLES[cls.kind] = cls.title

    # A request

    def label(self, parameters: Parameters) -> str:
        """The label with these parameters: "Daftar hadir terisi"."""
        return self.title

    def district_of(self, subject: Subject) -> District:
        raise NotImplementedError

    def clean(self, subject: Subject, parameters: Parameters) -> Parameters:
        """The checked parameters of a request. Raises ValidationError."""
        return self.chosen(parameters)

    def chosen(self, parameters: Parameters) -> Parameters:
        """The value of each option, the first where none was submitted. Raises ValidationError for an unknown one."""
        found: Parameters = {}
        for name, values in self.options.items():
            found[name] = parameters.get(name) or next(iter(values))
            if found[name] not in values:
                raise ValidationError(f"Pilihan ini tidak dikenal; yang ada: {', '.join(values.values()).lower()}.")
        return found

    @classmethod
    def issue_status(cls, subject: Model, parameters: Parameters) -> IssueStatus:
        """The issue status if its content is collected now."""
        return cls.issue_rule(subject, parameters)

    @classmethod
    def is_issued(cls) -> bool:
        """Whether it is ever issued; only then the setting about codes applies."""
        return cls.issue_rule is not issue_rules.never

    # The content

    def collect(self, subject: Subject, parameters: Parameters, user: User | None) -> Content:
        """All that is printed, as plain values. `user` gets only what is visible to them; None gets all."""
        raise NotImplementedError

    def content_of(self, snapshot: JSON | Snapshot) -> Content:
        """The stored snapshot of a report as content of this kind; unchecked, because `collect` made it."""
        return cast(Content, snapshot)

    def with_head(self, content: Content, head: Head) -> Content:
        """The same content with another head of the file."""
        return cast(Content, {**content, "document": head})

    def with_codes(self, content: Content, codes: dict[int, str]) -> Content:
        """The content with codes of its parts ({participant: code}), for parts that are handed out one by one."""
        raise NotImplementedError

    def with_background(self, content: Content, background: str) -> Content:
        """The content with another background (a data URI), for `has_background`."""
        return cast(Content, {**content, "background": background})

    # The file

    def fitted(self, content: Content, measure: Measure) -> Content:
        """The content that fits the pages of a PDF (documents.layout.fitting); by default all of it."""
        if blocks.has_body(content):
            return cast(Content, block_pages.fitted(content, measure))
        return content

    def render(self, content: Content) -> str:
        """The page as HTML."""
        return render_to_string(self.template, content) if self.template else block_pages.render(blocks.of(content))

    def sheet_codes(self, subject_id: int, content: Content) -> SheetCodes | None:
        """Kode lembar of its pages; None when nobody signs them."""
        return SheetCodes(self.code_prefix, f"T{subject_id}") if self.is_signed_by_hand else None

    def expected(self, content: Content, page: str) -> Expected:
        """The expected texts of the PDF; `page` is the HTML that was laid out."""
        return rows_of_blocks(content["body"]) if blocks.has_body(content) else rows_of_page(page)

    def parameters_of_part(self, part: str) -> Parameters:
        """The parameters of a preview of this part of a letter."""
        return {}

    def docx(self, content: Content) -> bytes:
        """The office's own Word file filled in, if one was current when the content was collected."""
        if "word" in content:
            return word_template.fill_stored(content["word"], content["document"])
        return docx(blocks.of(content))

    def word_letters(self, subject: Subject, parameters: Parameters, user: User | None) -> list[Values]:
        """The own values of each letter in the order of the body, for `word_form`; empty: what the blocks show."""
        return []

    def xlsx(self, content: Content) -> bytes:
        raise NotImplementedError

    # Signing

    def default_signers(self, district: District) -> tuple[Signer, ...]:
        """The signers if the kabupaten chose none."""
        return self.signers or ()

    @property
    def is_signed(self) -> bool:
        return self.signers is not None

    @property
    def own_template(self) -> OwnTemplate:
        """The own template that an office may upload for it."""
        if self.word_form:
            return OwnTemplate.DOCX
        return OwnTemplate.BACKGROUND if self.has_background else OwnTemplate.NONE

    @property
    def has_settings(self) -> bool:
        """Whether a kabupaten may choose its letterhead or signers."""
        return self.letterhead is not None

    @property
    def places(self) -> dict[str, str]:
        """The possible signers: place -> label."""
        return places(self.level)

    @property
    def letterheads(self) -> list[str]:
        """The possible letterheads; "" is none."""
        return letterheads(self.level) if self.has_settings else [""]


# Of a kind known only at run time.
AnyDocument: TypeAlias = Document[Any, Any]  # type: ignore[explicit-any]
