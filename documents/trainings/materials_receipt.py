"""Tanda terima bahan: materials received by each participant, filled in and signed by hand."""

from accounts.models import User
from documents.base import Button
from documents.choices import Audience
from documents.content import Parameters
from documents.layout import blocks
from documents.signers import Letterhead, Signer, Slot
from documents.trainings import base, gaps, money_lists, results
from documents.trainings.base import Filing, TrainingBlocks, TrainingDocument
from documents.trainings.gaps import Gap, Part
from trainings.models import SpjItem, Training

TITLE = "Tanda terima bahan pelatihan"


class MaterialsReceipt(TrainingDocument[TrainingBlocks]):
    kind, title, code_prefix = "materials_receipt", "Tanda terima bahan", "TTB"
    template_version = 5
    audience = Audience.DISTRICT
    of_all_villages = True
    is_signed_by_hand = True
    letterhead = Letterhead.OFFICE
    signers = (Signer(Slot.PPTK, "Mengetahui"), Signer(Slot.COMMITTEE_HEAD, "Yang menyerahkan"))
    spj_item = SpjItem.Document.MATERIALS
    prints = (Part.PLACE,)
    buttons = (Button("Daftar kosong"),)
    filing = Filing(16)

    def clean(self, training: Training, parameters: Parameters) -> Parameters:
        base.needs_days(training)
        return {}

    def gap(self, training: Training, parameters: Parameters) -> Gap | None:
        return gaps.marks(training) or gaps.UNSIGNED

    def collect(self, training: Training, parameters: Parameters, user: User | None) -> TrainingBlocks:
        dated = base.first_day(training)
        signing = self.signing(training, dated)
        head = base.head(training, TITLE, dated, signing=signing)
        found = results.results(training, head["terms"]["village"])
        rows = [[person.name, person.post, person.village, "", ""] for person in results.payees(found)]
        spare = [] if found.marked else money_lists.spare(training, rows, 5)
        columns = [
            ("No", 10, "c"),
            ("Nama", 40, "l"),
            ("Unsur", 28, "l"),
            (head["terms"]["village"], 28, "l"),
            ("Bahan (nomor di atas)", 20, "l"),
            ("Jumlah", 12, "c"),
            ("Tanda tangan", 0, "z"),
        ]
        body = [
            blocks.letterhead(),
            blocks.title(TITLE.upper(), *head["activity"]),
            blocks.facts([("Hari/tanggal", head["weekdays"]), ("Tempat", head["place"] or base.DOTS)]),
            *blocks.paragraphs("Bahan yang dibagikan:"),
            blocks.items(["." * 60] * 4),
            blocks.table(columns, money_lists.numbered(rows), caption=TITLE, tall=True, small=True, spare=spare),
            blocks.signatures(*signing.blocks(placed=base.placed(signing))),
        ]
        return {**head, "body": body}
