"""`./run bench [PART …]`: measures the goals, without a part all of them. Exit code 1 when one is missed."""

import os
import sys
from importlib import import_module

import django

from pamsimas.tooling import steps

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pamsimas.settings")
django.setup()

PARTS = ("documents", "memory", "workers", "imports", "pages")


def main(chosen: list[str]) -> int:
    steps.use_english()
    unknown = set(chosen) - set(PARTS)
    if unknown:
        print(f"no part {sorted(unknown)}; there are {', '.join(PARTS)}", file=sys.stderr)  # noqa: T201
        return 2
    parts = [import_module(f"tests.bench.{part}") for part in chosen or PARTS]
    return 0 if all([part.run() for part in parts]) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
