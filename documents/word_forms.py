"""What an office's own Word file of a kind of letter may name: the attribute `word_form` of its document.

The values of one letter come from its rows (documents.templates) and from its own blocks, so the Word file has the
same number, addressees and sentences as the PDF. A document of several letters fills the file in once for each.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from documents.layout.block_pages import sections
from documents.layout.blocks import Block
from documents.layout.word_template import Fields

Values = dict[str, str | list[dict[str, str]]]
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
OTHER = "*"  # the heading that the office chooses itself: Desa, Kampung, Pekon

# Name -> label and example; of every letter of an office.
OFFICE_VALUES = {
    "judul": ("nama surat", "Undangan"),
    "isi": (
        "seluruh naskah surat sampai sebelum tanda tangan, dengan daftarnya; satu alinea atau butir sebaris",
        "Dalam rangka … diharapkan kehadiran Saudara pada: …",
    ),
    "pembuka": ("alinea sebelum daftar pertama pada naskah", "Dalam rangka … diharapkan kehadiran Saudara pada:"),
    "penutup": ("alinea sesudah daftar terakhir; kosong bila tidak ada daftar", "Demikian, atas perhatian …"),
    "nomor": ("nomor surat, atau titik-titik", "005/017/DPMU/2026"),
    "tanggal": ("tanggal surat, atau titik-titik", "2 Maret 2026"),
    "hal": ("hal surat", "Undangan Peserta Pelatihan"),
    "sifat": ("sifat surat", "Biasa"),
    "lampiran": ("lampiran surat", "1 (satu) berkas"),
    "tempat_tanggal": ("tempat dan tanggal surat", "Contoh, 2 Maret 2026"),
    "yth": ("yang dituju, satu sebaris", "Sdr. Kepala Desa Contoh"),
    "tembusan": ("tembusan, satu sebaris", "1. Camat Contoh"),
    "pemerintah": ("baris pertama kop", "PEMERINTAH KABUPATEN CONTOH"),
    "dinas": ("nama dinas pada tanggal surat", "Dinas Contoh"),
    "alamat_dinas": ("alamat dinas", "Jalan Contoh Nomor 1"),
    "kabupaten": ("nama kabupaten", "Contoh"),
    "kota": ("kota penandatanganan", "Contoh"),
    "jabatan_penanda": ("jabatan penanda tangan", "Ketua DPMU Kabupaten Contoh"),
    "nama_penanda": ("nama penanda tangan, atau titik-titik", "Nama Contoh, S.T."),
    "pangkat_penanda": ("pangkatnya", "Pembina, IV/a"),
    "nip_penanda": ("NIP-nya", "19700101 200003 1 001"),
    "kode_dokumen": ("kode dokumen portal", "UND-14-1EDDD1D3"),
}
WORDING = frozenset({"isi", "pembuka", "penutup"})
SIGNED = {
    "di_atas": "Kata di atas",
    "jabatan": "Jabatan",
    "nama": "Nama",
    "pangkat": "Pangkat",
    "nip": "NIP",
}


LISTED = ("facts", "items", "clauses", "table")


@dataclass(frozen=True)
class PrintedTable:
    """A list taken from a printed table: its caption, and {heading: name of the value}."""

    caption: str
    columns: Mapping[str, str]

    def rows(self, blocks: Sequence[Block]) -> list[dict[str, str]]:
        found: list[dict[str, str]] = []
        for block in blocks:
            if block["kind"] == "table" and block["caption"] == self.caption:
                names = [self.columns.get(head, self.columns.get(OTHER, "")) for head in block["heads"]]
                empty = dict.fromkeys(self.columns.values(), "")
                found += [{**empty, **dict(zip(names, row, strict=True))} for row in block["rows"]]
        for row in found:
            row.pop("", None)
        return found


@dataclass(frozen=True)
class WordForm:
    """Names of values and lists, with labels. `each`: names that differ from letter to letter of one request."""

    values: Mapping[str, tuple[str, str]]
    lists: Mapping[str, Mapping[str, str]]
    tables: Mapping[str, PrintedTable] = field(default_factory=dict)
    each: frozenset[str] = frozenset()

    @property
    def fields(self) -> Fields:
        return Fields(
            frozenset(self.values), {name: frozenset(columns) for name, columns in self.lists.items()}, self.each
        )


def letters_of(body: Sequence[Block]) -> list[list[Block]]:
    """The blocks of each letter, which begins with a letterhead; one letter where none has any."""
    found: list[list[Block]] = []
    for block in body:
        if block["kind"] == "letterhead" or not found:
            found.append([])
        found[-1].append(block)
    return found


def letter_values(form: WordForm, blocks: Sequence[Block]) -> Values:
    """The values of one letter that its blocks show."""
    first = next((block["rows"] for block in blocks if block["kind"] == "facts"), [])
    facts = {label: value for label, value in first}
    before_annex = sections(blocks)[0] if "Nomor" in facts else blocks
    before = [block["kind"] for block in blocks].index("text") if any(b["kind"] == "text" for b in blocks) else 0
    lines = [block["text"] for block in blocks[:before] if block["kind"] == "right"]
    to = [line.removeprefix("Yth. ").removeprefix("Yth.") for line in lines[1:] if line != "di Tempat"]
    found: Values = {
        "hal": facts.get("Hal", ""),
        "sifat": facts.get("Sifat", ""),
        "lampiran": facts.get("Lampiran", ""),
        "tempat_tanggal": lines[0] if lines else "",
        "yth": "\n".join(filter(None, to)) or facts.get("Kepada", ""),
        **_wording(before_annex),
        "tembusan": "\n".join(" ".join(row) for block in blocks if block["kind"] == "copies" for row in block["rows"]),
    }
    if "Nomor" in facts:
        found["nomor"] = facts["Nomor"]
    return found | {name: list(table.rows(blocks)) for name, table in form.tables.items()}


def _wording(blocks: Sequence[Block]) -> dict[str, str]:
    """The values WORDING: the text of a letter up to its signatures, and its paragraphs around the lists in it."""
    kinds = [block["kind"] for block in blocks]
    body = blocks[: kinds.index("signatures")] if "signatures" in kinds else blocks
    body = [block for block in body if not (block["kind"] == "facts" and _is_head(block["rows"]))]
    listed = [at for at, block in enumerate(body) if block["kind"] in LISTED]
    return {
        "isi": "\n".join(line for block in body for line in _lines(block)),
        "pembuka": _paragraphs(body[: listed[0]] if listed else body),
        "penutup": _paragraphs(body[listed[-1] + 1 :]) if listed else "",
    }


def _is_head(rows: Sequence[Sequence[str]]) -> bool:
    """Whether these facts are Nomor, Sifat and Hal of a letter, or Kepada and Dari of a nota dinas."""
    return bool({label for label, _ in rows} & {"Nomor", "Kepada"})


def _paragraphs(blocks: Sequence[Block]) -> str:
    return "\n".join(block["text"] for block in blocks if block["kind"] == "text")


def _lines(block: Block) -> list[str]:
    """The lines of one block of the body, each complete by itself."""
    match block["kind"]:
        case "text" | "heading" | "center":
            return [block["text"]]
        case "facts":
            return [f"{label}: {value}" for label, value in block["rows"]]
        case "items":
            return [f"{number} {text}" for number, text in block["rows"]]
        case "clauses":
            return [" ".join(filter(None, row)) for row in block["rows"]]
        case "table":
            return [_row_line(block["heads"], row) for row in [*block["rows"], *block["footer"]]]
    return []


def _row_line(heads: Sequence[str], row: Sequence[str]) -> str:
    """ "1. Siti, Ketua": a number in front, the other cells behind each other."""
    number = f"{row[0]}. " if heads[0] == "No" and row[0] else ""
    return number + ", ".join(filter(None, row[1:] if heads[0] == "No" else row))


def printable(values: Values) -> Values:
    """The values without characters that XML does not allow."""
    return {
        name: _CONTROL.sub("", value)
        if isinstance(value, str)
        else [{column: _CONTROL.sub("", text) for column, text in row.items()} for row in value]
        for name, value in values.items()
    }
