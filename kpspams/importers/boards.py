"""The import of boards: dated posts of persons. Nothing is overwritten; a successor ends who held the post before."""

import re
from collections import defaultdict
from datetime import date, timedelta

from django.core.exceptions import ValidationError

from kpspams.importers.groups import GROUP_COLUMN, GroupFinder
from kpspams.models import KpspamsGroup, LegalDocument, Member
from records.imports import cells
from records.imports.adapters import Adapter
from records.imports.columns import Column
from records.imports.files import Cell
from records.imports.formats import shown_as
from records.imports.rows import NOT_STORED, Row
from records.imports.sideways import Sideways
from records.imports.vocabulary import UnknownWord
from records.parsers.abbreviations import expanded
from records.search import search_key
from records.words import date_id
from villages.importers.finding import PersonFinder
from villages.importers.people import PERSON_COLUMNS
from villages.importers.places import VILLAGE_COLUMNS, VillageFinder
from villages.models import Person, PersonMatch

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
DOUBTFUL = {
    "seksi": SECTIONS,
    "kepala seksi": SECTIONS,
    "ketua seksi": SECTIONS,
    "anggota seksi": SECTIONS,
    "sanitasi": (Member.Post.TECHNICAL, Member.Post.HEALTH),
    "wakil sekretaris": (Member.Post.SECRETARY, Member.Post.MEMBER),
    "wakil bendahara": (Member.Post.TREASURER, Member.Post.MEMBER),
}
_posts = cells.words_of(Member, "post", POSTS, DOUBTFUL)
# "Ketua Seksi Teknik", "Unit Kesehatan": the section says which post it is.
_IN_SECTION = re.compile(
    r"(?:(?:ketua|kepala|koordinator|anggota|staf) )?(?:seksi|unit|bidang|urusan|bagian|divisi|pokja) (.+)"
)
_COORDINATED = re.compile(r"koordinator (.+)")
_NUMBERED = re.compile(r"(.+) (i{1,3}|iv|v|[1-9])")
ENDS = "ends"  # the answer that the one before ended when the other began
ACTING = ("plt", "pjs", "pj")


def post(cell: Cell) -> tuple[str, str, bool] | None:
    """(code, the wording of the SK where it is another, acting): "Plt. Ketua KPSPAMS" is ("KET", "", True)."""
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
    """ "Plt. Ketua", with the wording of the SK where it is another: "Seksi Teknik (Teknisi)"."""
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
    """Whether a title names a post, or one of few that somebody must choose from."""
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

POST_COLUMN = Column(
    "post",
    "Jabatan",
    post,
    ("jabatan dalam kpspams", "posisi", "kedudukan", "jabatan kpspams"),
    required=True,
    example="Ketua",
    help="Ketua, Sekretaris, Bendahara, Seksi Teknik, dan seterusnya; Plt. di depan untuk pelaksana tugas.",
)


class BoardImport(Adapter):
    """Pengurus with from-until. Without its own day a post begins with its SK."""

    kind = "boards"
    order = 3
    label = "Pengurus KPSPAMS"
    needs = "Desa dan KPSPAMS sudah tercatat."
    sideways = SIDEWAYS
    writes = (Person, Member)
    fades = (PersonMatch,)
    columns = (
        *VILLAGE_COLUMNS,
        GROUP_COLUMN,
        *PERSON_COLUMNS,
        POST_COLUMN,
        Column(
            "starts_on",
            "Mulai menjabat",
            cells.near_day,
            ("mulai", "tanggal mulai", "tmt", "sejak", "tanggal sk", "tgl sk"),
            example="14-03-2018",
            help="Tanggal mulai, atau tanggal SK pengangkatannya.",
            fixed=True,
        ),
        Column(
            "ends_on",
            "Akhir menjabat",
            cells.near_day,
            ("selesai", "tanggal berakhir", "sampai", "akhir jabatan", "berakhir"),
            help="Kosong berarti masih menjabat.",
            example="13-03-2023",
        ),
        Column(
            "sk_number",
            "Nomor SK",
            cells.identifier(80),
            ("no sk", "sk", "nomor sk pengangkatan"),
            example="141/12/2018",
            help="SK yang sudah tercatat pada kelompok itu; yang belum dikenal dilewati.",
            fixed=True,
        ),
    )

    def load(self):
        self.places = VillageFinder(by=self.by, place=self.place)
        self.groups = GroupFinder(self.places)
        self.people = PersonFinder(self.places, self.by)
        self.posts: dict[tuple, list[Member]] = defaultdict(list)
        for member in Member.objects.filter(group__in=self.groups.by_id).select_related("person").order_by("starts_on"):
            member.group = self.groups.by_id[member.group_id]
            self.posts[member.group_id, member.post].append(member)
        self.open_by: dict[int, str] = {}  # id of a post: the row of this file that says that it is still held
        self.ended: dict[int, str] = {}  # id of a post: the row of this file whose successor ends it
        decrees = LegalDocument.objects.filter(group__in=self.groups.by_id, kind=LegalDocument.Kind.DECREE)
        self.decrees = {(row.group_id, search_key(row.number)): row for row in decrees if row.number}

    def question(self):
        return self.places.question()

    def plan(self, row: Row):
        row.label = row.get("name", "")
        group = self.groups.find(row, self.places.find(row))
        starts, ends = row.get("starts_on"), row.get("ends_on")
        if starts is None and not row.failed("starts_on"):
            row.wrong("starts_on", "Isi tanggal mulai menjabat, atau tanggal SK pengangkatannya.")
        if starts and ends and ends < starts:
            row.wrong("ends_on", "Tanggal berakhir sebelum tanggal mulai. Periksa kedua tanggalnya.")
        if group is None:
            return
        row.label = f"{row.get('name', '')}, {group}"
        slots = {(row.get("post"), starts)}
        person = self.people.find(row, group.village, place=f"kpspams {group.pk}", slots=slots)
        if person is None or not row.has("post") or starts is None:
            return
        self._post(row, group, person)

    def _post(self, row: Row, group: KpspamsGroup, person: Person):
        code, title, acting = row.get("post")
        starts, ends = row.get("starts_on"), row.get("ends_on")
        held = self.posts[group.pk, code]
        if group.dissolved_on and (ends is None or ends > group.dissolved_on):
            row.wrong(
                "ends_on", f"{group} bubar pada {date_id(group.dissolved_on)}. Isi tanggal berakhir sampai hari itu."
            )
        decree = self.decrees.get((group.pk, search_key(row.get("sk_number", ""))))
        if row.has("sk_number") and decree is None:
            row.means("sk_number", NOT_STORED, "SK ini belum tercatat pada kelompoknya")
        same = next((m for m in held if m.person == person and m.starts_on == starts), None)
        if same is not None:
            if ends is None and id(same) in self.ended:
                self._ask_about_end(row, group, same, self.ended[id(same)], same.ends_on)
            row.then(lambda: self._state(row, same, ends))
            values = {"ends_on": ends, "title": title, "appointed_by": decree}
            row.change(same, **{name: value for name, value in values.items() if value})
            return
        overlapping = [
            m for m in held if (m.ends_on is None or m.ends_on >= starts) and (ends is None or m.starts_on <= ends)
        ]
        own = next((m for m in overlapping if m.person == person and m.acting == acting and m.title == title), None)
        if own is not None:
            row.wrong(
                "starts_on",
                f"{person.name} sudah tercatat pada jabatan ini sejak {date_id(own.starts_on)}. Periksa tanggalnya.",
            )
            return
        if code in Member.CORE:
            for other in overlapping:
                if other.ends_on is None and ends is None and other.starts_on < starts:
                    self._succeed(row, group, other, starts - timedelta(days=1))
                    continue
                until = f"sampai {date_id(other.ends_on)}" if other.ends_on else "dan masih menjabat"
                row.wrong(
                    "post",
                    f"{other.person.name} sudah tercatat sebagai {other.get_post_display()} {group} sejak "
                    f"{date_id(other.starts_on)} {until}. Satu jabatan dipegang satu orang: periksa tanggalnya.",
                )
        member = Member(
            group=group,
            person=person,
            post=code,
            title=title,
            acting=acting,
            starts_on=starts,
            ends_on=ends,
            appointed_by=decree,
        )
        row.add(member)
        row.then(lambda: held.append(member))
        row.then(lambda: self._state(row, member, ends))

    def _state(self, row: Row, member: Member, ends: date | None):
        if ends is None:
            self.open_by[id(member)] = row.where

    def _succeed(self, row: Row, group: KpspamsGroup, other: Member, last: date):
        """The one before is ended, as where a post is recorded by hand; asks where this file itself says otherwise."""
        if id(other) in self.open_by:
            self._ask_about_end(row, group, other, self.open_by[id(other)], last)
        row.change(other, ends_on=last)
        row.is_change = True
        row.then(lambda: self.ended.update({id(other): row.where}))

    def _ask_about_end(self, row: Row, group: KpspamsGroup, other: Member, where: str, last: date | None):
        """Two hold one post in this file: the person says that one ended, or mends the file."""
        post = f"{other.get_post_display()} {group}"
        on = date_id(last) if last else ""
        text = f"{other.person.name} berakhir sebagai {post} pada {on}"
        together = "Yang lama berakhir sehari sebelum penggantinya mulai"
        row.options = [*row.options, {"id": ENDS, "text": text, "together": together}]
        if row.answer != ENDS:
            row.ask(
                f"Menurut berkas ini {post} dijabat dua orang sekaligus; lihat juga {where}. Pilih jawabannya, atau "
                "isi tanggal berakhir salah satunya di berkas."
            )
            row.recognised["kind"] = "post"
            row.recognised["together"] = "Menurut berkas ini satu jabatan dijabat dua orang sekaligus."
