"""Results of a training as text for its documents: attendance, missing villages, test results.

The whole training is described, never a part of it: users who may not see all its villages get none of these documents.
"""

import re
from dataclasses import dataclass

from documents.layout import blocks
from documents.layout.blocks import Block
from documents.trainings.base import SHORT_DOTS
from documents.trainings.origins import Origins, count_offices, origins_of
from records import formats, in_words
from trainings.models import AgendaItem, Narrative, Training
from trainings.queries import scores, teaching
from trainings.queries.figures import TrainingFigures, lines_of, training_figures
from trainings.queries.invited import InvitedPeople
from trainings.services.agendas import is_spread

FEW_DOTS = "." * 8
_TYPED_NUMBER = re.compile(r"^\s*(?:\d{1,2}[.)]|[-\u2013\u2022*])\s+")
LINES = 4  # dotted lines for a text still to be written


@dataclass
class Results:
    """The figures of a training, loaded once; before the first mark every figure is dots."""

    training: Training
    figures: TrainingFigures
    village_label: str
    origins: Origins

    @property
    def marked(self) -> bool:
        return self.figures.marked

    @property
    def present(self) -> str:
        """ "42 orang (26 L, 16 P)"."""
        return self.figures.present.text if self.marked else f"{SHORT_DOTS} orang"

    @property
    def present_in_words(self) -> str:
        """ "42 (empat puluh dua) orang, terdiri atas laki-laki 26 orang dan perempuan 16 orang"."""
        if not self.marked:
            men_women = f"laki-laki {FEW_DOTS} orang dan perempuan {FEW_DOTS} orang"
            return f"{FEW_DOTS} ({SHORT_DOTS}) orang, terdiri atas {men_women}"
        present = self.figures.present
        return (
            f"{counted(present.total)} orang, terdiri atas laki-laki {formats.number_id(present.men)} orang dan "
            f"perempuan {formats.number_id(present.women)} orang"
        )

    @property
    def villages(self) -> str:
        """ "14 dari 16 desa yang diundang"; villages of those present when none was invited; empty for none.

        At a rapat of offices "5 instansi (diundang 6)".
        """
        invited = len(self.figures.invited)
        return self.origins.sentence(self._represented if self.marked else None, invited)

    @property
    def _represented(self) -> int:
        figures = self.figures
        came = [row for row in figures.villages if row.village is not None and row.present.total > 0]
        count = figures.represented if figures.invited else len(came)
        if self.origins.offices:
            people = (row.participant for row in figures.people if row.present)
            count += count_offices(row.person.institution for row in people if row.village_id is None)
        return count

    @property
    def missing(self) -> str:
        """The absent invited villages by name; a sentence when all came; dots before the first mark."""
        if not self.figures.invited:
            return ""
        if not self.marked:
            return SHORT_DOTS
        return ", ".join(village.name for village in self.figures.missing)

    @property
    def all_came(self) -> str:
        return f"Seluruh {self.village_label.lower()} mengirim peserta"


@dataclass(frozen=True)
class Payee:
    """A line of a money list."""

    name: str
    post: str
    village: str  # the institution, for people without a village
    days: str  # attended; empty before the first mark


def results(training: Training, village_label: str) -> Results:
    return Results(training, training_figures(training), village_label, origins_of(training, village_label))


def counted(number: int) -> str:
    """ "3 (tiga)"."""
    return f"{formats.number_id(number)} ({in_words.terbilang(number)})"


def narrative(training: Training) -> Narrative:
    """The narrative of a training; an empty one if none is stored."""
    return Narrative.objects.filter(training=training).first() or Narrative(training=training)


def typed(text: str) -> str:
    """The narrative text, or dotted lines to fill in."""
    return text.strip() or "\n".join(["." * 150] * LINES)


def agreements(text: str) -> list[Block]:
    """Agreements as a numbered list; a typed number or dash before an item is removed. Else dotted lines."""
    lines = [_TYPED_NUMBER.sub("", line).strip() for line in text.splitlines()]
    found = [line for line in lines if line]
    return [blocks.items(found)] if found else blocks.paragraphs(typed(""))


def outcome(found: Results) -> list[str]:
    """Results of a training as sentences without a full stop: people, missing villages, tests, RKTL."""
    training, village = found.training, found.village_label
    lines = [f"Peserta hadir {found.present_in_words}" + (f", mewakili {found.villages}" if found.villages else "")]
    if found.figures.invited:
        lines.append(f"{village} yang tidak mengirim peserta: {found.missing}" if found.missing else found.all_came)
    if training.is_meeting:
        return lines
    promised = training.follow_ups.values("village").distinct().count()
    number = counted(promised) if promised else f"{FEW_DOTS} ({SHORT_DOTS})"
    return [
        *lines,
        test_sentence(training),
        f"{number} {village.lower()} menyusun rencana kerja tindak lanjut (RKTL)",
    ]


def invited_sentence(found: InvitedPeople, village_label: str) -> str:
    """ "18 (delapan belas) orang dari 6 (enam) desa"; with others "20 (dua puluh) orang, 18 di antaranya dari …"."""
    villages = f"dari {counted(len(found.villages))} {village_label.lower()}"
    if not found.others:
        return f"{counted(found.total)} orang {villages}"
    return f"{counted(found.total)} orang, {counted(found.of_villages)} di antaranya {villages}"


def test_sentence(training: Training) -> str:
    """ "Nilai rata-rata pre-test 55,0 dan post-test 80,0"; dots without results, or with so few that they reveal
    people.
    """
    found = scores.figures_of_tests(training)
    means = [_mean(phase) for phase in (found.pre, found.post)]
    return f"Nilai rata-rata pre-test {means[0]} dan post-test {means[1]}"


def _mean(phase: scores.PhaseFigures) -> str:
    if phase.mean is None or phase.count < scores.LEAST_SHOWN:
        return FEW_DOTS
    return phase.mean_text


def agenda(training: Training) -> list[AgendaItem]:
    """All items in order, with day and people loaded."""
    items = AgendaItem.objects.filter(day__training=training).select_related("day")
    return teaching.with_speakers(list(items.order_by("day__date", "starts", "pk")))


def agenda_lines(training: Training, *, given_hours: bool = False) -> list[str]:
    """ "08.30 s.d. 09.00 WIB: Pembukaan (Budi)" for each item without breaks; days are printed if there are several.

    With `given_hours` for a letter: without narasumber, and without hours that the portal distributed by itself.
    """
    items = [item for item in agenda(training) if item.kind != AgendaItem.Kind.BREAK]
    days = {item.day_id for item in items}
    lines = []
    for item in items:
        parts = [formats.date_id(item.day.date)] if len(days) > 1 else []
        if not given_hours or not is_spread([other for other in items if other.day_id == item.day_id]):
            parts.append(formats.time_span(item.starts, item.ends))
        who = "" if given_hours else people_of(item)
        lines.append(": ".join([*filter(None, [", ".join(parts)]), item.topic]) + (f" ({who})" if who else ""))
    return lines


def people_of(item: AgendaItem) -> str:
    """Narasumber and moderator of one item, in one line."""
    moderator = teaching.moderator_words(item)
    return "; ".join(part for part in (teaching.speaker_words(item), moderator and f"moderator {moderator}") if part)


def full_name(training: Training) -> str:
    """The training in running text, with wave and kabupaten if its title does not have them."""
    wave = f" ({training.wave})" if training.wave else ""
    place = "" if str(training.district).lower() in training.title.lower() else f" {training.district}"
    return f"{training.title}{wave}{place}"


def meeting_times(training: Training) -> str:
    """ "08.00 s.d. 16.30 WIB" of a training of one day, else the start time of its days."""
    sessions = [session for day in training.days.prefetch_related("sessions") for session in day.sessions.all()]
    if not sessions:
        return f"{SHORT_DOTS} WIB s.d. selesai"
    return formats.time_span(min(s.starts for s in sessions), max(s.ends for s in sessions))


def budget_facts(training: Training) -> list[tuple[str, str]]:
    """Sources of the money, as headed in money lists and reports; dots for missing values."""
    lines = list(training.budget_lines.all())

    def values(field: str) -> str:
        found = dict.fromkeys(getattr(line, field) for line in lines if getattr(line, field))
        return "; ".join(found) or "." * 40

    return [
        ("Sumber dana", values("source")),
        ("Sub kegiatan", values("sub_activity")),
        ("Kode rekening", values("account_code")),
        ("No. DPA", values("dpa_number")),
    ]


def payees(found: Results) -> list[Payee]:
    """People of a money list: those present, with their days; before the first mark all of the sheet, without days.

    A person is in it once, even with two lines on the sheet: a day is paid once.
    """
    humans = [(lines, next(line for line in lines if line.main)) for lines in lines_of(found.figures.people)]
    days = {session.session.pk: session.session.day_id for session in found.figures.sessions}
    rows = [(lines, person) for lines, person in humans if person.present or not found.marked]
    return [
        Payee(
            name=person.participant.person.name,
            post=person.participant.role_word,
            village=person.participant.village.name
            if person.participant.village
            else person.participant.person.institution,
            days=str(len({days[pk] for line in lines for pk in line.attended})) if found.marked else "",
        )
        for lines, person in rows
    ]
