"""Every URL of the portal as every role, in the dataset of the tests that has one row of everything."""

import sys
from pathlib import Path
from typing import Any

from tests.unchanged import frozen
from tests.unchanged.answers import client_of, record
from tests.unchanged.facts import Recorder


class _Undone(Exception):
    """Rolls a request back."""


def post_undone(recorder: Recorder, role: str, user: Any, path: str) -> None:
    """An empty POST that leaves no trace: no row, and no logout."""
    from django.db import transaction

    try:
        with transaction.atomic():
            record(recorder, role, client_of(user), "POST", path)
            raise _Undone
    except _Undone:
        pass


def main(folder: Path) -> None:
    frozen.set_up(demo=False)
    from tests.unchanged import sources

    recorder = Recorder(folder, "table")
    for route in routes():
        recorder.add(f"route {route}", "exists")
    rows = sources.scenario()
    for role, user in rows.people.items():
        who, client = f"{role} of the scenario", client_of(user)
        for path, is_verb in sources.addresses(rows):
            if is_verb:
                post_undone(recorder, who, user, path)
                continue
            answer = record(recorder, who, client, "GET", path)
            if role == "admin" and '<form method="post"' in answer.html:
                post_undone(recorder, who, user, path)
    recorder.close()


def routes(patterns: Any = None, above: str = "/") -> set[str]:
    """All URL paths with their kinds of parts, without their names."""
    from django.urls import URLPattern, get_resolver

    found = set()
    for pattern in patterns or get_resolver().url_patterns:
        path = f"{above}{pattern.pattern}"
        found |= {path} if isinstance(pattern, URLPattern) else routes(pattern.url_patterns, path)
    return found


if __name__ == "__main__":
    main(Path(sys.argv[1]))
