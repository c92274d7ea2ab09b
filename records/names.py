"""Parts of a written name: titles before and after it, the name itself, remarks beside it."""

import functools
import re
import unicodedata
from typing import NamedTuple

REMARK = re.compile(r"\(([^()]*)\)")  # "Siti (istri Budi)"
NO_REMARK = {"contoh"}  # marks DATA CONTOH and does not distinguish people
# Each title with the sex that it implies, if any; "Ibu" and "Bpk." are written in lists like titles.
HAJJ = {"h": "L", "haji": "L", "hj": "P", "hjh": "P", "hajah": "P", "hajjah": "P", "kh": "L"}
ADDRESS = {"bpk": "L", "bapak": "L", "pak": "L", "tn": "L", "sdr": "L", "alm": "L"}
ADDRESS |= {"ibu": "P", "bu": "P", "ny": "P", "nyonya": "P", "sdri": "P", "almh": "P"}
DEGREE = {"drs": "L", "dra": "P", "ir": "", "dr": "", "drg": "", "drh": "", "prof": ""}
RELIGIOUS = {"ust": "", "ustad": "", "ustadz": "", "ustazah": "P", "ustadzah": "P"}
BEFORE = HAJJ | ADDRESS | DEGREE | RELIGIOUS
ONE_TITLE = {"haji": "h", "hjh": "hj", "hajah": "hj", "hajjah": "hj", "bapak": "bpk", "pak": "bpk", "bu": "ibu"}
ONE_TITLE |= {"nyonya": "ny", "ustad": "ust", "ustadz": "ust", "ustazah": "ustadzah"}
BEHIND = set(
    "spd spdi spdsd spdaud sag sh shi se sei sei st skm skep skeb sip ssos sosi skom ssi shut sp spi spt stp sst sstp "
    "sthi sak sik sap san sfarm sgz sked spsi shum sthum sm stt sti mpd mpdi mh mhum mm mt msi mkes mkm mag mkom map "
    "msc mp mak mba mpa phd amd amdkep amdkeb amdkom amk amkep amkeb ama amapd ners apt bsc".split()
)
# A part of a name and how offices write it: one name, or another one that is shortened alike (usual practice; the
# names of Bali are those of transmigrant villages). Two spellings are never taken for one person without a question.
SPELLINGS: dict[str, str] = {
    "muhammad": "m moh mohd muh muhd mhd moch much mohamad mohammad mohamed mochamad mochammad muhamad muchamad",
    "abdul": "abd abdoel abdur",
    "ahmad": "achmad akhmad ahmat achmat ahm",
    "siti": "st sitti",
    "sri": "sr",
    "nur": "noer noor",
    "wayan": "wyn",
    "made": "md",
    "nyoman": "nym",
    "ketut": "kt",
    "putu": "pt",
    "kadek": "kdk",
    "gusti": "gst",
}
FULL_PART = {short: full for full, shorts in SPELLINGS.items() for short in shorts.split()}
# "H. Budi, S.Pd. bin Amin": what follows belongs to the name, whatever titles precede it.
LINEAGE = re.compile(r"(?<=[\s,.])(?:bin|binti|bte)\.?\s+(?=\w)", re.IGNORECASE)
PLAIN = re.compile(r"[A-Za-z0-9\s]+")  # such a name has titles only where a whole word is one:
MEANT = {*BEFORE, *BEHIND, "bin", "binti", "bte"}
SIGNS = re.compile(r"[^a-z0-9]")
INSIDE = set(DEGREE) | {title for title in HAJJ if len(title) > 1}  # one letter inside a name is an initial
DOTTED = re.compile(r"[a-z]{1,5}(?:\.[a-z]{1,5})+\.?|[a-z]{1,5}\.", re.IGNORECASE)  # "S.Pd.", "Ph.D.", "Cht."


class NameParts(NamedTuple):
    """`core`: the name as written, without titles; `remark`: what distinguishes two people of one name, as a key."""

    core: str
    hajj: frozenset[str] = frozenset()
    degrees_before: frozenset[str] = frozenset()
    degrees_behind: frozenset[str] = frozenset()
    implied_sex: str = ""
    remark: str = ""
    remark_text: str = ""


def letters(text: str) -> str:
    """The text reduced to small letters and digits."""
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    plain = text.lower().replace(" ", "")
    return plain if plain.isalnum() else SIGNS.sub("", plain)


@functools.lru_cache(maxsize=8192)  # one name is compared with many
def parts_of(name: str) -> NameParts:
    """'Drs, H Sutrisno S.Pd (ketua)' has the core 'Sutrisno'; dots, commas and case of titles do not count."""
    words = name.split()
    if PLAIN.fullmatch(name) and MEANT.isdisjoint(name.lower().split()):
        return NameParts(core=" ".join(words))
    return _parsed(name)


def _parsed(name: str) -> NameParts:
    remarks = [text.strip() for text in REMARK.findall(name) if letters(text) not in NO_REMARK]
    before: list[str] = []
    behind: list[str] = []
    core: list[str] = []
    own, word, father = _parted(REMARK.sub(" ", name))
    for part, of in ((own, before), (father, [])):  # "bin H. Amin" is no haji himself
        words: list[str] = []
        pieces = [piece.strip() for piece in part.split(",")]
        while pieces and not words:
            found, words = _titles_before(pieces.pop(0))
            of += found
        words, titles = _titles_behind(words)
        core += [word, *words] if part is father and word else words
        behind += titles
        for piece in pieces:
            titles, rest = _behind_comma(piece)
            behind += titles
            remarks += [" ".join(rest)] if rest else []
    core, inside = _titles_inside(core)
    before += inside
    before = [ONE_TITLE.get(title, title) for title in before]
    sexes = {BEFORE[title] for title in before} - {""}
    return NameParts(
        core=" ".join(core),
        hajj=frozenset("h" if title == "kh" else title for title in before if title in HAJJ),
        degrees_before=frozenset(title for title in before if title in DEGREE),
        degrees_behind=frozenset(behind),
        implied_sex=sexes.pop() if len(sexes) == 1 else "",
        remark="".join(letters(text) for text in remarks),
        remark_text=", ".join(remarks),
    )


def _parted(name: str) -> tuple[str, str, str]:
    """The name itself, "bin" or "binti", and the name of the father, where one is named."""
    found = LINEAGE.search(name)
    if not found or not letters(name[: found.start()]):
        return name, "", ""
    return name[: found.start()], found[0].strip(" ."), name[found.end() :]


def _titles_inside(words: list[str]) -> tuple[list[str], list[str]]:
    """'Siti Hj. Aminah': dotted titles between two words of the name."""
    inside = [word for word in words[1:-1] if word.endswith(".") and letters(word) in INSIDE]
    return [word for word in words if word not in inside], [letters(word) for word in inside]


def _titles_before(piece: str) -> tuple[list[str], list[str]]:
    """Titles at the beginning, and the words that follow."""
    piece = re.sub(r"^\s*k\.?\s*h\.\s*", "KH. ", piece, flags=re.IGNORECASE)
    words = re.sub(r"^((?:\s*[a-z]{1,8}\.)+)(?=\S)", _spaced, piece, flags=re.IGNORECASE).split()
    found = []
    while words and letters(words[0]) in BEFORE:
        found.append(letters(words.pop(0)))
    return found, words


def _spaced(match: re.Match) -> str:
    """Separates the titles of 'Drs.H.Sutrisno'; initials that are no titles stay unchanged."""
    titles = [title for title in match[1].split(".") if title.strip()]
    return ". ".join(titles) + ". " if all(letters(title) in BEFORE for title in titles) else match[1]


def _titles_behind(words: list[str]) -> tuple[list[str], list[str]]:
    """'Sukirman S. Pd M.M': titles without a comma, of up to three words; one word of the name always stays."""
    behind: list[str] = []
    found = True
    while found:
        found = False
        for size in (3, 2, 1):
            title = letters("".join(words[-size:]))
            if len(words) > size and title in BEHIND and (size == 1 or "." in words[-size]):
                behind.append(title)
                words, found = words[:-size], True
                break
    return words, behind


def _behind_comma(piece: str) -> tuple[list[str], list[str]]:
    """Known titles and dotted words like them; other words are a remark."""
    words = piece.split()
    if letters(piece) in BEHIND or letters(piece) in BEFORE:
        return [letters(piece)], []
    titles = [letters(word) for word in words if letters(word) in BEHIND | set(BEFORE) or DOTTED.fullmatch(word)]
    rest = [word for word in words if letters(word) and letters(word) not in titles]
    return titles, rest


def spelled_parts(core: str) -> list[tuple[str, str]]:
    """Each word of a name with its full spelling, "" where no other is known; the last word is never shortened.

    A single letter is an abbreviated name only at the beginning: "M. Yusuf", not "Yusuf M. Ali".
    """
    words = re.findall(r"[^\s.]+", core)
    found = []
    for place, word in enumerate(words):
        key = letters(word)
        full = FULL_PART.get(key, key if key in SPELLINGS else "")
        found.append((word, full if place < len(words) - 1 and (len(key) > 1 or not place) else ""))
    return found
