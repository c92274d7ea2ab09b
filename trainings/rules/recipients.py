"""Addressees above the text of a letter (docs/domain/documents.md, D21)."""

MAX_NAMED = 6  # lines of Yth. that fit above the text; more become a list behind the letter (our assumption)
