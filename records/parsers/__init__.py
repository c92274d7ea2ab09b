"""Text as people write it, read as values: the same in imports, pasted lists and forms.

Each reader raises ValidationError with one sentence that says what is wrong and what to write. It accepts what the
portal itself prints and exports, applies or refuses every word that changes a value, and never rounds in silence.
"""
