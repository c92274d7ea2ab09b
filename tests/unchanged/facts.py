"""Facts, one per line ("what = value"), and beside them the texts that their hashes stand for."""

import gzip
import hashlib
from pathlib import Path

FACTS, TEXTS = "facts.txt", "texts"
SEPARATOR = " = "


class Recorder:
    """Writes the facts of one part. A fact recorded twice with different values is an error: it is not
    deterministic.
    """

    def __init__(self, folder: Path, part: str) -> None:
        self.path, self.texts = folder / f"{part}.txt", folder / TEXTS
        self.texts.mkdir(exist_ok=True)
        self.facts: dict[str, str] = {}

    def add(self, what: str, value: str) -> None:
        what, value = " ".join(what.split()), " ".join(value.split())
        if self.facts.setdefault(what, value) != value:
            raise ValueError(f"{what}: {self.facts[what]} and then {value}")

    def add_text(self, what: str, value: str, text: str) -> None:
        """`value` and the hash of the text, which is stored."""
        self.add(what, f"{value} {self.keep(text)}")

    def keep(self, text: str) -> str:
        sha = hashlib.sha256(text.encode()).hexdigest()[:20]
        path = self.texts / f"{sha}.gz"
        if not path.exists():
            path.write_bytes(gzip.compress(text.encode(), compresslevel=4, mtime=0))
        return f"sha256:{sha}"

    def close(self) -> None:
        self.path.write_text("".join(f"{what}{SEPARATOR}{value}\n" for what, value in sorted(self.facts.items())))


def read(folder: Path) -> dict[str, str]:
    lines = (folder / FACTS).read_text().splitlines()
    return dict(line.split(SEPARATOR, 1) for line in lines)


def text_of(folder: Path, value: str) -> str | None:
    """The text whose hash ends this value; None where there is none."""
    _, found, sha = value.rpartition(" sha256:")
    path = folder / TEXTS / f"{sha}.gz"
    return gzip.decompress(path.read_bytes()).decode() if found and path.exists() else None
