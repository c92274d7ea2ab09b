"""The pages of a document made of blocks: sections, page breaks, empty rows that fill the last page."""

from collections.abc import Mapping, Sequence

from django.template.loader import render_to_string

from documents.layout.blocks import Block, BlockContent, Table, new_page
from documents.layout.fitting import Measure, Section, rows_that_fit

NUMBER, MAX_KEPT = "No", 3  # heading of numbers; so many rows without one stay with the numbered row above them
# A table of at most so many rows and characters stays on one page, with the heading and the sentence above it.
SHORT_ROWS, SHORT_TEXT = 10, 700


def sections(body: Sequence[Block]) -> list[list[Block]]:
    """The body split at page breaks."""
    found: list[list[Block]] = [[]]
    for block in body:
        if block["kind"] == "new_page":
            found.append([])
        else:
            found[-1].append(block)
    return found


def render(content: BlockContent) -> str:
    """The page of a document made of blocks."""
    cut = [[_printed(block) for block in section] for section in sections(content["body"])]
    return render_to_string("documents/blocks.html", {**content, "sections": cut})


def fitted(content: BlockContent, measure: Measure) -> BlockContent:
    """The content whose tables have as many of their spare rows as fill the last page of each section."""
    parts = sections(content["body"])
    most = [sum(len(_spare(block)) for block in part) for part in parts]
    if not any(most):
        return content
    begun = [
        int(bool(limit) and not any(_rows(block) for block in part)) for part, limit in zip(parts, most, strict=True)
    ]
    first = next(part for part, limit in zip(parts, most, strict=True) if limit)
    probe = [_without_rows(block) for block in first]
    (alone,) = measure(render({**content, "body": _joined([probe], [2])}))

    def lay_out(counts: Sequence[int]) -> list[Section]:
        return measure(render({**content, "body": _joined(parts, counts)}))

    return {**content, "body": _joined(parts, rows_that_fit(lay_out, alone.row, begun, most))}


def _without_rows(block: Block) -> Block:
    return {**block, "rows": []} if block["kind"] == "table" else block


def _spare(block: Block) -> list[list[str]]:
    return block.get("spare", []) if block["kind"] == "table" else []


def _rows(block: Block) -> list[list[str]]:
    return block["rows"] if block["kind"] == "table" and "spare" in block else []


def _joined(parts: Sequence[Sequence[Block]], spare: Sequence[int]) -> list[Block]:
    """The body of these sections with this many spare rows in each."""
    body: list[Block] = []
    for part, count in zip(parts, spare, strict=True):
        if body:
            body.append(new_page())
        for block in part:
            if block["kind"] == "table" and "spare" in block:
                body.append({**block, "rows": [*block["rows"], *block["spare"][:count]], "spare": []})
            else:
                body.append(block)
    return body


def is_short(table: Table) -> bool:
    """Whether a table never breaks across pages. One for signatures may: empty rows fill its page."""
    rows = [*table["rows"], *table["footer"]]
    text = sum(len(cell) for row in rows for cell in row)
    return not table["tall"] and len(rows) <= SHORT_ROWS and text <= SHORT_TEXT


def continues(table: Table, at: int) -> bool:
    """Whether a row belongs to the one above it: in a numbered list it has no number.

    Of a long group only the first rows are kept together.
    """
    if table["tall"] or table["heads"][0] != NUMBER:
        return False
    return any(row[0] for row in table["rows"][max(at - MAX_KEPT, 0) : at]) and not table["rows"][at][0]


def title_line(text: str) -> str:
    """The last two words on one line: "KABUPATEN MESUJI" is not parted."""
    return "\N{NO-BREAK SPACE}".join(text.rsplit(" ", 1))


def _printed(block: Block) -> Mapping[str, object]:
    """A table with the class of each cell beside its text, because a template cannot iterate over two lists at once."""
    if block["kind"] == "title":
        return {**block, "lines": [title_line(line) for line in block["lines"]]}
    if block["kind"] == "center":
        return {**block, "text": title_line(block["text"])}
    if block["kind"] != "table":
        return block
    return {
        **block,
        "short": is_short(block),
        "columns": [f"mm{width}" if width else "" for width in block["widths"]],
        "rows": [
            {"cells": _classed(row, block["aligns"], at + 1), "continues": continues(block, at)}
            for at, row in enumerate(block["rows"])
        ],
        "footer": [_classed(row, block["aligns"], 1) for row in block["footer"]],
    }


def _classed(row: list[str], aligns: list[str], number: int) -> list[tuple[str, str]]:
    classes = {"l": "", "c": "c", "r": "r", "z": "zig" if number % 2 == 0 else ""}
    return [(text, classes[align]) for text, align in zip(row, aligns, strict=True)]
