"""Differences between two recorded folders: facts that are removed, new, or changed, and the lines of their texts."""

import difflib
import sys
from collections import defaultdict
from pathlib import Path

from tests.unchanged import facts

LISTED = 40  # facts of one kind of difference
LINES, WIDTH = 30, 240  # of one difference of texts
EXAMPLES = 4


def main(before: Path, after: Path) -> int:
    found = differences(before, after)
    sys.stdout.write("".join(f"{line}\n" for line in found) or "Nothing differs.\n")
    return 1 if found else 0


def differences(before: Path, after: Path) -> list[str]:
    """The report, line by line; empty when both folders are equal."""
    old, new = facts.read(before), facts.read(after)
    lines = _listed("gone", [f"{what} = {old[what]}" for what in sorted(old.keys() - new.keys())])
    lines += _listed("new", [f"{what} = {new[what]}" for what in sorted(new.keys() - old.keys())])
    changed = [what for what in sorted(old.keys() & new.keys()) if old[what] != new[what]]
    values = [what for what in changed if _value(old[what]) != _value(new[what])]
    lines += _listed("other answer", [f"{what}: {old[what]} -> {new[what]}" for what in values])
    alike = defaultdict(list)
    for what in changed:
        was, now = facts.text_of(before, old[what]), facts.text_of(after, new[what])
        if was is not None and now is not None and was != now:
            alike[tuple(_changed_lines(was, now))].append(what)
    for hunk, where in sorted(alike.items(), key=lambda item: -len(item[1])):
        lines += ["", f"== other text in {len(where)}: {'; '.join(where[:EXAMPLES])}"]
        lines += [line[:WIDTH] for line in hunk[:LINES]]
        if len(hunk) > LINES:
            lines.append(f"… {len(hunk) - LINES} more lines")
    if lines:
        lines += ["", f"{len(old)} facts before, {len(new)} after; {len(changed)} changed"]
    return lines


def _value(value: str) -> str:
    """Without the hash of a text that is shown by its lines; a hash without a text is the value."""
    return value.rpartition(" sha256:")[0] or value


def _listed(kind: str, found: list[str]) -> list[str]:
    if not found:
        return []
    more = [f"   … {len(found) - LISTED} more"] if len(found) > LISTED else []
    return [f"== {kind}: {len(found)}", *(f"   {line[:WIDTH]}" for line in found[:LISTED]), *more]


def _changed_lines(before: str, after: str) -> list[str]:
    """Lines that differ with one line around, without their numbers: equal changes of two pages are equal."""
    found = difflib.unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=1)
    return ["@@" if line.startswith("@@") else line for line in list(found)[2:]]
