"""Check of names of code and files for private words, which a newcomer cannot guess.

Prose, strings and the names of test functions are free.
"""

import ast
import re
from pathlib import Path

from pamsimas.tooling import known
from pamsimas.tooling.sources import LAYERS

# The word and its standard terms.
PRIVATE = {
    "ask": "request, confirm",
    "asked": "requested, chosen",
    "asker": "requested_by, requester",
    "asks": "requests, confirms",
    "bell": "enqueue, requeue_after",
    "brake": "throttle",
    "brakes": "throttles",
    "drill": "chaos test",
    "furniture": "letterhead, footer",
    "habit": "default",
    "habits": "defaults",
    "house": "project",
    "keeper": "handover",
    "kop": "letterhead",
    "longest": "max",
    "plant": "seed",
    "planting": "seeding",
    "ring": "enqueue",
    "road": "lifecycle",
    "roof": "conventions",
    "said": "message, text",
    "say": "message, print",
    "says": "message, text",
    "settle": "freeze, finish",
    "settled": "frozen, finished",
    "shelf": "storage, materials",
    "speak": "format, install",
    "standing": "current, status",
    "standings": "current, cache",
    "storey": "layer",
    "stories": "scenarios",
    "story": "scenario",
    "sweep": "requeue_stale",
    "tell": "describe, announce",
    "tells": "describes",
    "told": "label, summary",
    "twin": "duplicate",
    "twins": "duplicates",
    "victim": "process",
    "victims": "processes",
    "world": "dataset",
}
# Name and why the word is usual there.
ALLOWED = {
    "ring": "of a polygon (GeoJSON linear ring)",
    "Ring": "of a polygon (GeoJSON linear ring)",
    "RING": "of a polygon (GeoJSON linear ring)",
    "longest_first": "order of texts by their length",
    "say": "prints a line of ./run on the screen",
}
FOLDERS = [*LAYERS, "templates", "static", "tests"]
SUFFIXES = {".py", ".html", ".txt", ".css", ".js", ".svg"}
LABEL = "private word in a name"
PART = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")


def private_words(name):
    """The private words in this name, in its order: `word_settled`, `PlanStory`, `MAX_TOLD`, "told_rows.html"."""
    return [part for part in map(str.lower, PART.findall(name)) if part in PRIVATE]


def names_in(source):
    """The names that this source defines: classes, functions but tests, arguments, variables, attributes, imports."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            found.add(node.name)
        elif isinstance(node, ast.arg):
            found.add(node.arg)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            found.add(node.id)
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            found.add(node.attr)
        elif isinstance(node, ast.alias) and node.asname:
            found.add(node.asname)
    return {name for name in found if not name.startswith("test_")}


def private_names(root=Path(".")):
    """{"folder: name"} of each name with a private word; a file or a folder with its path."""
    found = set()
    for folder in FOLDERS:
        for path in sorted((root / folder).rglob("*")):
            own = path.relative_to(root)
            if path.suffix not in SUFFIXES or {"migrations", "node_modules"} & set(own.parts):
                continue
            found |= {str(own) for part in own.parts[1:] if private_words(part)}
            if path.suffix == ".py":
                found |= {f"{folder}: {name}" for name in names_in(path.read_text()) if private_words(name)}
    return {one for one in found if one.rpartition(": ")[2] not in ALLOWED}


def faults(root=Path(".")):
    """A message for each unknown private name, with the standard term, and for each known one that is gone."""
    found, listed = private_names(root), set(known.NAMES)
    new = [f"{LABEL}: {one} ({_plain(one)})" for one in sorted(found - listed)]
    return new + [f"{LABEL}: {one} is gone; take it out of known.py" for one in sorted(listed - found)]


def _plain(name):
    return "; ".join(dict.fromkeys(PRIVATE[word] for word in private_words(name)))
