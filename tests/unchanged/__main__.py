"""`./run unchanged record FOLDER` and `./run unchanged compare FOLDER FOLDER`: whether a refactoring changed the
portal's responses, documents or rows. Exit code 1 when something differs.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.unchanged import compare
from tests.unchanged.facts import FACTS

PARTS = ("table", "demo", "collected")
# Variables of a portal that runs on this machine must not reach the recorded one.
OF_A_PORTAL = {"DATABASE_URL", "REDIS_URL", "DEBUG", "PORTAL_URL", "ALLOWED_HOSTS", "DJANGO_SETTINGS_MODULE"}
USAGE = """\
./run unchanged record FOLDER          records pages, documents, downloads and the list of tests of this checkout
./run unchanged compare BEFORE AFTER   tells what differs between two recorded folders"""


def record(folder: Path) -> int:
    """Records everything again; each part runs in a separate process and data directory."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    with tempfile.TemporaryDirectory(prefix="pamsimas-unchanged-") as place:
        empty = Path(place, "empty.sqlite3")
        failed = [] if not start("empty_database", empty, Path(place, "first")).wait() else ["empty_database"]
        if not failed:
            running = {part: start(part, folder.resolve(), Path(place, part), empty) for part in PARTS}
            failed = [part for part, process in running.items() if process.wait()]
    if failed:
        print(f"Nothing is recorded, for this failed: {', '.join(failed)}", file=sys.stderr)  # noqa: T201
        return 2
    found = [folder / f"{part}.txt" for part in PARTS]
    lines = sorted(line for path in found for line in path.read_text().splitlines())
    (folder / FACTS).write_text("\n".join(lines) + "\n")
    for path in found:
        path.unlink()
    print(f"{len(lines)} facts in {folder / FACTS}")  # noqa: T201
    return 0


def start(part: str, target: Path, data: Path, database: Path | None = None) -> subprocess.Popen:
    data.mkdir()
    if database:
        shutil.copy(database, data / "portal.sqlite3")
    env = {name: value for name, value in os.environ.items() if name not in OF_A_PORTAL}
    env |= {"PAMSIMAS_DATA_DIR": str(data), "HTTPS": "0", "TZ": "UTC"}
    command = [sys.executable, "-m", f"tests.unchanged.{part}", str(target)]
    return subprocess.Popen(command, env=env, stdin=subprocess.DEVNULL)


def main(arguments: list[str]) -> int:
    match arguments:
        case ["record", folder]:
            return record(Path(folder))
        case ["compare", before, after]:
            return compare.main(Path(before), Path(after))
    print(USAGE, file=sys.stderr)  # noqa: T201
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
