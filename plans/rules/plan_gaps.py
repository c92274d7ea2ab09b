"""What a plan lacks before it can be handed in, all of it at once. Reads the lines given, names no model."""

from dataclasses import dataclass

from records.formats import rupiah


@dataclass(frozen=True)
class Gap:
    """Something that a plan lacks before it can be handed in; `line` and `number` are 0 where it is about no line."""

    text: str
    line: int = 0
    number: int = 0
    title: str = ""

    @property
    def sentence(self) -> str:
        return f"Kegiatan no. {self.number} ({self.title}): {self.text}" if self.line else self.text


def gaps(activities) -> list[Gap]:
    """All that is missing for handing in these lines. Expects `fundings` prefetched."""
    lines = list(activities)
    if not lines:
        return [Gap("Rencana kerja belum mempunyai kegiatan. Tambahkan kegiatan.")]
    found = []
    for number, activity in enumerate(lines, 1):
        fundings = list(activity.fundings.all())
        paid = sum(funding.amount for funding in fundings)
        texts = []
        if not activity.months:
            texts.append("Bulan pelaksanaan belum dipilih.")
        if activity.amount and not fundings:
            texts.append("Sumber dana belum diisi.")
        elif paid != activity.amount:
            texts.append(
                f"Jumlah sumber dana {rupiah(paid)} belum sama dengan jumlah biayanya {rupiah(activity.amount)}."
            )
        found += [Gap(text, activity.line, number, activity.title) for text in texts]
    return found
