"""Placeholders of a Word file as text, before Jinja reads them: sentences about those that are broken."""

import html
import re
from collections.abc import Iterator

MAX_MARKS = 2_000  # in one part; more make reading slow
MAX_MARK = 300  # characters between the braces of one placeholder

_TAG = re.compile(r"<[^>]*>")
_EDGE = re.compile(r"\{\{|\{%|\{#|\}\}|%\}|#\}")
_CLOSING = {"{{": "}}", "{%": "%}", "{#": "#}"}
_STATEMENT = re.compile(r"[-+]?\s*(?:(?:tr|tc|p|r)\s+)?(\w+)")
_ENDS = {"endfor": "for", "endif": "if"}
_INSIDE = {"else": ("if", "for"), "elif": ("if",)}
KNOWN = "{% for … in … %}, {% endfor %}, {% if … %}, {% else %}, dan {% endif %}"
# Of other systems; they are printed as they stand.
_FOREIGN = re.compile(r"\$\{[^{}]{1,40}\}|«[^«»]{1,40}»|(?<![{$])\{[a-zA-Z_ ]{1,40}\}(?!\})|\[[a-z_]{3,40}\]")


def plain(xml: str) -> str:
    """The text of a part without its tags."""
    return html.unescape(_TAG.sub("", re.sub(r"</w:p>", "\n", xml)))


def foreign(text: str) -> list[str]:
    """Placeholders of other systems in a text, each once: ${nomor}, «nama», {tanggal}."""
    return list(dict.fromkeys(_FOREIGN.findall(text)))


def complaints(text: str) -> list[str]:
    """What is wrong with the braces and statements of this text, each with its line."""
    found: list[str] = []
    opened: list[tuple[str, str]] = []
    for count, (mark, line) in enumerate(_marks(text)):
        if count >= MAX_MARKS:
            return [f"Berkas ini memuat lebih dari {MAX_MARKS} tanda isian. Hapus yang tidak perlu, lalu unggah lagi."]
        shown = _shown(mark)
        if not mark.endswith(_CLOSING[mark[:2]]):
            found.append(
                f"Tanda isian tidak ditutup pada baris ke-{line}: {shown}. Setiap {{{{ berpasangan dengan }}}}, setiap "
                "{% dengan %}."
            )
        elif len(mark) > MAX_MARK:
            found.append(f"Tanda isian terlalu panjang pada baris ke-{line}: {shown}.")
        elif not mark[2:-2].strip("-+ \n\xa0"):
            found.append(f"Tanda isian kosong pada baris ke-{line}: {shown}. Tulis namanya di antara kurungnya.")
        elif mark.startswith("{%"):
            found += _statement(mark, line, opened)
    for statement, shown in opened:
        found.append(f"{shown} tidak ditutup. Tambahkan {{% end{statement} %}} sesudahnya.")
    return found


def _statement(mark: str, line: int, opened: list[tuple[str, str]]) -> list[str]:
    """Keeps the stack of open statements. `opened`: their names, and how they are shown."""
    shown = f"{_shown(mark)} pada baris ke-{line}"
    match = _STATEMENT.match(mark[2:-2].strip())
    name = match[1] if match else ""
    if name in _ENDS.values():
        opened.append((name, shown))
    elif name in _INSIDE:
        if not opened or opened[-1][0] not in _INSIDE[name]:
            return [f"{shown} tidak berada di dalam {{% if … %}}."]
    elif name in _ENDS:
        if not opened or opened[-1][0] != _ENDS[name]:
            return [f"{shown} tidak mempunyai pasangan {{% {_ENDS[name]} … %}} sebelumnya."]
        opened.pop()
    else:
        return [f"Perintah tidak dikenal: {shown}. Yang dikenal: {KNOWN}."]
    return []


def _marks(text: str) -> Iterator[tuple[str, int]]:
    """Each placeholder from its opening to its closing braces, or to the next opening ones, with its line."""
    start, line, counted = -1, 1, 0
    for edge in _EDGE.finditer(text):
        opens = edge[0] in _CLOSING
        if start >= 0 and (opens or _CLOSING[text[start : start + 2]] == edge[0]):
            yield text[start : edge.start() if opens else edge.end()], line
            start = -1
        if opens:
            line += text.count("\n", counted, edge.start())
            start = counted = edge.start()
    if start >= 0:
        yield text[start:], line


def _shown(mark: str) -> str:
    short = " ".join(mark.split())
    return short if len(short) <= 60 else f"{short[:59]}…"
