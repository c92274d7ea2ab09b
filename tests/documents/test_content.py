import pytest

from documents.content import filter_of, option
from documents.layout import blocks


def test_option_is_empty_where_no_text_was_sent():
    parameters = {"mode": "filled", "phones": True, "village": 12, "filter": {"ta": "2017"}}
    assert [option(parameters, name) for name in ("mode", "phones", "village", "filter", "layout")] == [
        *("filled", "", "", "", "")
    ]


def test_filter_of_reads_texts_and_takes_a_request_without_a_filter():
    assert filter_of({"filter": {"ta": "2017", "kecamatan": 3}}) == {"ta": "2017", "kecamatan": "3"}
    assert [filter_of(parameters) for parameters in ({}, {"filter": None}, {"filter": "ta"})] == [{}, {}, {}]


def test_of_refuses_content_without_blocks():
    content = {"document": {}, "body": [blocks.heading("Isi")]}
    assert blocks.of(content) is content
    with pytest.raises(ValueError, match="content without blocks: document, heading"):
        blocks.of({"document": {}, "heading": "Isi"})
