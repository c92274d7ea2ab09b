"""Typed text stays text in documents: nothing is fetched, executed, reversed or hidden."""

import json
import logging
from unittest import mock

import pytest

from documents import registry
from documents.rendering import pdf, printing
from records import letters
from tests.documents.samples import make_plan, make_training, mark, words_of

pytestmark = pytest.mark.django_db

TYPED = [
    "<script>fetch('http://127.0.0.1:9/x')</script>",
    '<img src="file:///etc/passwd"><b>tebal</b>',
    '<link rel="attachment" href="file:///etc/passwd">',
    '<link rel="stylesheet" href="http://127.0.0.1:9/x.css">',
    '"><style>body { display: none } @import url(http://127.0.0.1:9/x.css)</style>',
    '<object data="file:///etc/hostname"></object><iframe src="http://127.0.0.1:9/"></iframe>',
    "background: url(file:///etc/passwd); color: white",
    "</td></tr></table><h1>Selesai</h1>&lt;b&gt;&amp;nbsp;",
    "{{ settings.SECRET_KEY }} {% include 'x' %}",
]
LONG = "Panjang" * 715  # 5,005 letters without a space
TURNED = "Budi \N{RIGHT-TO-LEFT OVERRIDE}onitnaS\N{POP DIRECTIONAL FORMATTING}\N{ZERO WIDTH JOINER}"


def filled(snapshot, texts):
    """The snapshot with these texts in its first list of rows, in the cells of names and free texts."""
    if "sheets" in snapshot:
        rows = snapshot["sheets"][0]["rows"]
        places = [(row, cell) for row in rows for cell in (1, 3, 4)]  # name, post, place
    elif "areas" in snapshot:
        rows = [row for area in snapshot["areas"] for row in area["rows"]]
        places = [(row, name) for row in rows for name in ("title", "location", "responsible")]
    else:
        places = [(block, "text") for block in snapshot["body"] if block["kind"] in ("text", "center")]
        table = next(block for block in snapshot["body"] if block["kind"] in ("table", "items", "facts"))
        places += [(row, 1) for row in table["rows"]]
    for text, (row, name) in zip(texts, places, strict=False):
        row[name] = text
    assert len(places) >= len(texts)
    return snapshot


@pytest.fixture
def fetched():
    """Every URL requested by the renderer, except the bundled files."""
    requested, fetcher = [], pdf._press().fetcher
    fetch = type(fetcher).fetch

    def noted(self, url, headers=None):
        if url not in pdf.BUNDLED:
            requested.append(url)
        return fetch(self, url, headers)

    with mock.patch.object(type(fetcher), "fetch", noted):
        yield requested


def papers():
    training = make_training(villages=3, days=1)
    mark(training)
    yield "attendance_sheet", training, {"mode": "filled"}
    yield "work_plan", make_plan(), {}
    yield "follow_up_plan", training, {"fill": "kosong"}
    yield "official_minutes", training, {}


def test_what_people_type_stays_text_and_fetches_nothing(office, fetched, caplog):
    caplog.set_level(logging.WARNING)
    for kind, subject, parameters in papers():
        module = registry.document(kind)
        snapshot = module.collect(subject, module.clean(subject, parameters), None)
        texts = [*TYPED, TURNED] if kind in ("attendance_sheet", "work_plan") else TYPED[:3]
        snapshot = filled(json.loads(json.dumps(snapshot)), texts)
        made = printing.print_document(
            registry.document(kind), subject.pk, snapshot
        )  # the PDF is read back: each text is there as typed
        squeezed = words_of(made.content).replace(" ", "")
        for text in texts:
            assert "".join(letters.printable(text).split()) in squeezed, (kind, text)
        assert b"EmbeddedFile" not in made.content
    assert fetched == []
    assert [record.getMessage() for record in caplog.records if "refused" in record.getMessage()] == []


def test_a_name_of_5000_letters_is_printed_whole(office):
    training = make_training(villages=2, days=1)
    mark(training)
    module = registry.document("attendance_sheet")
    snapshot = module.collect(training, module.clean(training, {"mode": "filled"}), None)
    snapshot["sheets"][0]["rows"][1][1] = LONG
    made = printing.print_document(registry.document("attendance_sheet"), training.pk, snapshot)
    assert words_of(made.content).replace(" ", "").count("Panjang") >= 700  # a page break may cut one


def test_marks_of_direction_are_left_out_and_letters_composed():
    assert letters.printable(TURNED) == "Budi onitnaS"
    assert letters.printable("Rene\N{COMBINING ACUTE ACCENT}\N{EM SPACE}\x00\N{SOFT HYPHEN}A") == "René A"
    assert letters.missing("Siti 😀 王") == ["王", "😀"]
