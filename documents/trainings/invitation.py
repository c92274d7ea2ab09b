"""Undangan: a surat dinas to kepala desa, one for all with lists as annex, or one for each village.

It contains: how many people, which posts, the minimum of women (share of women in the kabupaten's settings), when and
where, what to bring. Number and date come from the accounts file or stay dotted.
"""

from collections.abc import Sequence
from dataclasses import replace
from math import ceil

from django.core.exceptions import ValidationError

from accounts.models import User
from documents.base import Button
from documents.choices import Audience, Format
from documents.content import Parameters, option
from documents.layout import blocks, correspondence
from documents.layout.blocks import Block
from documents.layout.frame import SignatureBlock
from documents.letter_parts import ACTIVITY, LetterPart, by_name
from documents.letters import Letter
from documents.signatures import Signing
from documents.signers import Letterhead, Signer, Slot
from documents.trainings import base, results, template_values
from documents.trainings.base import BookEntry, Filing, LetterBlocks, NumberedLetter, TrainingContent
from documents.trainings.gaps import Part
from documents.trainings.invited import Invited, copies_of, needs_invited
from documents.trainings.roster import Attendee
from documents.trainings.template_fields import TRAINING_FORM
from documents.word_forms import WORDING, Values
from records import in_words
from trainings.models import Narrative, SpjItem, Training
from trainings.queries.invited import InvitedVillage
from villages.models import GrantAward, Programme

LETTERS = {"one": "Undangan, satu surat untuk semua", "village": "Undangan, satu surat per desa"}
SIGNERS = {"chosen": "menurut Pengaturan", "dpmu_head": "Ketua DPMU", "office_head": "Kepala Dinas"}


VILLAGE = {
    "desa": ("nama desa; kosong pada surat untuk semua", "Contoh"),
    "kecamatan": ("nama kecamatan; kosong pada surat untuk semua", "Contoh"),
}


class InvitationLetter(NumberedLetter[LetterBlocks]):
    kind, title, code_prefix = "invitation", "Undangan", "UND"
    lists_invited = True
    amended_by = "schedule_change"
    template_version = 3
    word_form = replace(
        TRAINING_FORM,
        values={**TRAINING_FORM.values, **VILLAGE},
        each=WORDING | {"desa", "kecamatan", "yth", "lampiran", "tembusan", "peserta"},
    )
    formats = (Format.PDF, Format.DOCX)
    audience = Audience.DISTRICT
    of_all_villages = True
    options = {"letter": LETTERS, "signer": SIGNERS}
    letterhead = Letterhead.OFFICE
    signers = (Signer(Slot.DPMU_HEAD),)
    letter_parts = by_name(
        LetterPart(
            "opening",
            "Kalimat pembuka (pelatihan)",
            "Dalam rangka meningkatkan kapasitas kelompok pengelola SPAMS {sasaran}, dengan ini kami mengharapkan "
            "Saudara menugaskan {jumlah} untuk mengikuti {kegiatan} pada:",
            f"{ACTIVITY} jumlah sasaran pukul",
            required="jumlah kegiatan",
        ),
        LetterPart(
            "opening_meeting",
            "Kalimat pembuka (rapat)",
            "Sehubungan dengan akan dilaksanakannya {kegiatan}, dengan ini kami mengharapkan kehadiran Saudara pada:",
            f"{ACTIVITY} pukul",
            required="kegiatan",
        ),
        LetterPart(
            "closing",
            "Kalimat penutup",
            "Demikian, atas perhatian dan kerja sama Saudara kami ucapkan terima kasih.",
            ACTIVITY,
        ),
    )
    spj_item = SpjItem.Document.INVITATION
    prints = (
        Part.NUMBER,
        Part.PLACE,
    )
    buttons = (
        Button("Satu surat untuk semua", {"letter": "one"}),
        Button("Satu surat per desa", {"letter": "village"}),
        Button("Satu surat, tanda tangan Kepala Dinas", {"letter": "one", "signer": "office_head"}, rare=True),
        Button("Surat per desa, tanda tangan Kepala Dinas", {"letter": "village", "signer": "office_head"}, rare=True),
    )
    filing = Filing(1)
    of_meetings = True
    begins_meeting = Filing(1, ({"letter": "one"},))

    def label(self, parameters: Parameters) -> str:
        return LETTERS[option(parameters, "letter") or "one"]

    def clean(self, training: Training, parameters: Parameters) -> Parameters:
        base.needs_days(training)
        found = self.chosen(parameters)
        named = training.invitations.exists() or training.recipient_list
        if not named and found["letter"] == "village":
            raise ValidationError("Belum ada desa yang diundang. Undang desanya dahulu, lalu minta lagi.")
        needs_invited(training)
        return found

    def collect(self, training: Training, parameters: Parameters, user: User | None) -> LetterBlocks:
        item = base.book_entry(training, SpjItem.Document.INVITATION)
        day = item.dated_on or base.first_day(training)
        signing = self.signing(training, day)
        head = base.head(training, "Undangan", day, subject=f"Undangan {training}", signing=signing)
        signer = option(parameters, "signer")
        signed = signing.blocks() if signer == "chosen" else [signing.block(Signer(signer))]
        letter = _Letter(self, training, head, item, signing, signed, user)
        number = base.number_of(item)
        if parameters["letter"] == "one":
            return {**head, "letter": number, "body": letter.one_for_all()}
        return {**base.apart(head), "letter": number, "body": letter.each_village()}

    def word_letters(self, training: Training, parameters: Parameters, user: User | None) -> list[Values]:
        """One for each office in the list, then one for each village with its own people."""
        if parameters["letter"] == "one":
            return [{"desa": "", "kecamatan": ""}]
        offices: list[Values] = [{"desa": "", "kecamatan": "", "peserta": []} for _ in training.recipient_list]
        people = self.people(training, user)
        rows = training.invitations.select_related("village__subdistrict").order_by("village__code")
        return offices + [
            {
                "desa": row.village.name,
                "kecamatan": row.village.subdistrict.name,
                "peserta": template_values.rows_of([one for one in people if one.village == row.village_id]),
            }
            for row in rows
        ]

    def number_of(self, training: Training, parameters: Parameters) -> BookEntry | None:
        return base.number_of(base.book_entry(training, SpjItem.Document.INVITATION))


class _Letter:
    """The parts of the letter that both forms share."""

    def __init__(
        self,
        document: InvitationLetter,
        training: Training,
        head: TrainingContent,
        item: SpjItem,
        signing: Signing,
        signed: list[SignatureBlock],
        user: User | None,
    ):
        self.training = training
        self.head = head
        self.terms = head["terms"]
        self.item = item
        self.invited = Invited(training, head["terms"], user)
        self.invitations = self.invited.invitations
        self.place_date = base.place_date(signing.office, item.dated_on)
        self.signed = signed
        self.letter = Letter(document, training.district, signing.day)
        self.time = base.starts_at(training)
        self.values = base.letter_values(training, head) | {"pukul": self.time}
        self.women_share = training.district.rules.women_share
        self.narrative = Narrative.objects.filter(training=training).first() or Narrative(training=training)

    def one_for_all(self) -> list[Block]:
        rows = self.invited.counts.villages
        wanted = {(row.count, row.invitation.post_words) for row in rows}
        same = rows[0] if len(wanted) == 1 and not self.invited.counts.others else None
        lists = self.invited.lists(self.item)
        return [
            *self._opening(*self.invited.addressees(), attachment=bool(lists)),
            *self._request(same, many=True),
            *self._ending(self.invited.camats()),
            *lists,
        ]

    def each_village(self) -> list[Block]:
        """A letter for each village, preceded by one for each office in the list."""
        body: list[Block] = []
        for line in self.invited.recipients:
            if body:
                body.append(blocks.new_page())
            body += [
                *self._opening(line, attachment=False),
                *self._request(None, many=False),
                *self._ending([]),
            ]
        for row in self.invited.counts.villages:
            village = row.invitation.village
            named = [person for person in self.invited.people if person.village == village.pk]
            if body:
                body.append(blocks.new_page())
            body += [
                *self._opening(f"Sdr. {self.terms['village_head']} {village.name}", attachment=not named),
                *self._request(row, many=False, named=named),
                *self._ending([f"Camat {village.subdistrict.name}"], typed_first=False),
            ]
        return body

    def _opening(self, *to: str, attachment: bool = True) -> list[Block]:
        about = f"Undangan {self._kind.lower() if self.training.is_meeting else f'Peserta {self._kind}'}"
        number = base.number_or_dots(self.item)
        return [
            *correspondence.opening(self.place_date, number, "1 (satu) berkas" if attachment else "", about),
            *correspondence.addressees(to),
        ]

    @property
    def _kind(self) -> str:
        return self.training.get_kind_display()

    def _request(self, row: InvitedVillage | None, *, many: bool, named: Sequence[Attendee] = ()) -> list[Block]:
        """The body; `row` has the number and posts of people, None when villages differ and the list shows them."""
        return [
            *blocks.paragraphs(self._sentence(row, many)),
            blocks.facts(
                [
                    ("hari/tanggal", self.head["weekdays"]),
                    ("pukul", self.time),
                    ("tempat", self.head["place"] or base.DOTS),
                    *([("acara", str(self.training))] if self.training.is_meeting else []),
                ]
            ),
            *self._agenda(),
            *self._bring(),
            *([*blocks.paragraphs("Nama yang diundang:"), self.invited.name_table(named)] if named else []),
            *blocks.paragraphs(self.letter.text("closing", **self.values)),
        ]

    def _agenda(self) -> list[Block]:
        """What a meeting is about: its agenda, with hours where somebody gave them."""
        lines = results.agenda_lines(self.training, given_hours=True) if self.training.is_meeting else []
        return [*blocks.paragraphs("Susunan acara:"), blocks.items(lines)] if lines else []

    def _sentence(self, row: InvitedVillage | None, many: bool) -> str:
        if self.training.is_meeting:
            return self.letter.text("opening_meeting", **self.values)
        cohort = self.training.cohort_year
        whom = f"{self.terms['village'].lower()} penerima {self._awarded(cohort)} Tahun {cohort}" if cohort else ""
        return self.letter.text("opening", **self.values, sasaran=whom, jumlah=self._wanted(row, many))

    def _awarded(self, cohort: int) -> str:
        """The programmes of the grants to the invited villages in that year; else the one of the training."""
        awards = GrantAward.objects.filter(village__in=[row.village_id for row in self.invitations], fiscal_year=cohort)
        found = Programme.objects.filter(pk__in=awards.values("programme"))
        names = list(dict.fromkeys(row.on_documents for row in found))
        return " dan ".join(names) or base.programme(self.training) or "program"

    def _wanted(self, row: InvitedVillage | None, many: bool) -> str:
        if row is None:
            return "peserta sebagaimana daftar terlampir" if many else "peserta"
        women, invitation = ceil(row.count * self.women_share / 100), row.invitation
        hints = [invitation.post_words] if invitation.post_words else []
        hints += [f"sekurang-kurangnya {women} orang perempuan"] if women else []
        of = " pengurus KPSPAMS" if invitation.post_codes else ""
        wanted = f"{row.count} ({in_words.terbilang(row.count)}) orang{of}"
        return f"{wanted} ({'; '.join(hints)})" if hints else wanted

    def _bring(self) -> list[Block]:
        """One sentence, or a list for several lines of text."""
        lines = [line.strip().rstrip(".;,") for line in self.narrative.bring.splitlines() if line.strip(" .;,")]
        if len(lines) > 1:
            head = [] if lines[0].lower().startswith("peserta") else blocks.paragraphs("Peserta membawa:")
            return [*head, blocks.items(lines)]
        if not lines or lines[0].lower().startswith("peserta"):
            return blocks.paragraphs("".join(f"{line}." for line in lines))
        return blocks.paragraphs(f"Peserta membawa {lines[0][0].lower()}{lines[0][1:]}.")

    def _ending(self, camats: list[str], *, typed_first: bool = True) -> list[Block]:
        copies = copies_of(self.narrative, camats, typed_first=typed_first)
        return [blocks.signatures(*self.signed), *([blocks.copies(copies)] if copies else [])]
