"""Requests for every document that the pages offer, as a user would make them; records their content and text."""

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

from tests.unchanged.answers import Answer, answer_to, client_of, record
from tests.unchanged.contents import without_chance
from tests.unchanged.facts import Recorder

# URLs of the forms of documents; bundles consist of documents that are requested with them.
REQUESTS = ("/laporan/minta/", "/laporan/berkas-sk/")
BUNDLES = ("/laporan/berkas/minta/", "/laporan/pemeriksaan/")
BY_CHANCE = {"key", "csrfmiddlewaretoken"}
REQUESTED = 3  # of one kind and format, with different options or of different rows
OPTIONS = 2  # of one choice besides the preselected one
VISIBLE = ("select", "radio", "checkbox")


def record_all(recorder: Recorder, people: dict[str, Any], pages: list[tuple[str, Answer]]) -> None:
    (role, user), *others = people.items()
    client = client_of(user)
    forms = [form for path, answer in pages for form in offered(path, answer)]
    for action, data in _chosen(forms, REQUESTS, REQUESTED):
        request(recorder, client, action, data)
    for action, data in _chosen(forms, BUNDLES, 1):
        request_bundle(recorder, client, action, data)
    for path in ("/laporan/", "/laporan/berkas/", "/laporan/?page=2"):
        record(recorder, f"{role} of the demo with documents", client, "GET", path)
    for other, person in others:
        visitor = client_of(person)
        for pk, kind in stored():
            answer = answer_to(visitor, "GET", f"/laporan/{pk}/unduh/")
            recorder.add(f"download of {kind} {pk} as {other} of the demo", str(answer.status))


def stored() -> list[tuple[int, str]]:
    from tests.unchanged import sources

    return list(sources.stored_reports().order_by("pk").values_list("pk", "kind"))


def offered(path: str, answer: Answer) -> list[tuple[str, Any]]:
    """(path, form) of each form of this page that requests documents."""
    from tests.unchanged import sources

    if not any(f'action="{action}' in answer.html for action in (*REQUESTS, *BUNDLES)):
        return []
    forms = [(form.action or path, form) for form in sources.forms(answer.html) if form.method == "post"]
    return [(action, form) for action, form in forms if action.startswith((*REQUESTS, *BUNDLES))]


def _chosen(forms: list[tuple[str, Any]], actions: tuple[str, ...], most: int) -> Iterator[tuple[str, dict]]:
    """(path, data) of the first requests that the pages offer for each kind of document and format."""
    counted: Counter[Any] = Counter()
    known = set()
    for action, form in forms:
        if not action.startswith(actions):
            continue
        for data in _with_each_option(form):
            message = {name: value for name, value in data.items() if name not in BY_CHANCE}
            request = (action, json.dumps(message, sort_keys=True))
            kind = (action.rstrip("/0123456789"), str(message.get("kind")), str(message.get("format")))
            if request not in known and counted[kind] < most:
                known.add(request)
                counted[kind] += 1
                yield action, data


def _with_each_option(form: Any) -> Iterator[dict]:
    """The form untouched, then with each option of each of its choices."""
    yield form.untouched()
    for control in form.controls.values():
        if control.kind in VISIBLE:
            for option in [option for option in control.options if [option] != control.values][:OPTIONS]:
                yield form.untouched() | {control.name: [option]}


def request(recorder: Recorder, client: Any, action: str, data: dict) -> None:
    message = " ".join(f"{name}={','.join(map(str, value))}" for name, value in data.items() if name not in BY_CHANCE)
    before = {pk for pk, _ in stored()}
    what = f"document {action} {message}"
    answer = answer_to(client, "POST", action, data | _new_key(data), label=message)
    recorder.add_text(f"{what}: answer", answer.value, answer.text)
    for pk, kind in stored():
        if pk not in before:
            record_one(recorder, client, what if kind in message else f"{what} {kind}", pk)


def _new_key(data: dict) -> dict:
    """Each request has its own key: the forms of one page may share one."""
    from uuid import uuid4

    return {"key": str(uuid4())} if "key" in data else {}


def record_one(recorder: Recorder, client: Any, what: str, pk: int) -> None:
    from tests.unchanged import sources

    snapshot = sources.stored_reports().values_list("snapshot", flat=True).get(pk=pk)
    text = json.dumps(snapshot, ensure_ascii=False, sort_keys=True, indent=1)
    recorder.add_text(f"{what}: snapshot", "stored", without_chance(text))
    page = answer_to(client, "GET", f"/laporan/{pk}/")
    recorder.add_text(f"{what}: page", page.value, page.text)
    file = answer_to(client, "GET", f"/laporan/{pk}/unduh/")
    recorder.add_text(f"{what}: file", file.value, file.text)
    recorder.add(f"{what}: bytes", file.sha)


def request_bundle(recorder: Recorder, client: Any, action: str, data: dict) -> None:
    """The bundle's page and files, and each document in it."""
    what = f"bundle {action}"
    before = {pk for pk, _ in stored()}
    answer = answer_to(client, "POST", action, data | _new_key(data))
    recorder.add_text(f"{what}: answer", answer.value, answer.text)
    made = [(pk, kind) for pk, kind in stored() if pk not in before]
    for number, (pk, kind) in enumerate(made, 1):
        record_one(recorder, client, f"{what}: document {number} {kind}", pk)
    page = answer.location.partition("#")[0]
    if answer.status == 302 and page.startswith("/laporan/berkas/") and page != "/laporan/berkas/":
        for name in ("", "unduh/", "cetak/"):
            file = answer_to(client, "GET", f"{page}{name}")
            recorder.add_text(f"{what}: {name or 'page'}", file.value, file.text)
