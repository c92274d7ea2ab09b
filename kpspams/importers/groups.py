"""Identification of the groups of a file by village and name; importer of groups with their SK."""

import functools
import re
from collections import defaultdict

from django.core.exceptions import ValidationError

from imports.adapters import Adapter
from imports.files.books import Cell
from imports.rows.rows import NOT_WRITTEN, Row
from imports.tables.columns import Column
from imports.values import cells, formats
from kpspams.models import KpspamsGroup, LegalDocument
from records.search_keys import search_key
from villages.importers.places import VILLAGE_COLUMNS, ProgrammeFinder, VillageFinder
from villages.models import Village

# The name is kept bare; offices write it with the word, in all its spellings (docs/domain/README.md, trap 4).
WORD = re.compile(
    r"^(?:kelompok\s+)?(?:kps?[-\s]?s?pams?|kkm|bp[-\s]?spams?|kpspams?)\b\s*(?:desa\s+(?=[\"“'‘]))?", re.IGNORECASE
)
MARKS = " \"'“”‘’:-"
ONLY_GROUP = "satu-satunya kelompok di desa ini"
FORMS = {
    "lembaga kemasyarakatan desa": "lkd",
    "ormas": "ormas",
    "perkumpulan": "perkumpulan",
    "akta notaris": "perkumpulan",
    "bumdesa": "bumdes",
    "bumdes": "bumdes",
}


@functools.lru_cache(maxsize=4096)
def bare(name: str) -> str:
    """'KP-SPAMS "Tirta Jaya"' is "Tirta Jaya"."""
    return WORD.sub("", name.strip()).strip(MARKS) or name.strip()


_text, _name = cells.text(160), cells.of(KpspamsGroup, "name")


def group_name(cell: Cell) -> str | None:
    written = _text(cell)
    if written and not WORD.sub("", written.strip()).strip(MARKS):
        raise ValidationError(f"“{written}” bukan nama kelompok. Tulis namanya, misalnya Tirta Jaya.")
    return _name(bare(written)) if written else None


def group_key(name: str) -> str:
    return search_key(bare(name))


GROUP_SYNONYMS = (
    "kpspams",
    "nama kpspams",
    "kelompok",
    "nama kelompok pengelola",
    "nama kp-spams",
    "kkm",
    "nama bpspams",
    "nama lembaga",
)
GROUP_COLUMN = Column(
    "group",
    "Nama kelompok",
    group_name,
    GROUP_SYNONYMS,
    example="Tirta Jaya",
    help="Boleh kosong bila desanya hanya mempunyai satu kelompok.",
    level=3,
    continues=True,
)


class GroupFinder:
    """The groups of the villages that the finder knows, with their legal documents."""

    def __init__(self, places: VillageFinder):
        self.groups: dict[tuple[int, str], KpspamsGroup] = {}
        self.of_village: dict[int, list[KpspamsGroup]] = defaultdict(list)
        self.by_id: dict[int, KpspamsGroup] = {}
        self.villages = {village.pk: village for village in places.by_code.values()}
        for group in KpspamsGroup.objects.filter(village__in=self.villages):
            group.village = self.villages[group.village_id]
            self.groups[group.village_id, group_key(group.name)] = group
            self.of_village[group.village_id].append(group)
            self.by_id[group.pk] = group

    def find(self, row: Row, village: Village | None) -> KpspamsGroup | None:
        """The group of the row by name, or the only one of its village, or None with an error."""
        if village is None or row.failed("group"):
            return None
        name = row.get("group")
        if name:
            group = self.groups.get((village.pk, group_key(name)))
            if group is None:
                row.wrong(
                    "group", f"Kelompok “{name}” belum tercatat di {village}. Impor atau catat kelompoknya dahulu."
                )
            else:
                row.means("group", str(group))
            return group
        own = [group for group in self.of_village[village.pk] if not group.is_dissolved]
        if len(own) == 1:
            row.means("group", str(own[0]), ONLY_GROUP)
            return own[0]
        problem = "mempunyai beberapa kelompok" if own else "belum mempunyai kelompok"
        row.wrong(
            "group", f"{village} {problem}. Isi nama kelompoknya." if own else f"{village} {problem} yang tercatat."
        )
        return None


class GroupImport(Adapter):
    """Groups with one SK a row; a second SK of the same group may be in a further row."""

    kind = "groups"
    order = 2
    label = "KPSPAMS dengan SK"
    needs = "Desa sudah tercatat."
    writes = (KpspamsGroup, LegalDocument)
    columns = (
        *VILLAGE_COLUMNS,
        Column("group", "Nama kelompok", group_name, GROUP_SYNONYMS, required=True, example="Tirta Jaya", level=3),
        Column(
            "is_pamsimas", "Kelompok Pamsimas", cells.yes_no, ("pamsimas",), example="Ya", help="Kosong berarti Ya."
        ),
        Column("programme", "Program", cells.text(120), ("sumber program",), example="Pamsimas III", fixed=True),
        Column(
            "legal_form",
            "Bentuk hukum",
            cells.of(KpspamsGroup, "legal_form", FORMS),
            ("badan hukum", "bentuk lembaga", "legalitas"),
            example="Lembaga Kemasyarakatan Desa",
            fixed=True,
        ),
        Column(
            "hamlets", "Dusun layanan", cells.of(KpspamsGroup, "hamlets"), ("dusun", "wilayah layanan"), example="I, II"
        ),
        Column(
            "formed_on",
            "Tanggal pembentukan",
            cells.past_day,
            (
                "tgl pembentukan",
                "tanggal dibentuk",
                "tgl dibentuk",
                "tanggal terbentuk",
                "tgl terbentuk",
                "tanggal berdiri",
            ),
            example="12-03-2018",
        ),
        Column("bank_name", "Nama bank", cells.of(KpspamsGroup, "bank_name"), ("bank",), example="Bank Lampung"),
        Column(
            "bank_account",
            "Nomor rekening",
            cells.identifier(40),
            ("rekening", "no rekening", "norek"),
            example="380.03.04.12345",
            help="Tulis sebagai teks. Rekening atas nama kelompok.",
        ),
        Column(
            "sk_number",
            "Nomor SK",
            cells.identifier(80),
            ("no sk", "sk", "nomor sk kepala desa", "no sk kades", "nomor keputusan"),
            example="141/12/2018",
        ),
        Column(
            "sk_date",
            "Tanggal SK",
            cells.past_day,
            ("tgl sk", "tanggal keputusan", "tanggal sk kades"),
            example="14-03-2018",
        ),
        Column(
            "sk_until",
            "SK berlaku sampai",
            cells.day,
            (
                "berlaku sampai",
                "berlaku s/d",
                "berlaku hingga",
                "masa berlaku",
                "masa berlaku sk",
                "akhir sk",
                "berakhir",
            ),
            example="14-03-2023",
        ),
        Column(
            "sk_in_process",
            "SK dalam proses",
            cells.yes_no,
            ("dalam proses", "proses sk"),
            example="Tidak",
            help="Ya bila SK sedang disusun dan belum bertanggal.",
        ),
    )

    def load(self):
        self.places = VillageFinder(by=self.by, place=self.place)
        self.programmes = ProgrammeFinder()
        self.finder = GroupFinder(self.places)
        self.decrees: dict[object, list[LegalDocument]] = defaultdict(list)
        decrees = LegalDocument.objects.filter(group__in=self.finder.by_id, kind=LegalDocument.Kind.DECREE)
        for decree in decrees.order_by("dated_on", "pk"):
            decree.group = self.finder.by_id[decree.group_id]
            self.decrees[decree.group_id].append(decree)

    def question(self):
        return self.places.question()

    def plan(self, row: Row):
        name = row.get("group", "")
        row.label = f'KPSPAMS "{name}"' if name else ""
        village = self.places.find(row)
        programme = self.programmes.find(row)
        if village is None or not name:
            self._judge_decree(row)
            return
        key = (village.pk, group_key(name))
        group = self.finder.groups.get(key)
        values = row.filled(
            is_pamsimas="is_pamsimas",
            legal_form="legal_form",
            hamlets="hamlets",
            formed_on="formed_on",
            bank_name="bank_name",
            bank_account="bank_account",
        )
        if programme:
            values["programme"] = programme
        formed = row.get("formed_on")
        if group:
            if formed and group.dissolved_on and group.dissolved_on < formed:
                row.wrong("formed_on", "Kelompok ini tercatat bubar sebelum tanggal pembentukan itu.")
            row.change(group, **values)
        else:
            group = KpspamsGroup(village=village, name=name, **values)
            if "is_pamsimas" not in values:
                row.means("is_pamsimas", formats.plain(group.is_pamsimas), NOT_WRITTEN)
            row.add(group, self.finder.groups, key)
        self._judge_decree(row)
        self._decree(row, group, key)

    def _judge_decree(self, row: Row):
        dated, until = row.get("sk_date"), row.get("sk_until")
        if dated and until and until < dated:
            row.wrong("sk_until", "SK berakhir sebelum tanggal SK. Periksa kedua tanggalnya.")
        if (
            row.has("sk_number", "sk_until")
            and not dated
            and not row.get("sk_in_process")
            and not row.failed("sk_date")
        ):
            row.wrong("sk_date", "Isi tanggal SK, atau isi Ya pada SK dalam proses.")

    def _decree(self, row: Row, group: KpspamsGroup, key: tuple):
        """The same number or the same day is the same SK; one in process is completed by its number and day."""
        if not row.has("sk_number", "sk_date") and not row.get("sk_in_process"):
            return
        number, dated = row.get("sk_number", ""), row.get("sk_date")
        known = self.decrees[group.pk or key]
        values = {"number": number, "dated_on": dated, "valid_until": row.get("sk_until")}
        values = {name: value for name, value in values.items() if value}
        same = next((sk for sk in known if self._is_same(sk, number, dated)), None)
        waiting = next((sk for sk in known if sk.in_process), None)
        if same is not None:
            row.change(same, **values)
        elif waiting is not None:
            row.change(waiting, **values, in_process=not dated)
        else:
            in_process = bool(row.get("sk_in_process")) and not dated
            decree = LegalDocument(group=group, kind=LegalDocument.Kind.DECREE, in_process=in_process, **values)
            row.add(decree)
            row.then(lambda: known.append(decree))

    @staticmethod
    def _is_same(sk: LegalDocument, number: str, dated) -> bool:
        if sk.in_process:
            return False
        if number and sk.number:
            return search_key(sk.number) == search_key(number) and (not dated or sk.dated_on == dated)
        return bool(dated) and sk.dated_on == dated
