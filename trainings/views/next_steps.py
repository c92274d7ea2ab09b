"""Next steps of a training, each with its page, for users who may edit it."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.timezone import localdate

from trainings.models import Training
from trainings.queries.figures import TrainingFigures
from trainings.services.participants import has_boards

MAX_NAMES = 5


@dataclass(frozen=True)
class Step:
    sentence: str
    url: str
    label: str


def pastes_first(training: Training, figures: TrainingFigures, villages) -> bool:
    """Whether the people of a training without any are pasted: no board of these invited villages is recorded."""
    return not figures.people and bool(villages) and not has_boards(training, villages)


def next_steps(training: Training, figures: TrainingFigures, *, pastes: bool) -> list[Step]:
    """The steps in the order of the work; none once the training is closed or cancelled."""
    if not training.is_open:
        return []
    found: list[Step] = []

    def lacks(sentence: str, name: str, label: str):
        found.append(Step(sentence, reverse(f"trainings:{name}", args=[training.pk]), label))

    if not figures.days:
        lacks("Belum ada hari.", "day_create", "Tambah hari")
    elif not any(day.items for day in figures.days):
        lacks("Belum ada susunan acara.", "agenda_fill", "Pakai contoh atau salin")
    elif lost := sum(day.uncounted_hours for day in figures.days):
        lacks(f"{lost} JP belum masuk sesi mana pun.", "agenda", "Pilih sesinya")
    if not figures.invited and training.is_meeting:
        if not training.recipients and not figures.people:
            lacks("Belum ada yang diundang.", "training_update", "Isi Yth.")
    elif not figures.invited:
        lacks("Belum ada desa yang diundang.", "invitation_create", "Undang desa")
    elif not figures.people and pastes:
        lacks("Belum ada peserta.", "participant_paste", "Tempel peserta")
    elif not figures.people:
        lacks("Belum ada peserta.", "participant_pick", "Pilih peserta")
    elif figures.unregistered and not figures.marked:
        names = [village.name for village in figures.unregistered]
        more = f", dan {len(names) - MAX_NAMES} desa lain" if len(names) > MAX_NAMES else ""
        text = f"Belum mengusulkan peserta: {', '.join(names[:MAX_NAMES])}{more}."
        lacks(text, "proposal_gaps", "Ingatkan")
    over = [day for day in figures.days if day.day.date <= localdate()]
    unmarked = sum(session.unmarked for day in over for session in day.sessions)
    if figures.people and unmarked:
        lacks(f"{unmarked} kehadiran belum dicatat.", "attendance_grid", "Catat kehadiran")
    if figures.marked and not unmarked and figures.days[-1].day.date < localdate():
        noun = training.noun
        lacks(f"{noun.capitalize()} sudah lewat dan belum ditutup.", "training_close", f"Tutup {noun}")
    return found
