"""The ZIP of an office's own Word file: its size, its parts, and its links, checked before anything reads it."""

import io
import re
import zipfile

from django.core.exceptions import ValidationError
from lxml import etree

MAX_BYTES = 2 * 2**20
MAX_UNPACKED = 20 * 2**20
MAX_PART = 3 * 2**20  # of one part that is searched for placeholders
MAX_RATIO = 100
MAX_ENTRIES = 200
NO_WORD_FILE = "Berkas ini bukan DOCX yang utuh. Buka di Word, simpan ulang sebagai DOCX, lalu unggah lagi."
FOREIGN = (
    "Berkas memuat {what}. Hapus dari berkasnya, simpan sebagai DOCX biasa, lalu unggah lagi: yang boleh hanya teks, "
    "tabel, dan gambar yang tersimpan di dalamnya."
)
# Parts of a Word file that are executable or embed other files.
FOREIGN_PARTS = {
    "vbaproject": "makro",
    "word/embeddings/": "berkas lain yang disematkan",
    "word/activex/": "kontrol ActiveX",
    "word/afchunk": "berkas lain yang disisipkan",
}
# The same by the kind of a relationship, whatever the part is called.
FOREIGN_LINKS = {
    "vbaproject": "makro",
    "oleobject": "berkas lain yang disematkan",
    "package": "berkas lain yang disematkan",
    "afchunk": "berkas lain yang disisipkan",
    "control": "kontrol ActiveX",
    "attachedtemplate": "tautan ke berkas di luar (gambar, contoh, atau objek)",
}
# Fields that fetch or start something when the letter is opened.
_FETCHING = re.compile(r"\b(DDEAUTO|DDE|INCLUDEPICTURE|INCLUDETEXT|LINK|IMPORT|DATABASE)\b")


def check(content: bytes) -> None:
    """Checks the table of contents and the links; only parts of a limited size are unpacked."""
    if len(content) > MAX_BYTES:
        raise ValidationError(f"Berkas ini terlalu besar. Pilih berkas paling besar {MAX_BYTES // 2**20} MB.")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            unpacked = sum(entry.file_size for entry in entries)
            packed = sum(entry.compress_size for entry in entries) or 1
            if len(entries) > MAX_ENTRIES or unpacked > MAX_UNPACKED or unpacked / packed > MAX_RATIO:
                raise ValidationError(
                    "Isi berkas jauh lebih besar daripada ukurannya, jadi tidak dibuka. Salin suratnya ke berkas baru."
                )
            if any(entry.flag_bits & 0x1 for entry in entries):
                raise ValidationError("Berkas terkunci dengan sandi. Simpan tanpa sandi, lalu unggah lagi.")
            names = {entry.filename for entry in entries}
            if not {"[Content_Types].xml", "word/document.xml"} <= names:
                raise ValidationError(NO_WORD_FILE)
            _check_parts(archive, entries)
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, UnicodeDecodeError, EOFError) as error:
        raise ValidationError(NO_WORD_FILE) from error


def _check_parts(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> None:
    for entry in entries:
        name = entry.filename.lower()
        for part, what in FOREIGN_PARTS.items():
            if part in name:
                raise ValidationError(FOREIGN.format(what=what))
        if not name.endswith((".xml", ".rels")):
            continue
        if entry.file_size > MAX_PART:
            raise ValidationError("Isi surat ini terlalu panjang untuk dijadikan contoh. Hapus yang tidak perlu.")
        tree = _parsed(archive.read(entry))
        if name.endswith(".rels"):
            _check_links(tree)
        elif name == "[content_types].xml":
            if any("macroenabled" in value.lower() for node in tree.iter("{*}*") for value in node.values()):
                raise ValidationError(FOREIGN.format(what="makro"))
        else:
            _check_codes(tree)


def _parsed(text: bytes) -> etree._Element:
    """The part read without entities and without network, whatever its encoding. Raises ValidationError."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        tree = etree.fromstring(text, parser)
    except etree.XMLSyntaxError as error:
        raise ValidationError(NO_WORD_FILE) from error
    if tree.getroottree().docinfo.doctype or b"<!DOCTYPE" in text:
        raise ValidationError(NO_WORD_FILE)
    return tree


def _check_links(tree: etree._Element) -> None:
    for link in tree.iter("{*}Relationship"):
        kind = (link.get("Type") or "").rpartition("/")[2].lower()
        outside = (link.get("TargetMode") or "").strip().lower() == "external" and kind != "hyperlink"
        what = FOREIGN_LINKS.get(kind) or (FOREIGN_LINKS["attachedtemplate"] if outside else "")
        if what:
            raise ValidationError(FOREIGN.format(what=what))


def _check_codes(tree: etree._Element) -> None:
    """Refuses fields of Word that fetch a file or start a program."""
    codes = "".join(node.text or "" for node in tree.iter("{*}instrText"))
    codes += " ".join(value for node in tree.iter("{*}fldSimple") for value in node.values())
    if match := _FETCHING.search(re.sub(r'"[^"]*"', "", codes).upper()):
        raise ValidationError(FOREIGN.format(what=f"kode bidang {match[1]}, yang mengambil berkas lain"))
