"""Version of the portal to which a set of tables belongs, from the names of its applied migrations.

Migrations are sometimes regenerated under names that no older version used: `0001_tables_2026_12`. The part after
`tables_` is the generation; later ones sort behind earlier ones, and older tables have none. Within a generation tables
are migrated to the newest code; from one generation to the next there is no migration.

Only the standard library is used here: `./run` compares before anything is installed.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
GENERATION = re.compile(r"^\d{4}_tables_(\d{4}_\d\d[a-z]?)$")
EXIT_CODE = 3  # of `prepare` and `migrate` when the tables belong to another version: waiting does not help

Name = tuple[str, str]  # app and migration


class Kind(Enum):
    OLDER = "older"
    NEWER = "newer"
    UNRECORDED = "unrecorded"  # tables of the portal without a record of their version


@dataclass(frozen=True)
class Mismatch:
    """`migration`: one unknown to this code, as "app.name"; empty where none is recorded."""

    kind: Kind
    migration: str = ""


def on_disk(root: Path = ROOT) -> set[Name]:
    """The migrations of the portal's own apps."""
    return {(path.parts[-3], path.stem) for path in root.glob("*/migrations/[0-9]*.py")}


def generation(names: Iterable[Name]) -> str:
    """The newest generation among these migrations, or an empty text."""
    return max((found[1] for _, name in names if (found := GENERATION.match(name))), default="")


def mismatch(applied: set[Name], known: set[Name], tables: Iterable[str] = ()) -> Mismatch | None:
    """None when code that knows the migrations `known` can work on the tables, or migrate them.

    `tables` are the existing tables of the portal. Recorded migrations of unknown apps are ignored.
    """
    own_apps = {app for app, _ in on_disk()}
    recorded = {(app, name) for app, name in applied if app in own_apps}
    current = generation((app, name) for app, name in known if app in own_apps)
    all_apps = {app for app, _ in known}
    unknown = sorted(f"{app}.{name}" for app, name in applied - known if app in all_apps)
    if unknown:
        older = recorded and generation(recorded) < current
        return Mismatch(Kind.OLDER if older else Kind.NEWER, unknown[-1])
    if current and not recorded and any(tables):
        return Mismatch(Kind.UNRECORDED)
    return None
