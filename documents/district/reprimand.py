"""Surat teguran to the kepala desa whose KPSPAMS submitted no plan by its deadline, or have no valid SK.

One letter to all with the list as annex, or one for each village. Number and day are filled in by the office (dots).
A page that lists groups names them (`groups`), so the letter is about the rows that it shows.
"""

from datetime import date
from itertools import groupby

from django.core.exceptions import ValidationError

from accounts.models import District, User
from documents.choices import Audience, Format
from documents.content import Parameters, filter_of, option
from documents.digests import district_filter, reader
from documents.district.base import DistrictDocument
from documents.layout import blocks, correspondence, frame
from documents.layout.blocks import Block, BlockContent
from documents.letter_parts import DOTS, LetterPart, by_name
from documents.letters import Letter
from documents.signatures import Signing
from documents.signers import Letterhead, Signer, Slot
from documents.word_forms import OFFICE_VALUES, OTHER, SIGNED, WORDING, PrintedTable, Values, WordForm
from kpspams.models import KpspamsGroup
from monitoring.queries.area import Area
from monitoring.queries.overdue import Overdue, overdue
from records import formats

LETTERS = {"one": "Surat teguran, satu surat untuk semua", "village": "Surat teguran, satu surat per desa"}
NOBODY = "Tidak ada KPSPAMS yang terlambat rencana kerjanya atau tanpa SK yang berlaku pada pilihan ini."
UNKNOWN_GROUPS = "Pilihan KPSPAMS pada surat ini tidak terbaca. Buka lagi daftarnya, lalu minta dari sana."
MAX_GROUPS = 2_000
VALUES = "keadaan kabupaten dinas"


OWED = {
    "no": "No",
    "desa": "Desa",
    "kecamatan": "Kecamatan",
    "kpspams": "KPSPAMS",
    "kewajiban": "Belum dipenuhi",
    "sejak": "Sejak",
    "batas": "Batas",
}
HEADS = {text: name for name, text in OWED.items() if name != "desa"} | {OTHER: "desa"}
WORD_FORM = WordForm(
    values={
        **OFFICE_VALUES,
        "keadaan": ("tanggal keadaan yang dihitung", "10 Maret 2026"),
        "desa": ("nama desa; kosong pada surat untuk semua", "Contoh"),
        "kecamatan": ("nama kecamatan; kosong pada surat untuk semua", "Contoh"),
        "jumlah_desa": ("banyaknya desa", "12"),
        "jumlah_kpspams": ("banyaknya KPSPAMS", "14"),
    },
    lists={"teguran": OWED, "penanda_tangan": SIGNED},
    tables={"teguran": PrintedTable("Yang belum dipenuhi", HEADS)},
    each=WORDING | {"desa", "kecamatan", "yth", "lampiran", "tembusan", "teguran", "jumlah_desa", "jumlah_kpspams"},
)


class Reprimand(DistrictDocument[BlockContent]):
    kind, title, code_prefix = "reprimand", "Surat teguran", "TGR"
    formats = (Format.PDF, Format.DOCX)
    audience = Audience.OFFICE
    takes_filter = True
    options = {"letter": LETTERS}
    row_options = ("groups",)  # keys separated by commas
    is_letter = True
    word_form = WORD_FORM
    letterhead = Letterhead.OFFICE
    signers = (Signer(Slot.OFFICE_HEAD),)
    letter_parts = by_name(
        LetterPart(
            "opening",
            "Kalimat pembuka (satu surat untuk semua)",
            "Berdasarkan catatan kami per {keadaan}, KPSPAMS sebagaimana daftar terlampir belum menyampaikan rencana "
            "kerja sampai dengan batas waktunya dan/atau belum mempunyai Surat Keputusan (SK) yang berlaku.",
            VALUES,
        ),
        LetterPart(
            "opening_village",
            "Kalimat pembuka (surat per desa)",
            "Berdasarkan catatan kami per {keadaan}, KPSPAMS di {desa} belum memenuhi hal berikut:",
            f"{VALUES} desa kepala_desa",
            required="desa",
        ),
        LetterPart(
            "request",
            "Permintaan",
            "Sehubungan dengan hal tersebut, kami minta Saudara menugaskan pengurus KPSPAMS untuk melengkapinya paling "
            f"lambat tanggal {DOTS} dan menyampaikan hasilnya kepada kami.",
            VALUES,
        ),
        LetterPart(
            "closing",
            "Kalimat penutup",
            "Demikian untuk menjadi perhatian. Atas kerja sama Saudara kami ucapkan terima kasih.",
            VALUES,
        ),
    )

    def label(self, parameters: Parameters) -> str:
        label = LETTERS[option(parameters, "letter") or "one"]
        groups = option(parameters, "groups")
        return f"{label} ({groups.count(',') + 1} KPSPAMS)" if groups else label

    def clean(self, subject: District, parameters: Parameters) -> Parameters:
        found = {**self.chosen(parameters), "filter": district_filter(subject, parameters)}
        named = option(parameters, "groups")
        if not named:
            return found
        keys = named.split(",")
        if len(keys) > MAX_GROUPS or not all(key.isascii() and key.isdecimal() and len(key) < 19 for key in keys):
            raise ValidationError(UNKNOWN_GROUPS)
        return {**found, "groups": ",".join(map(str, sorted(map(int, keys))))}

    def parameters_of_part(self, part: str) -> Parameters:
        return {"letter": "village"} if part == "opening_village" else {}

    def _found(self, subject: District, parameters: Parameters, user: User | None) -> tuple[Area, list[Overdue]]:
        area = Area.of(filter_of(parameters), reader(user, subject), one_district=True)
        groups = KpspamsGroup.objects.visible_to(area.user).current(area.day)
        groups = area.narrow(groups, "village").order_by("village__code", "name", "pk")
        if named := option(parameters, "groups"):
            groups = groups.filter(pk__in=named.split(","))
        return area, overdue(groups, area.day, area.plan_year)

    def word_letters(self, subject: District, parameters: Parameters, user: User | None) -> list[Values]:
        """The one letter to all, or one for each village."""
        area, found = self._found(subject, parameters, user)
        several = option(parameters, "letter") == "village"
        parts = [list(rows) for _, rows in groupby(found, key=lambda row: row.group.village)] if several else [found]
        return [
            {
                "keadaan": formats.date_id(area.day),
                "desa": rows[0].group.village.name if several else "",
                "kecamatan": rows[0].group.village.subdistrict.name if several else "",
                "jumlah_desa": formats.number_id(len({row.group.village_id for row in rows})),
                "jumlah_kpspams": formats.number_id(len({row.group.pk for row in rows})),
            }
            for rows in parts
        ]

    def collect(self, subject: District, parameters: Parameters, user: User | None) -> BlockContent:
        """Raises ValidationError when no group owes anything."""
        area, found = self._found(subject, parameters, user)
        if not found:
            raise ValidationError(NOBODY)
        office = subject.office_on(area.day)
        signing = Signing(self, subject, area.day, office)
        several = option(parameters, "letter") == "village"
        head = frame.head(
            title=f"{self.title} {subject}, {formats.date_id(area.day)}",
            subject=LETTERS[option(parameters, "letter")],
            office=office,
            dated=area.day,
            page_size=frame.page_size_of(office),
            watermark=frame.SAMPLE_MARK if any(row.group.is_sample for row in found) else "",
        )
        letter = _Letter(Letter(self, subject, area.day), signing, area.day)
        return {
            "document": {**head, "apart": True} if several else head,
            "letterhead": signing.letterhead(),
            "body": letter.each_village(found) if several else letter.one_for_all(found),
        }


class _Letter:
    """The parts of the letter that both forms share."""

    def __init__(self, wording: Letter, signing: Signing, day: date):
        self.wording, self.signing = wording, signing
        self.terms = frame.office_terms(signing.office)
        self.signed = signing.blocks()
        self.values = {
            "keadaan": formats.date_id(day),
            "kabupaten": signing.district.name,
            "dinas": formats.in_sentence(signing.office.office_name) if signing.office else DOTS,
        }

    def one_for_all(self, found: list[Overdue]) -> list[Block]:
        villages = list(dict.fromkeys(row.group.village for row in found))
        title = self.terms["village_head"]
        heads = [f"Sdr. {title} {village.name}" for village in villages]
        camats = dict.fromkeys(f"Camat {village.subdistrict.name}" for village in villages)
        return [
            *self._opening("1 (satu) berkas"),
            *correspondence.addressees(heads, many=f"Sdr. {title}"),
            *blocks.paragraphs(self.wording.text("opening", **self.values)),
            *self._ending([*camats, "Arsip"]),
            *correspondence.annex(DOTS, DOTS, "DAFTAR KPSPAMS YANG BELUM MEMENUHI KEWAJIBAN"),
            self._table(found, places=True),
        ]

    def each_village(self, found: list[Overdue]) -> list[Block]:
        body: list[Block] = []
        for village, rows in groupby(found, key=lambda row: row.group.village):
            owed = list(rows)
            title = f"{self.terms['village_head']} {village.name}"
            chairs = " dan ".join(dict.fromkeys(f"Ketua {row.group}" for row in owed))
            values = self.values | {"desa": f"{self.terms['village']} {village.name}", "kepala_desa": title}
            body += [
                *([blocks.new_page()] if body else []),
                *self._opening(""),
                *correspondence.addressees([f"Sdr. {title}\nc.q. {chairs}"]),
                *blocks.paragraphs(self.wording.text("opening_village", **values)),
                self._table(owed, places=False),
                *self._ending([f"Camat {village.subdistrict.name}", "Arsip"]),
            ]
        return body

    def _opening(self, annexed: str) -> list[Block]:
        place = (self.signing.office and self.signing.office.place) or frame.DOTS
        return correspondence.opening(f"{place}, {frame.DOTS}", DOTS, annexed, "Teguran")

    def _ending(self, copies: list[str]) -> list[Block]:
        return [
            *blocks.paragraphs(self.wording.text("request", **self.values)),
            *blocks.paragraphs(self.wording.text("closing", **self.values)),
            blocks.signatures(*self.signed),
            blocks.copies(copies),
        ]

    def _table(self, found: list[Overdue], *, places: bool) -> Block:
        where = [(self.terms["village"], 28, "l"), ("Kecamatan", 25, "l")] if places else []
        columns = [
            ("No", 8, "c"),
            *where,
            ("KPSPAMS", 0, "l"),
            ("Belum dipenuhi", 32 if places else 38, "l"),
            ("Sejak", 25 if places else 30, "l"),
            ("Batas", 25 if places else 30, "l"),
        ]
        rows = []
        for number, (group, owed) in enumerate(groupby(found, key=lambda row: row.group), 1):
            village = group.village
            names = [str(number), *([village.name, village.subdistrict.name] if places else []), group.name]
            for row in owed:
                rows.append([*names, row.label, formats.date_id(row.since) or "-", formats.date_id(row.due) or "-"])
                names = [""] * len(names)  # one number for each group
        return blocks.table(columns, rows, caption="Yang belum dipenuhi", small=places)
