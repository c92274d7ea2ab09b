"""Daftar penerimaan uang saku/transport: people present and their days; money is filled in by hand."""

from accounts.models import User
from documents.base import Button
from documents.content import Parameters
from documents.layout import blocks
from documents.trainings import base, money_lists, results
from documents.trainings.base import Filing, TrainingBlocks
from documents.trainings.gaps import Part
from documents.trainings.money_lists import MoneyList
from trainings.models import SpjItem, Training

TITLE = "Daftar penerimaan uang saku/transport peserta"
BLANKS = 5  # Tarif, Jumlah, PPh 21, Diterima, NIK/NPWP


class TransportList(MoneyList):
    kind, title, code_prefix = "transport_list", "Daftar penerimaan uang saku/transport", "DPT"
    template_version = 4
    spj_item = SpjItem.Document.TRANSPORT
    prints = (
        Part.PLACE,
        Part.BUDGET,
    )
    buttons = (Button("Daftar kosong"),)
    filing = Filing(17)
    of_meetings = True

    def label(self, parameters: Parameters) -> str:
        return TITLE

    def collect(self, training: Training, parameters: Parameters, user: User | None) -> TrainingBlocks:
        signing = self.signing(training, base.last_day(training))
        head = money_lists.head(training, TITLE, signing)
        found = results.results(training, head["terms"]["village"])
        people = results.payees(found)
        rows = [[person.name, person.post, person.village, person.days, *[""] * BLANKS] for person in people]
        spare = [] if found.marked else money_lists.spare(training, rows, 4 + BLANKS)
        days = str(sum(int(person.days) for person in people)) if found.marked else ""
        columns = [
            ("No", 10, "c"),
            ("Nama", 40, "l"),
            ("Unsur", 28, "l"),
            (found.origins.label, 28, "l"),
            ("Hari", 12, "c"),
            ("Tarif (Rp)", 20, "r"),
            ("Jumlah (Rp)", 22, "r"),
            ("PPh 21 (Rp)", 18, "r"),
            ("Diterima (Rp)", 22, "r"),
            ("NIK/NPWP", 32, "l"),
            ("Tanda tangan", 0, "z"),
        ]
        foot = [["", f"Jumlah: {len(people)} orang" if found.marked else "Jumlah", "", "", days, *[""] * (BLANKS + 1)]]
        table = blocks.table(
            columns, money_lists.numbered(rows), caption=TITLE, footer=foot, tall=True, small=True, spare=spare
        )
        body = [*money_lists.opening(training, head, TITLE.upper()), table, *money_lists.closing(signing)]
        return {**head, "body": body}
