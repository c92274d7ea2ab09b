"""An office's own Word file with placeholders: its checks, and how it is filled in.

The file is a letter, not a program. It is rendered as a Jinja template in a sandbox without globals, tests and filters
but one, and only these are accepted: {{ nomor }}, {{ row.nama }} inside {% for row in peserta %}, {% if tempat %}.
Everything else is rejected by name on upload, so that filling in cannot fail on it. Text such as ${nomor} of other
systems is not a placeholder and stays.
"""

import hashlib
import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError, nodes
from jinja2.sandbox import SandboxedEnvironment

from documents.content import Head, WordTemplate
from documents.layout.docx import undated

MAX_BYTES = 2 * 2**20
MAX_UNPACKED = 20 * 2**20
MAX_PART = 3 * 2**20  # of one part that is searched for placeholders
MAX_RATIO = 100
MAX_ENTRIES = 200
MAX_FILLED = 20 * 2**20  # characters of the output of loops
FILTERS = {"upper": str.upper}

Values = Mapping[str, str | list[dict[str, str]]]

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
_EXTERNAL = re.compile(rb"<Relationship\b[^>]*TargetMode\s*=\s*[\"']External[\"'][^>]*>")
_HYPERLINK = re.compile(rb"Type\s*=\s*[\"'][^\"']*/hyperlink[\"']")


@dataclass(frozen=True)
class Fields:
    """Names that a template may use: single values, and lists with the values of each of their rows."""

    values: frozenset[str]
    lists: Mapping[str, frozenset[str]]


def environment() -> SandboxedEnvironment:
    """Allows only what the checks below accept; values are escaped for XML."""
    env = SandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
    env.globals, env.tests, env.filters = {}, {}, {}
    env.filters.update(FILTERS)
    return env


def check(content: bytes, fields: Fields) -> None:
    """Raises ValidationError for a Word file that is not safe or uses unknown names."""
    _check_archive(content)
    try:
        texts = list(_texts(content))
    except ValidationError:
        raise
    except Exception as error:
        # A damaged file may raise anything; it is not stored.
        raise ValidationError(NO_WORD_FILE) from error
    complaints: list[str] = []
    for text in texts:
        try:
            complaints += _Reader(fields).complaints(environment().parse(text))
        except TemplateSyntaxError as error:
            complaints.append(
                f"Ada tanda isian yang tidak lengkap atau keliru ({error.message}). Periksa kurungnya: setiap {{{{ "
                "berpasangan dengan }}, setiap {% for … %} dengan {% endfor %}, setiap {% if … %} dengan {% endif %}."
            )
    if complaints:
        raise ValidationError(list(dict.fromkeys(complaints)))


def fill(content: bytes, values: Values, mark: str = "") -> bytes:
    """The Word file of a checked template with its values; `mark` is printed at the top, as on sample data.

    Raises ValidationError when it cannot be filled in.
    """
    template = DocxTemplate(io.BytesIO(content))
    env = environment()
    if sum(_written(env.parse(text), values) for text in _texts(content)) > MAX_FILLED:
        raise ValidationError("Isian daftar pada berkas Word kantor terlalu panjang. Kurangi isi di dalam daftarnya.")
    try:
        template.render(dict(values), env)
    except TemplateError as error:
        raise ValidationError(
            f"Berkas Word kantor tidak dapat diisi: {error}. Unggah yang sudah diperbaiki."
        ) from error
    if mark:
        first = template.docx.add_paragraph()
        first.alignment = WD_ALIGN_PARAGRAPH.CENTER
        first.add_run(mark).bold = True
        template.docx.element.body.insert(0, first._p)
    saved = io.BytesIO()
    template.docx.save(saved)
    return undated(saved)


def fill_stored(word: WordTemplate, head: Head) -> bytes:
    """The file of a snapshot. Raises ValidationError when it is not the one chosen at that time."""
    try:
        with default_storage.open(word["file"], "rb") as file:
            content = file.read()
    except OSError:
        content = b""
    if hashlib.sha256(content).hexdigest() != word["sha256"]:
        raise ValidationError(
            "Berkas Word kantor untuk surat ini hilang atau rusak. Unggah lagi di Dokumen dan surat, lalu minta lagi."
        )
    return fill(content, {**word["values"], "kode_dokumen": head["code"]}, head["watermark"])


def _check_archive(content: bytes) -> None:
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
        text = archive.read(entry)
        if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
            raise ValidationError(NO_WORD_FILE)
        if name.endswith(".rels") and any(not _HYPERLINK.search(link) for link in _EXTERNAL.findall(text)):
            raise ValidationError(FOREIGN.format(what="tautan ke berkas di luar (gambar, contoh, atau objek)"))


def _texts(content: bytes) -> Iterator[str]:
    """The text of each part that is filled in, as docxtpl passes it to Jinja."""
    template = DocxTemplate(io.BytesIO(content))
    template.init_docx()
    yield template.patch_xml(template.get_xml())
    for uri in (template.HEADER_URI, template.FOOTER_URI):
        for _, part in template.get_headers_footers(uri):
            yield template.patch_xml(template.get_part_xml(part))
    for part in template.docx.part.package.iter_parts():
        if part.content_type.endswith(".footnotes+xml"):
            yield template.patch_xml(part.blob.decode())
    about = template.docx.core_properties
    for name in ("author", "comments", "identifier", "language", "subject", "title"):
        yield getattr(about, name)


class _Reader:
    """Errors in the placeholders of one part."""

    def __init__(self, fields: Fields):
        self.fields = fields
        self.found: list[str] = []

    def complaints(self, tree: nodes.Template) -> list[str]:
        for node in tree.body:
            self._statement(node, {})
        return self.found

    def _statement(self, node: nodes.Node, rows: dict[str, str]) -> None:
        """`rows`: the loop variables in scope, with the list of each."""
        match node:
            case nodes.Output():
                for part in node.nodes:
                    self._value(part, rows)
            case nodes.If(elif_=[]):
                self._condition(node.test, rows)
                for inner in [*node.body, *node.else_]:
                    self._statement(inner, rows)
            case nodes.For(target=nodes.Name() as target, iter=nodes.Name() as listed, test=None, recursive=False):
                if rows:
                    self._refuse(f"{{% for {target.name} in {listed.name} %}} di dalam daftar lain")
                elif listed.name not in self.fields.lists:
                    known = ", ".join(self.fields.lists)
                    self.found.append(f"Daftar tidak dikenal: {listed.name}. Yang dikenal: {known}.")
                else:
                    for inner in [*node.body, *node.else_]:
                        self._statement(inner, {**rows, target.name: listed.name})
            case _:
                self._refuse(f"perintah {type(node).__name__.lower()}")

    def _value(self, node: nodes.Node, rows: dict[str, str]) -> None:
        match node:
            case nodes.TemplateData():
                pass
            case nodes.Name(name=name):
                if name in self.fields.lists or name in rows:
                    self._refuse(f"{{{{ {name} }}}}, sebab {name} sebuah daftar")
                elif name not in self.fields.values:
                    self.found.append(f"Tanda isian tidak dikenal: {{{{ {name} }}}}.")
            case nodes.Getattr(node=nodes.Name(name=row), attr=attr):
                listed = rows.get(row)
                if listed is None:
                    self._refuse(f"{{{{ {row}.{attr} }}}} di luar daftarnya")
                elif attr not in self.fields.lists[listed]:
                    known = ", ".join(sorted(self.fields.lists[listed]))
                    self.found.append(f"Tanda isian tidak dikenal: {{{{ {row}.{attr} }}}}. Yang dikenal: {known}.")
            case nodes.Filter(node=nodes.Node() as inner, name=name, args=[], kwargs=[]) if name in FILTERS:
                self._value(inner, rows)
            case nodes.Filter(name=name):
                self._refuse(f"“| {name}”")
            case _:
                self._refuse(f"hitungan atau panggilan ({type(node).__name__.lower()})")

    def _condition(self, node: nodes.Node, rows: dict[str, str]) -> None:
        match node:
            case nodes.Not(node=inner):
                self._condition(inner, rows)
            case nodes.Name(name=name) if name in self.fields.lists:
                pass
            case _:
                self._value(node, rows)

    def _refuse(self, what: str) -> None:
        self.found.append(
            f"Tidak dapat dipakai di sini: {what}. Yang dapat: {{{{ nama }}}}, {{% for baris in daftar %}}, "
            "{% if nama %}, dan “| upper”."
        )


def _written(node: nodes.Node, values: Values) -> int:
    """Maximum number of characters that the loops produce."""
    total = 0
    for loop in node.find_all(nodes.For):
        listed = values.get(loop.iter.name, []) if isinstance(loop.iter, nodes.Name) else []
        total += len(listed) * sum(len(part.data) for part in loop.find_all(nodes.TemplateData))
    return total


def starter(title: str, values: Mapping[str, str], lists: Mapping[str, Mapping[str, str]]) -> bytes:
    """A Word file with every placeholder in its place and its meaning beside it, as a starting point for a letter."""
    file = Document()
    file.add_heading(title, level=1)
    table = file.add_table(rows=0, cols=2, style="Table Grid")
    for name, meaning in values.items():
        cells = table.add_row().cells
        cells[0].text, cells[1].text = meaning, f"{{{{ {name} }}}}"
    for name, columns in lists.items():
        file.add_heading(name, level=2)
        table = file.add_table(rows=4, cols=len(columns), style="Table Grid")
        for at, (column, meaning) in enumerate(columns.items()):
            table.cell(0, at).text = meaning
            table.cell(2, at).text = f"{{{{ baris.{column} }}}}"
        table.cell(1, 0).text = f"{{%tr for baris in {name} %}}"
        table.cell(3, 0).text = "{%tr endfor %}"
    saved = io.BytesIO()
    file.save(saved)
    return undated(saved)
