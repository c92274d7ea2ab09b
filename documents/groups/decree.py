"""Content shared by the two documents of an SK: the village's letterhead, the board, the placeholders.

A village without an SK holds a musyawarah (documents.groups.formation_minutes), then its head decides
(documents.groups.decree_draft). Unknown numbers and days are dotted lines.
"""

from datetime import date
from typing import TypedDict

from django.core.exceptions import ValidationError
from django.utils.timezone import localdate

from accounts.models import OfficeProfile
from documents.choices import Letterhead
from documents.content import Content, Head, Parameters, Snapshot
from documents.groups.base import GroupDocument
from documents.layout import frame
from documents.layout.frame import OfficeTerms, PrintedLetterhead
from documents.signatures import Signing
from documents.signers import Level
from kpspams.models import KpspamsGroup, LegalDocument
from kpspams.queries.boards import GroupOn
from records import in_words

LINE = "." * 40
SHORT = "." * 12


class BoardRow(TypedDict):
    number: str
    post: str
    name: str
    sex: str
    hamlet: str


class DecreeContent(Snapshot):
    """Content of both documents."""

    letterhead: PrintedLetterhead
    terms: OfficeTerms
    group: str
    village: str
    subdistrict: str
    district: str
    hamlets: str
    renewal: bool
    rows: list[BoardRow]
    head_title: str
    head: str


class DecreeDocument(GroupDocument[Content]):
    """A document of the village of a group."""

    letterhead = Letterhead.VILLAGE
    level = Level.GROUP

    def clean(self, subject: KpspamsGroup, parameters: Parameters) -> Parameters:
        """Raises ValidationError for a group that has ended."""
        if subject.is_dissolved:
            raise ValidationError(f"{subject} sudah bubar, jadi tidak memerlukan SK lagi.")
        return {}


def head(group: KpspamsGroup, title: str, today: date, office: OfficeProfile | None) -> Head:
    return frame.head(
        title=f"{title} {group}",
        subject=f"{frame.office_terms(office)['village']} {group.village.name}, {group.village.subdistrict}",
        office=office,
        dated=today,
        page_size=frame.page_size_of(office),
        watermark=frame.SAMPLE_MARK if group.is_sample else "",
    )


def board_rows(group: KpspamsGroup, today: date) -> list[BoardRow]:
    """Today's board in printing order; a vacant core post has a line with dots for the name."""
    on = GroupOn(group, today)
    return [
        {
            "number": str(number),
            "post": row.post,
            "name": row.member.person.name if row.member else LINE,
            "sex": row.member.person.sex if row.member else "",
            "hamlet": row.member.person.hamlet if row.member else "",
        }
        for number, row in enumerate(on.rows, 1)
    ]


def is_renewal(group: KpspamsGroup) -> bool:
    """Whether the group had an SK before: then a new board is elected, and the group is not formed again."""
    decrees = LegalDocument.objects.filter(group=group, kind=LegalDocument.Kind.DECREE)
    return decrees.exclude(dated_on=None).exists()


def formation_day(group: KpspamsGroup, today: date) -> date | None:
    """The day of the musyawarah if it can have elected today's board; else dots."""
    if group.formed_on is None or is_renewal(group):
        return None
    later = group.members.current(today).filter(starts_on__gt=group.formed_on)
    return None if later.exists() else group.formed_on


def signing_of(document: DecreeDocument, group: KpspamsGroup) -> Signing:
    """Today's letterhead and signers."""
    today = localdate()
    district = document.district_of(group)
    return Signing(document, district, today, district.office_on(today))


def common(signing: Signing, group: KpspamsGroup, title: str) -> DecreeContent:
    today, office = signing.day, signing.office
    terms = frame.office_terms(office)
    village = group.village
    return {
        "document": head(group, title, today, office),
        "letterhead": signing.letterhead(village, group),
        "terms": terms,
        "group": group.name,
        "village": f"{terms['village']} {village.name}",
        "subdistrict": village.subdistrict.name,
        "district": signing.district.name,
        "hamlets": group.hamlets,
        "renewal": is_renewal(group),
        "rows": board_rows(group, today),
        "head_title": f"{terms['village_head']} {village.name},",
        "head": frame.village_head(village, today),
    }


def letter_values(found: DecreeContent) -> dict[str, str]:
    """The placeholders of both letters (documents.letter_parts), from `common`."""
    return {
        "kpspams": found["group"],
        "desa": found["village"],
        "kepala": found["terms"]["village_head"],
        "kecamatan": found["subdistrict"],
        "kabupaten": found["district"],
        "musyawarah": "pemilihan pengurus" if found["renewal"] else "pembentukan",
    }


def day_line(day: date | None) -> str:
    """The opening sentence of a berita acara, with dots for an unknown day."""
    if day:
        return in_words.date_in_words(day)
    return f"{SHORT} tanggal {SHORT} bulan {SHORT} tahun {SHORT}{SHORT} ({SHORT})"
