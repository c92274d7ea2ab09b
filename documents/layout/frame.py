"""Frame of every document: the office's letterhead of the day, signature blocks, the head of the file.

Their form is that of docs/domain/documents.md.
"""

import base64
import io
import logging
from datetime import date
from typing import TypedDict

from PIL import Image

from accounts.models import District, OfficeProfile, Signatory
from documents.content import Head
from kpspams.models import KpspamsGroup
from records import formats
from records.pictures import FORMATS
from villages.models import Village, VillageOfficial

logger = logging.getLogger(__name__)

SAMPLE_MARK = "DATA CONTOH"
DOTS = "........................"
NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"
EMBLEM_PIXELS = 320  # 21 mm at 387 dpi


class OfficeTerms(TypedDict):
    """The terms of a kabupaten for desa, kepala desa and DPMU."""

    village: str
    village_head: str
    dpmu: str


DEFAULT_TERMS: OfficeTerms = {"village": "Desa", "village_head": "Kepala Desa", "dpmu": "DPMU"}


class PrintedLetterhead(TypedDict):
    """Government and unit in capitals, the name in bold, small lines below. Without a name nothing is printed."""

    government: str
    between: str
    office: str
    lines: list[str]
    emblem: str  # a data URI


class SignatureBlock(TypedDict):
    """One signature block. Without a name it prints dots."""

    place_date: str
    above: str
    title: str
    name: str
    rank: str
    nip: str
    nip_line: bool  # dots for a missing NIP


class Signed(TypedDict):
    """What a document with a template of its own prints above and below its content."""

    letterhead: PrintedLetterhead
    signatures: list[SignatureBlock]


def office_letterhead(office: OfficeProfile | None) -> PrintedLetterhead:
    """The office's letterhead of that day; empty without a profile."""
    if office is None:
        return _letterhead("")
    contacts = [
        ("Telepon ", office.phone),
        ("laman ", office.website),
        ("pos-el ", office.email),
        ("kode pos ", office.postal_code),
    ]
    reach = ", ".join(f"{label}{value}" for label, value in contacts if value)
    return _letterhead(
        office.office_name,
        office.address,
        reach[:1].upper() + reach[1:],
        government=office.government_line,
        emblem=_emblem(office),
    )


def _letterhead(name: str, *lines: str, government: str = "", between: str = "", emblem: str = "") -> PrintedLetterhead:
    return {
        "government": government,
        "between": between,
        "office": name,
        "lines": [line for line in lines if line],
        "emblem": emblem,
    }


def secretariat_letterhead(district: District, office: OfficeProfile | None) -> PrintedLetterhead:
    """Documents that the Sekretaris Daerah signs."""
    return _letterhead(
        "SEKRETARIAT DAERAH",
        office.secretariat_address if office else "",
        government=_government(district, office),
        emblem=_emblem(office) if office else "",
    )


def regent_letterhead(district: District, office: OfficeProfile | None) -> PrintedLetterhead:
    """Documents that the Bupati signs; they have the national emblem, which is not in the portal."""
    return _letterhead(f"BUPATI {district.name.upper()}", office.regent_address if office else "")


def village_letterhead(village: Village, office: OfficeProfile | None) -> PrintedLetterhead:
    """The letterhead of a village as text: government of the kabupaten, kecamatan, desa."""
    return _letterhead(
        f"{office_terms(office)['village']} {village.name}".upper(),
        f"Kode pos {village.postal_code}" if village.postal_code else "",
        government=_government(village.subdistrict.district, office),
        between=str(village.subdistrict).upper(),
    )


def group_letterhead(group: KpspamsGroup, office: OfficeProfile | None) -> PrintedLetterhead:
    """The letterhead of a KPSPAMS as text: its name and area."""
    village = group.village
    place = f"{office_terms(office)['village']} {village.name}, {village.subdistrict}, {village.subdistrict.district}"
    return _letterhead(
        f"KPSPAMS {group.name}".upper(),
        place,
        government="KELOMPOK PENGELOLA SISTEM PENYEDIAAN AIR MINUM DAN SANITASI",
    )


def _government(district: District, office: OfficeProfile | None) -> str:
    return (office and office.government_line) or f"PEMERINTAH KABUPATEN {district.name.upper()}"


def _emblem(office: OfficeProfile) -> str:
    """The uploaded emblem, scaled down and embedded in the page; without a readable one the letterhead is text only."""
    if not office.emblem:
        return ""
    try:
        with office.emblem.open("rb") as file, Image.open(file, formats=FORMATS) as image:
            image.thumbnail((EMBLEM_PIXELS, EMBLEM_PIXELS))
            small = io.BytesIO()
            image.convert("RGBA").save(small, "PNG", optimize=True)
    except (OSError, ValueError, Image.DecompressionBombError):
        logger.warning("emblem of office profile %s cannot be read; printed without", office.pk)
        return ""
    return f"data:image/png;base64,{base64.b64encode(small.getvalue()).decode()}"


def office_terms(office: OfficeProfile | None) -> OfficeTerms:
    if office is None:
        return DEFAULT_TERMS.copy()
    return {
        "village": office.word_village,
        "village_head": office.word_village_head,
        "dpmu": office.word_dpmu,
    }


def block(
    title: str, *, above: str = "", name: str = "", rank: str = "", nip: str = "", civil_servant: bool = False
) -> SignatureBlock:
    """One signature block. Without a name it prints dots; only for a civil servant a missing NIP is dotted."""
    return {
        "place_date": "",
        "above": above,
        "title": title,
        "name": name,
        "rank": rank,
        "nip": formats.nip(nip),
        "nip_line": civil_servant,
    }


def signature_rows(blocks: list[SignatureBlock], page_size: str) -> list[list[SignatureBlock]]:
    """Blocks side by side if they fit; more than three on a portrait page are in rows of two."""
    if page_size.endswith("-wide") or len(blocks) <= 3:
        return [_levelled(blocks)]
    return [_levelled(blocks[at : at + 2]) for at in range(0, len(blocks), 2)]


def _levelled(row: list[SignatureBlock]) -> list[SignatureBlock]:
    """The row with its titles at one height: "Mengetahui," stands beside place and date, not below them. The day of a
    decision, in two lines, is parted from the title.
    """
    above = [_lines_above(block) for block in row]
    height = max([1, *map(len, above)])
    return [
        {**block, "place_date": "\n".join([NO_BREAK_SPACE] * (height - len(lines)) + lines), "above": ""}
        for block, lines in zip(row, above, strict=True)
    ]


def _lines_above(block: SignatureBlock) -> list[str]:
    placed = block["place_date"].splitlines()
    if len(placed) > 1:
        placed.append(NO_BREAK_SPACE)
    return [*placed, block["above"]] if block["above"].strip() else placed


def signatory_block(signatory: Signatory | None, default_title: str, *, above: str = "") -> SignatureBlock:
    """The block of a signer of the settings; without a signatory it has title and dots."""
    if signatory is None:
        return block(f"{default_title},", above=above, civil_servant=True)
    return block(
        f"{signatory.title_line.rstrip(',')},",
        above=above,
        name=signatory.name,
        rank=signatory.rank,
        nip=signatory.nip,
        civil_servant=True,
    )


def village_heads(villages: list[Village], day: date) -> dict[int, str]:
    """Kepala desa of that day by village; villages without a recorded one are missing."""
    rows = VillageOfficial.objects.current(day).filter(village__in=villages, office=VillageOfficial.Office.HEAD)
    rows = rows.select_related("person").order_by("starts_on")
    return {row.village_id: row.person.name for row in rows}


def village_head(village: Village, day: date) -> str:
    """The kepala desa on the day; empty when unknown."""
    return village_heads([village], day).get(village.pk, "")


def place_and_date(office: OfficeProfile | None, day: date) -> str:
    return f"{(office and office.place) or DOTS}, {formats.date_id(day)}"


def head(
    *, title: str, subject: str, office: OfficeProfile | None, dated: date, page_size: str, watermark: str
) -> Head:
    """Title, dates and marks of the file. `dated`: the document's own day, never the day of printing."""
    return {
        "title": title,
        "subject": subject,
        "office": office.office_name if office else "",
        "dated": dated.isoformat(),
        "page_size": page_size,
        "watermark": watermark,
    }


def page_size_of(office: OfficeProfile | None, *, wide: bool = False) -> str:
    """The class of the page: F4 unless the office prints its forms on A4."""
    size = "a4" if office and office.paper == OfficeProfile.Paper.A4 else "f4"
    return f"{size}-wide" if wide else size
