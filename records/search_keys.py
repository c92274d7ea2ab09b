"""Search keys, which compare without case, accents, spaces, punctuation and the spellings of KPSPAMS."""

import functools
import itertools
import re
import unicodedata

from records.names import FULL_PART, SPELLINGS, letters, parts_of, spelled_parts

_SPELLED = {*SPELLINGS, *FULL_PART}
MAX_REMEMBERED = 80  # longest text whose key is cached; longer ones seldom recur
MAX_KEYS = 500  # spellings of one name
# KPS-Pams, KP-SPAMS, KPSPAM, BPSPAMS, BP-SPAM … are one word for a search (docs/domain/README.md, trap 4).
GROUP_WORD = re.compile(r"(?:kpspams?|bpspams?)")


def search_key(text: str) -> str:
    """'KPS-Pams "Tirta Jaya"' and 'kpspams tirtajaya' give the same key: 'kpspamstirtajaya'.

    The key of a text without a-z is made of its code points, so that different texts differ.
    """
    written = str(text)
    return _remembered_key(written) if len(written) <= MAX_REMEMBERED else _key(written)


def _key(text: str) -> str:
    if key := letters(text):
        return GROUP_WORD.sub("kpspams", key) if "pspam" in key else key
    return "".join(f"u{ord(sign):x}" for sign in unicodedata.normalize("NFKC", text).casefold() if sign.isalnum())


_remembered_key = functools.lru_cache(maxsize=8192)(_key)  # names of places recur in many rows


def without_group_word(key: str) -> str:
    """'kpspamstirtajaya' gives 'tirtajaya', without the part that all groups share."""
    return key.removeprefix("kpspams") or key


def fitting(row, key: str) -> str:
    """The key, cut to the column of the row: one letter may become three ("ﬃ"), so a key can outgrow the name."""
    return key[: row._meta.get_field("search_key").max_length]


@functools.lru_cache(maxsize=8192)
def name_key(name: str) -> str:
    """The key of a person's name, titles and remarks left out: 'Hj Siti, S.Pd. (istri Budi)' gives 'siti'."""
    return search_key(parts_of(name).core) or search_key(name)


@functools.lru_cache(maxsize=8192)
def common_name_key(name: str) -> str:
    """One key for all spellings of a name: "M. Yusuf" and "Muhammad Yusuf" give 'muhammadyusuf'."""
    core = parts_of(name).core
    parts = spelled_parts(core) if not _SPELLED.isdisjoint(core.lower().replace(".", " ").split()) else []
    if not any(full for _, full in parts):
        return name_key(name)
    return "".join(full or search_key(word) for word, full in parts)


def name_keys(name: str) -> list[str]:
    """The key of the name and of its other spellings: "M. Yusuf" may be "Muhammad Yusuf"."""
    choices = []
    for word, full in spelled_parts(parts_of(name).core):
        choices.append([full, *SPELLINGS[full].split()] if full else [search_key(word)])
    others = ("".join(words) for words in itertools.islice(itertools.product(*choices), MAX_KEYS))
    return list(dict.fromkeys([name_key(name), common_name_key(name), *others]))
