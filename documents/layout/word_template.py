"""An office's own Word file with placeholders: its checks, and how it is filled in.

The file is a letter, not a program. It is rendered as a Jinja template in a sandbox without globals, tests and filters
but one, and only these are accepted: {{ nomor }}, {{ row.nama }} inside {% for row in peserta %}, {% if tempat %}.
Everything else is rejected by name on upload, so that filling in cannot fail on it. Text such as ${nomor} of other
systems is not a placeholder and stays.
"""

import hashlib
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from difflib import get_close_matches

from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError, nodes
from jinja2.sandbox import SandboxedEnvironment

from documents.content import Head, WordTemplate
from documents.layout import word_archive, word_marks
from documents.layout.docx import undated

MAX_FILLED = 20 * 2**20  # characters of the output of loops
FILTERS = {"upper": str.upper}

Values = Mapping[str, str | list[dict[str, str]]]

EACH = (
    "{{{{ {name} }}}} berbeda pada tiap surat, jadi hanya dapat ditulis di badan surat, bukan di kop atau kaki halaman."
)
_UNDEFINED = re.compile(r"'(\w+)' is undefined|no attribute '(\w+)'")
# What the checks below refuse, as it stands in the file.
STATEMENTS = {
    "assign": "{% set … %}",
    "assignblock": "{% set … %}",
    "include": "{% include … %}",
    "import": "{% import … %}",
    "for": "{% for … %} dengan hitungan atau syarat",
    "if": "{% elif … %}",
}
EXPRESSIONS = {
    "getitem": "kurung siku [ ]",
    "getattr": "titik di belakang titik",
    "call": "panggilan ( )",
    "pow": "pangkat **",
    "compare": "perbandingan",
    "const": "teks atau angka tetap",
}


@dataclass(frozen=True)
class Fields:
    """Names that a template may use: single values, and lists with the values of each of their rows."""

    values: frozenset[str]
    lists: Mapping[str, frozenset[str]]
    each: frozenset[str] = frozenset()  # differ from letter to letter: only in the body, which is repeated


def environment() -> SandboxedEnvironment:
    """Allows only what the checks below accept; values are escaped for XML."""
    env = SandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
    env.globals, env.tests, env.filters = {}, {}, {}
    env.filters.update(FILTERS)
    return env


@dataclass(frozen=True)
class Found:
    """What a Word file names: placeholders of the portal, and those of other systems, which are left as they stand."""

    names: list[str]
    foreign: list[str]


def check(content: bytes, fields: Fields) -> Found:
    """The placeholders of a Word file. Raises ValidationError when it is not safe or uses unknown names."""
    word_archive.check(content)
    try:
        texts = list(_texts(content))
    except ValidationError:
        raise
    except Exception as error:
        # A damaged file may raise anything; it is not stored.
        raise ValidationError(word_archive.NO_WORD_FILE) from error
    complaints: list[str] = []
    names: list[str] = []
    for at, text in enumerate(texts):
        try:
            tree = environment().parse(text)
            complaints += _Reader(fields).complaints(tree)
        except (TemplateSyntaxError, RecursionError):
            complaints.append(_unreadable(text))
        else:
            here = [node.name for node in tree.find_all(nodes.Name) if node.ctx == "load"]
            names += here
            complaints += [EACH.format(name=name) for name in here if at and name in fields.each]
    if complaints:
        raise ValidationError(list(dict.fromkeys(complaints)))
    known = [name for name in dict.fromkeys(names) if name in fields.values or name in fields.lists]
    foreign = [mark for text in texts for mark in word_marks.foreign(word_marks.plain(text))]
    return Found(known, list(dict.fromkeys(foreign)))


def _unreadable(text: str) -> str:
    """Names the first placeholder that Jinja cannot read; its own messages are English."""
    for mark in re.findall(r"\{\{.*?\}\}", text, re.DOTALL):
        try:
            environment().parse(mark)
        except (TemplateSyntaxError, RecursionError):
            shown = " ".join(word_marks.plain(mark).split())[:60]
            return f"Tanda isian keliru: {shown}. Yang boleh hanya satu nama, misalnya {{{{ nomor }}}}."
    return (
        "Ada perintah yang keliru penulisannya. Bentuk yang dikenal: {% for baris in daftar %} … {% endfor %} dan "
        "{% if nama %} … {% endif %}."
    )


def fill(content: bytes, values: Values, mark: str = "", others: Sequence[Values] = ()) -> bytes:
    """The Word file of a checked template with its values; `mark` is printed at the top, as on sample data.

    `others`: the values of further letters, each of which begins on a page of its own. Raises ValidationError when it
    cannot be filled in.
    """
    template = _rendered(content, values)
    for more in others:
        _append(template, _rendered(content, more))
    if mark:
        first = template.docx.add_paragraph()
        first.alignment = WD_ALIGN_PARAGRAPH.CENTER
        first.add_run(mark).bold = True
        template.docx.element.body.insert(0, first._p)
    saved = io.BytesIO()
    template.docx.save(saved)
    return undated(saved)


def _append(template: DocxTemplate, more: DocxTemplate) -> None:
    """Adds the body of another letter of the same file behind a section break; page numbers restart."""
    body = template.docx.element.body
    numbers = body.sectPr.find(qn("w:pgNumType"))
    if numbers is None:
        numbers = body.sectPr.makeelement(qn("w:pgNumType"), {})
        places = [body.sectPr.find(qn(f"w:{name}")) for name in ("cols", "docGrid")]
        place = next((node for node in places if node is not None), None)
        body.sectPr.append(numbers) if place is None else place.addprevious(numbers)
    numbers.set(qn("w:start"), "1")
    ended = template.docx.add_paragraph()
    ended._p.get_or_add_pPr().append(deepcopy(body.sectPr))
    for node in list(more.docx.element.body)[:-1]:
        body.sectPr.addprevious(node)


def _rendered(content: bytes, values: Values) -> DocxTemplate:
    template = DocxTemplate(io.BytesIO(content))
    env = environment()
    if sum(_written(env.parse(text), values) for text in _texts(content)) > MAX_FILLED:
        raise ValidationError("Isian daftar pada berkas Word kantor terlalu panjang. Kurangi isi di dalam daftarnya.")
    try:
        template.render(dict(values), env)
    except TemplateError as error:
        undefined = _UNDEFINED.search(str(error))
        name = undefined[1] or undefined[2] if undefined else ""
        what = f"tanda isian {name} tidak dikenal pada surat ini" if name else "ada tanda isian yang keliru"
        raise ValidationError(f"Berkas Word kantor tidak dapat diisi: {what}. Unggah yang sudah diperbaiki.") from error
    return template


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
    first, *others = [{**one, "kode_dokumen": head["code"]} for one in [word["values"], *word.get("others", [])]]
    return fill(content, first, head["watermark"], others)


def _texts(content: bytes) -> Iterator[str]:
    """The text of each part that is filled in, as docxtpl passes it to Jinja."""
    template = DocxTemplate(io.BytesIO(content))
    template.init_docx()
    yield _patched(template, template.get_xml())
    for uri in (template.HEADER_URI, template.FOOTER_URI):
        for _, part in template.get_headers_footers(uri):
            yield _patched(template, template.get_part_xml(part))
    for part in template.docx.part.package.iter_parts():
        if part.content_type.endswith(".footnotes+xml"):
            yield _patched(template, part.blob.decode())
    about = template.docx.core_properties
    for name in ("author", "comments", "identifier", "language", "subject", "title"):
        yield getattr(about, name)


def _patched(template: DocxTemplate, xml: str) -> str:
    """The text for Jinja. Broken braces are refused before, because docxtpl reads them very slowly."""
    if found := word_marks.complaints(word_marks.plain(xml)):
        raise ValidationError(list(dict.fromkeys(found)))
    return str(template.patch_xml(xml))


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
                self._refuse(STATEMENTS.get(type(node).__name__.lower(), "perintah lain"))

    def _value(self, node: nodes.Node, rows: dict[str, str]) -> None:
        match node:
            case nodes.TemplateData():
                pass
            case nodes.Name(name=name):
                if name in self.fields.lists or name in rows:
                    self._refuse(f"{{{{ {name} }}}}, sebab {name} sebuah daftar")
                elif name not in self.fields.values:
                    near = get_close_matches(name, self.fields.values, 1)
                    hint = f" Mungkin maksudnya {{{{ {near[0]} }}}}." if near else ""
                    self.found.append(f"Tanda isian tidak dikenal: {{{{ {name} }}}}.{hint}")
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
                self._refuse(EXPRESSIONS.get(type(node).__name__.lower(), "hitungan"))

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
