"""Everyday abbreviations in the words of lists: "Sie. Teknik", "tdk berfungsi"."""

import re

from records.search import search_key

ABBREVIATIONS = {
    "tdk": "tidak",
    "tak": "tidak",
    "gak": "tidak",
    "blm": "belum",
    "blum": "belum",
    "sdh": "sudah",
    "sbgn": "sebagian",
    "sebagn": "sebagian",
    "sebag": "sebagian",
    "brfungsi": "berfungsi",
    "berfgsi": "berfungsi",
    "berfs": "berfungsi",
    "dlm": "dalam",
    "dgn": "dengan",
    "sie": "seksi",
    "sies": "seksi",
    "kasi": "kepala seksi",
    "kasie": "kepala seksi",
    "bid": "bidang",
    "koord": "koordinator",
    "wkl": "wakil",
    "sekr": "sekretaris",
    "bend": "bendahara",
}
_WORDS = re.compile(r"[^\W_]+")


def expanded(text: str) -> str:
    """'Sie. Teknik' gives 'seksi teknik': small letters, without signs, abbreviations in full."""
    return " ".join(ABBREVIATIONS.get(word, word) for word in _WORDS.findall(text.lower()))


def word_key(text: str) -> str:
    return search_key(expanded(text)) or search_key(text)
