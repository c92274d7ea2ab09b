"""Migrates a database once for all records of the same migrations; the other parts start from a copy."""

import hashlib
import sqlite3
import sys
import tempfile
from pathlib import Path

from tests.unchanged import frozen


def fingerprint() -> str:
    """The hash of everything that determines the tables and their first rows."""
    import django
    from django.apps import apps

    text = hashlib.sha256(f"{django.VERSION} {frozen.NOW}".encode())
    for app in apps.get_app_configs():
        for path in sorted(Path(app.path, "migrations").glob("*.py")):
            text.update(path.name.encode() + path.read_bytes())
    return text.hexdigest()[:16]


def main(copy: Path) -> None:
    frozen.set_up(demo=False)
    from django.core.management import call_command
    from django.db import connection

    kept = Path(tempfile.gettempdir(), f"pamsimas-unchanged-{fingerprint()}.sqlite3")
    if not kept.exists():
        call_command("migrate", verbosity=0)
        connection.close()
        part = kept.with_suffix(".part")
        with sqlite3.connect(connection.settings_dict["NAME"]) as source, sqlite3.connect(part) as made:
            source.backup(made)
        part.replace(kept)
    copy.write_bytes(kept.read_bytes())


if __name__ == "__main__":
    main(Path(sys.argv[1]))
