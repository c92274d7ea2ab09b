"""Parsers of text as people write it: the same in imports, pasted lists and forms.

Each parser raises ValidationError with one sentence: what is wrong and what to write. It accepts what the portal
itself prints and exports, applies or refuses every word that changes a value, and never rounds silently.
"""
