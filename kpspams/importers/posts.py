"""Parser of the posts of a board, in cells and as titles of a list written sideways."""

import re

from django.core.exceptions import ValidationError

from imports.files.books import Cell
from imports.tables.sideways import Sideways
from imports.values import cells
from imports.values.formats import shown_as
from imports.values.vocabulary import UnknownWord
from kpspams.models import Member
from records.parsers.abbreviations import expanded
from records.search_keys import search_key

POSTS = {
    "pembina": "PMB",
    "penasihat": "PMB",
    "penasehat": "PMB",
    "pelindung": "PMB",
    "wakil": "WKL",
    "ketua umum": "KET",
    "sekertaris": "SEK",
    "teknik": "TEK",
    "teknis": "TEK",
    "teknisi": "TEK",
    "teknik air bersih": "TEK",
    "teknik air bersih dan sanitasi": "TEK",
    "operasi dan pemeliharaan": "TEK",
    "pemeliharaan": "TEK",
    "operator teknis": "OPR",
    "kesehatan": "KES",
    "kesehatan lingkungan": "KES",
    "kesling": "KES",
    "phbs": "KES",
    "promosi phbs": "KES",
    "promosi kesehatan": "KES",
    "stbm": "KES",
    "pelanggan": "PEL",
    "pelayanan": "PEL",
    "pelayanan pelanggan": "PEL",
    "penagihan": "PEL",
    "penagih iuran": "PEL",
    "pencatat meter": "PEL",
    "peran serta masyarakat": "PSM",
    "humas": "PSM",
    "hubungan masyarakat": "PSM",
}
SECTIONS = (Member.Post.TECHNICAL, Member.Post.HEALTH, Member.Post.CUSTOMER_SERVICE, Member.Post.COMMUNITY)
DOUBTFUL: dict[str, tuple[str, ...]] = {
    "seksi": SECTIONS,
    "kepala seksi": SECTIONS,
    "ketua seksi": SECTIONS,
    "anggota seksi": SECTIONS,
    "sanitasi": (Member.Post.TECHNICAL, Member.Post.HEALTH),
    "wakil sekretaris": (Member.Post.SECRETARY, Member.Post.MEMBER),
    "wakil bendahara": (Member.Post.TREASURER, Member.Post.MEMBER),
}
_posts = cells.words_of(Member, "post", POSTS, DOUBTFUL)
# "Ketua Seksi Teknik", "Unit Kesehatan": the section determines the post.
_IN_SECTION = re.compile(
    r"(?:(?:ketua|kepala|koordinator|anggota|staf) )?(?:seksi|unit|bidang|urusan|bagian|divisi|pokja) (.+)"
)
_COORDINATED = re.compile(r"koordinator (.+)")
_NUMBERED = re.compile(r"(.+) (i{1,3}|iv|v|[1-9])")
ACTING = ("plt", "pjs", "pj")


def post(cell: Cell) -> tuple[str, str, bool] | None:
    """(code, the wording of the SK where it differs, acting): "Plt. Ketua KPSPAMS" is ("KET", "", True)."""
    written = cells.text(80)(cell)
    if written is None:
        return None
    words = written.replace(".", " ").split()
    acting = bool(words) and words[0].lower() in ACTING
    if acting:
        words = words[1:]
    if len(words) > 1 and search_key(words[-1]) == "kpspams":
        words = words[:-1]
    plain = " ".join(words)
    if not plain:
        raise _posts.unknown(written)
    code = _code(plain)
    label = str(Member.Post(code).label)
    return code, "" if search_key(plain) in (search_key(label), search_key(code)) else plain, acting


def post_text(value: tuple[str, str, bool]) -> str:
    """ "Plt. Ketua", with the wording of the SK where it differs: "Seksi Teknik (Teknisi)"."""
    code, title, acting = value
    text = f"{'Plt. ' if acting else ''}{Member.Post(code).label}"
    return f"{text} ({title})" if title else text


shown_as(post, post_text)


def _code(plain: str) -> str:
    """The post of a wording. Raises UnknownWord, for a second ketua, sekretaris or bendahara too."""
    whole = expanded(plain)
    numbered = _NUMBERED.fullmatch(whole)
    bare = numbered[1] if numbered else whole
    section = _IN_SECTION.fullmatch(bare) or _COORDINATED.fullmatch(bare)
    words = [plain, bare, *([f"seksi {section[1]}", section[1]] if section else [])]
    code = next((code for word in words if (code := _posts.find(word))), None)
    if code is None:
        raise _posts.unknown(plain, next((many for word in words if (many := _posts.meanings(word))), ()))
    is_first = numbered is None or numbered[2] in ("i", "1") or _posts.find(plain) is not None
    if code in Member.CORE and not is_first:
        others = (Member.Post.VICE_CHAIR,) if code == Member.Post.CHAIR else (Member.Post.MEMBER,)
        raise _posts.unknown(plain, (*others, code))
    return code


def is_post(text: str) -> bool:
    """Whether a title names a post, or an ambiguous one of few posts."""
    try:
        return post(text) is not None
    except UnknownWord as error:
        return len(error.options) < len(Member.Post)
    except ValidationError:
        return False


SUMMARY = "dibaca mendatar: satu baris per desa, jabatan di judul kolom"
FILLERS = frozenset(("nama", "pengurus", "susunan", "jabatan", "kpspams", "personil", "personel"))
SIDEWAYS = Sideways(
    head="post",
    cell="name",
    own=("sex", "phone", "hamlet", "starts_on", "ends_on", "sk_number"),
    common=("starts_on", "ends_on", "sk_number"),
    always=("sex",),
    is_value=is_post,
    fillers=FILLERS,
    summary=SUMMARY,
)
