"""Importer of boards: dated posts of persons. Nothing is overwritten; a successor ends the previous holder."""

from collections import defaultdict
from datetime import date, timedelta

from imports.adapters import Adapter
from imports.rows.prototypes import Prototype
from imports.rows.rows import NOT_STORED, Row
from imports.tables.columns import Column
from imports.values import cells
from kpspams.importers.groups import GROUP_COLUMN, GroupFinder
from kpspams.importers.posts import SIDEWAYS, post
from kpspams.models import KpspamsGroup, LegalDocument, Member
from records.formats import date_id
from records.search_keys import search_key
from villages.importers.finding import PersonFinder
from villages.importers.people import PERSON_COLUMNS
from villages.importers.places import VILLAGE_COLUMNS, VillageFinder
from villages.models import Person, PersonMatch

ENDS = "ends"  # the answer that the previous holder ended when the new one began

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
    """Board members (pengurus) with dates. A post without a first day begins with its SK."""

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
        self.member = Prototype(Member)
        self.open_by: dict[int, str] = {}  # id of a post: the row of this file in which it is still held
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
        before = [] if self.people.is_brought(person) else held  # places where this person may have posts
        if group.dissolved_on and (ends is None or ends > group.dissolved_on):
            row.wrong(
                "ends_on", f"{group} bubar pada {date_id(group.dissolved_on)}. Isi tanggal berakhir sampai hari itu."
            )
        decree = self.decrees.get((group.pk, search_key(row.get("sk_number", ""))))
        if row.has("sk_number") and decree is None:
            row.means("sk_number", NOT_STORED, "SK ini belum tercatat pada kelompoknya")
        same = next((m for m in before if m.starts_on == starts and m.person == person), None)
        if same is not None:
            if ends is None and id(same) in self.ended:
                self._require_end(row, group, same, self.ended[id(same)], same.ends_on)
            row.then(lambda: self._state(row, same, ends))
            values = {"ends_on": ends, "title": title, "appointed_by": decree}
            row.change(same, **{name: value for name, value in values.items() if value})
            return
        wanted = title, acting, person
        posts = (m for m in before if m.overlaps(starts, ends))
        own = next((m for m in posts if (m.title, m.acting, m.person) == wanted), None)
        if own is not None:
            row.wrong(
                "starts_on",
                f"{person.name} sudah tercatat pada jabatan ini sejak {date_id(own.starts_on)}. Periksa tanggalnya.",
            )
            return
        if code in Member.CORE:
            for other in [m for m in held if m.overlaps(starts, ends)]:
                if other.ends_on is None and ends is None and other.starts_on < starts:
                    self._succeed(row, group, other, starts - timedelta(days=1))
                    continue
                row.wrong(
                    "post",
                    f"{other.person.name} sudah tercatat sebagai {other.get_post_display()} {group} sejak "
                    f"{other.dates}. Satu jabatan dipegang satu orang: periksa tanggalnya.",
                )
        member = self.member.make(
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
        """Ends the previous holder, as the form does; adds a question where this file contradicts that."""
        if id(other) in self.open_by:
            self._require_end(row, group, other, self.open_by[id(other)], last)
        row.change(other, ends_on=last)
        row.is_change = True
        row.then(lambda: self.ended.update({id(other): row.where}))

    def _require_end(self, row: Row, group: KpspamsGroup, other: Member, where: str, last: date | None):
        """Two holders of one post in this file: the user answers that one ended, or corrects the file."""
        post = f"{other.get_post_display()} {group}"
        on = date_id(last) if last else ""
        text = f"{other.person.name} berakhir sebagai {post} pada {on}"
        together = "Yang lama berakhir sehari sebelum penggantinya mulai"
        row.options = [*row.options, {"id": ENDS, "text": text, "together": together}]
        if row.answer != ENDS:
            row.require_choice(
                f"Menurut berkas ini {post} dijabat dua orang sekaligus; lihat juga {where}. Pilih jawabannya, atau "
                "isi tanggal berakhir salah satunya di berkas."
            )
            row.recognised["kind"] = "post"
            row.recognised["together"] = "Menurut berkas ini satu jabatan dijabat dua orang sekaligus."
