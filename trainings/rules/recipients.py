"""Addressees above the text of a letter (docs/domain/documents.md, D21)."""

import re

MAX_NAMED = 6  # lines of Yth. that fit above the text; more become a list behind the letter (our assumption)
MIN_LETTERS = 3

_LETTER_NUMBER = re.compile(r"(nomor\b|no\b\.?)?\s*:?\s*[\w.-]*\d[\w.-]*(\s*/\s*[\w.-]+){2,}", re.IGNORECASE)
_LETTER_PART = re.compile(r"(nomor|no\.?|hal|perihal|lampiran|sifat|tanggal)\s*:", re.IGNORECASE)
_ADDRESS = re.compile(r"\S+@\S+\.\S+|(https?://|www\.)\S+", re.IGNORECASE)


def fault_of(line: str) -> str:
    """What a line of Yth. obviously is instead of an addressee ("nomor surat"); empty for an addressee."""
    if _LETTER_NUMBER.fullmatch(line):
        return "nomor surat"
    if _LETTER_PART.match(line):
        return "bagian kepala surat"
    if _ADDRESS.fullmatch(line):
        return "alamat internet"
    return "" if sum(letter.isalpha() for letter in line) >= MIN_LETTERS else "angka atau tanda baca"
