"""Whom a letter names above its text (docs/domain/documents.md, D21)."""

MAX_NAMED = 6  # lines of Yth. that fit above the letter; more of them become a list behind it (our assumption)
