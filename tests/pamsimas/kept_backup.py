"""The backup that test_kept_backup.py restores: one row of everything, packed by the portal's own command.

    python -m tests.pamsimas.kept_backup        on SQLite; where DATABASE_URL is set, on that PostgreSQL server

It was made with the first version of its tables, and every later version has to read it: so it is made again only after
migrations have started again, and the backups of the previous generation are deleted then.
"""

import os
import tempfile
from pathlib import Path

import django

from pamsimas import versions
from pamsimas.tooling import steps

KEPT = Path(__file__).parent / "kept_backups"
ROWS = """
from accounts.models import User
from tests.dataset import make_dataset
district = make_dataset().district
User.objects.create_user("pembaca", "sandi-uji-panjang", name="Pembaca", role="admin", district=district)
"""


def path(vendor: str) -> Path:
    """The path of the backup of the current generation of tables."""
    return KEPT / f"{versions.generation(versions.on_disk())}-{vendor}.tar.gz"


def main() -> None:
    from django.db import connection

    from tests.pamsimas.test_backup import Portal  # needs the settings

    with tempfile.TemporaryDirectory() as place:
        portal = Portal(Path(place) / "portal")
        try:
            portal.lay_tables()
            portal.well("shell", "-v0", "-c", ROWS)
            portal.well("backup", path(connection.vendor))
        finally:
            portal.drop()
    steps.say(f"✓ {path(connection.vendor)}")


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pamsimas.settings")
    django.setup()
    main()
