"""Requests by URL path, as one user, whose responses become facts."""

import hashlib
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from tests.unchanged.contents import file_text, without_chance
from tests.unchanged.facts import Recorder
from tests.unchanged.frozen import seed


@dataclass
class Answer:
    status: int
    content_type: str
    location: str
    filename: str
    content: bytes
    messages: list[str]

    @property
    def html(self) -> str:
        return self.content.decode() if self.content_type.startswith("text/html") else ""

    @property
    def value(self) -> str:
        """Everything but the content."""
        parts = (str(self.status), self.content_type.replace(" ", ""), self.location, self.filename)
        return without_chance(" ".join(part for part in parts if part))

    @property
    def text(self) -> str:
        """The messages that follow a redirect, shown on the next page."""
        if 300 <= self.status < 400:
            return without_chance("\n".join(self.messages))
        return file_text(self.content_type, self.content)

    @property
    def sha(self) -> str:
        return hashlib.sha256(self.content).hexdigest()[:20]


def client_of(user: Any) -> Any:
    from django.test import Client

    client = Client(raise_request_exception=False)
    if user:
        client.force_login(user)
    return client


def answer_to(client: Any, method: str, path: str, data: dict | None = None, *, label: str = "") -> Answer:
    """`label` distinguishes requests for the same path that draw random values."""
    seed(f"{method} {path} {label}")
    response = client.get(path) if method == "GET" else client.post(path, data or {})
    content = b"".join(response.streaming_content) if response.streaming else response.content
    shown = getattr(getattr(response, "wsgi_request", None), "_messages", [])
    messages = [f"{message.level_tag}: {message}" for message in shown] if 300 <= response.status_code < 400 else []
    response.close()
    disposition = response.headers.get("Content-Disposition", "")
    return Answer(
        response.status_code,
        response.headers.get("Content-Type", ""),
        quote(response.headers.get("Location", ""), safe="/?&=#:%+,"),
        disposition,
        content,
        messages,
    )


def record(recorder: Recorder, role: str, client: Any, method: str, path: str) -> Answer:
    answer = answer_to(client, method, path)
    recorder.add_text(f"{method} {path} as {role}", answer.value, answer.text)
    return answer
