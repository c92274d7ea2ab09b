"""The pages of the demo that its roles reach by links, and every document that these pages offer."""

import html
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from tests.unchanged import documents, frozen
from tests.unchanged.answers import Answer, answer_to, client_of, record
from tests.unchanged.facts import Recorder

ROWS_OF_A_PAGE = 2  # recorded rows of one URL pattern
SEARCHED = 16  # further rows of a page that offers documents: one offers what the first two do not
VARIANTS = 1  # of one page with different query strings: filters, orders, formats of an export
ADDRESS = re.compile(r'\s(?:href|src|action|hx-get|data-[a-z-]+)="(/[^"]*)"')


class Chosen:
    """Which of the paths found are requested: the first of each kind, in the order in which they are found."""

    def __init__(self) -> None:
        self.paths: dict[str, None] = {}
        self.left: dict[str, dict[str, None]] = {}  # route -> paths of further rows
        self.counted: Counter[Any] = Counter()

    def takes(self, path: str) -> bool:
        if path in self.paths:
            return True
        route, parts = pattern_of(path)
        query = tuple(name for name, _ in parse_qsl(urlsplit(path).query, keep_blank_values=True))
        kind, most = ((route, query), VARIANTS) if query else (route, ROWS_OF_A_PAGE if parts else 1)
        if route is None:
            return False
        if self.counted[kind] >= most:
            if not query:
                self.left.setdefault(route, {})[path] = None
            return False
        self.counted[kind] += 1
        self.paths[path] = None
        return True


def pattern_of(path: str) -> tuple[str | None, dict]:
    """The URL pattern of a path and its parts; None for a path that is no page of the portal."""
    from django.urls import Resolver404, resolve

    try:
        match = resolve(urlsplit(path).path)
    except Resolver404:
        return None, {}
    return match.route, match.kwargs


def links(answer: Answer) -> Iterator[str]:
    for found in ADDRESS.findall(answer.html):
        path = html.unescape(found).partition("#")[0]
        if not path.startswith(("//", "/static/")):
            yield path


def walk(recorder: Recorder, people: dict[str, Any]) -> list[tuple[str, Answer]]:
    """Records every chosen path as every role; (path, response) of the pages that the first role sees."""
    clients = {role: client_of(user) for role, user in people.items()}
    chosen, seen = Chosen(), {}
    for role, client in clients.items():
        waiting = ["/"]
        chosen.takes("/")
        requested = set()
        while waiting:
            path = waiting.pop(0)
            if path in requested:
                continue
            requested.add(path)
            answer = seen[role, path] = record(recorder, f"{role} of the demo", client, "GET", path)
            waiting += [link for link in links(answer) if link not in requested and chosen.takes(link)]
    for role, client in clients.items():
        for path in chosen.paths:
            if (role, path) not in seen and "?" not in path:
                record(recorder, f"{role} of the demo", client, "GET", path)
    first = next(iter(people))
    pages = [(path, answer) for (role, path), answer in seen.items() if role == first]
    return pages + list(further(clients[first], chosen, pages))


def further(client: Any, chosen: Chosen, pages: list[tuple[str, Answer]]) -> Iterator[tuple[str, Answer]]:
    """Further rows of the pages that offer documents; they are not recorded themselves."""
    routes = {pattern_of(path)[0]: None for path, answer in pages if documents.offered(path, answer)}
    for route in routes:
        for path in list(chosen.left.get(route or "", {}))[:SEARCHED]:
            yield path, answer_to(client, "GET", path)


def main(folder: Path) -> None:
    frozen.set_up(demo=True)
    from tests.unchanged import sources

    recorder = Recorder(folder, "demo")
    people = sources.demo()
    pages = walk(recorder, people)
    documents.record_all(recorder, people, pages)
    recorder.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
