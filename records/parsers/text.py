"""Text without invisible characters: a name of only these is empty."""

import re
import unicodedata

# Control, zero-width and direction characters, blank fillers, surrogates. NUL is not here:
# Django refuses it with its own message; line breaks and tabs are not here either.
UNSEEN = re.compile(
    "[\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\uffff\ud800-\udfff\U000e0000-\U000e0fff]+"
)


def seen(text: str) -> str:
    """The text without invisible characters, composed: an e and a combining accent become one é."""
    return text if text.isascii() and text.isprintable() else unicodedata.normalize("NFC", UNSEEN.sub("", text))
