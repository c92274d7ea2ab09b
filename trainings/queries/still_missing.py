"""What is missing before a training is closed: marks, counts of signatures, certificates, documents."""

from dataclasses import dataclass

from django.urls import reverse

from records import formats
from trainings.models import Training
from trainings.queries.certificates import certificate_roll
from trainings.queries.figures import training_figures
from trainings.queries.spj import accounts_file


@dataclass
class Missing:
    """What is missing, and the page (URL name below the training) where it is added."""

    text: str
    page: str
    url: str = ""


def still_missing(training: Training) -> list[Missing]:
    """What the office should do before it closes the training; shown, never enforced."""
    figures = training_figures(training)
    roll = certificate_roll(training, figures)
    found = []
    unmarked = [s for s in figures.sessions if s.unmarked]
    if unmarked:
        lines = sum(s.unmarked for s in unmarked)
        sessions = formats.number_id(len(unmarked))
        found.append(
            Missing(f"{formats.number_id(lines)} kehadiran belum dicatat pada {sessions} sesi", "attendance_grid")
        )
    uncounted = [s for s in figures.sessions if s.session.signatures_counted is None]
    if uncounted:
        found.append(
            Missing(f"Tanda tangan {formats.number_id(len(uncounted))} lembar belum dihitung", "attendance_grid")
        )
    if roll.due and not training.is_meeting:
        found.append(
            Missing(
                f"{formats.number_id(len(roll.due))} orang memenuhi syarat sertifikat dan belum menerimanya",
                "certificate_list",
            )
        )
    documents = accounts_file(training).missing
    if documents:
        named = ", ".join(str(row.document.label) for row in documents)
        found.append(Missing(f"{formats.number_id(len(documents))} dokumen SPJ belum ada: {named}", "spj_item_list"))
    for row in found:
        row.url = reverse(f"trainings:{row.page}", args=[training.pk])
    return found
