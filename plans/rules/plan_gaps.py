"""Gaps that prevent the submission of a plan, all at once. Reads the given lines, imports no model."""

from dataclasses import dataclass

from records.formats import rupiah


@dataclass(frozen=True)
class Gap:
    """A gap that prevents the submission; `line` and `number` are 0 where it concerns no line."""

    text: str
    line: int = 0
    number: int = 0
    title: str = ""

    @property
    def sentence(self) -> str:
        return f"Kegiatan no. {self.number} ({self.title}): {self.text}" if self.line else self.text


def gaps(activities) -> list[Gap]:
    """All gaps of these lines. Expects `fundings` prefetched."""
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
