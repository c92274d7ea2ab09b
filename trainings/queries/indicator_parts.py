"""Breakdown of the indicators of one training, and sums over many. Texts are in indicator_rows.py."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from kpspams.models import Member
from records.sums import sum_known
from trainings.models import Training
from trainings.queries.figure_rows import Tally
from trainings.queries.figures import TrainingFigures
from trainings.queries.follow_ups import STEPS
from trainings.queries.indicator_rows import Indicators, Sight, money_share
from trainings.queries.scores import share_text
from villages.models import Village

NO_ROLE = "Tanpa jabatan atau unsur"
NO_VILLAGE = "Tanpa desa"


@dataclass
class Part:
    """People of one post, unsur, village or kecamatan."""

    label: str
    registered: Tally = field(default_factory=Tally)
    present: Tally = field(default_factory=Tally)
    url: str = ""

    @property
    def text(self) -> str:
        return share_text(self.present.total, self.registered.total, "terdaftar")


@dataclass
class Parts:
    roles: list[Part]
    villages: list[Part]
    subdistricts: list[Part]
    missing: list[Village]  # invited, but nobody was present


def parts(figures: TrainingFigures, sight: Sight) -> Parts:
    """Groups the people of `figures` (already limited to visible ones) by post and unsur, desa and kecamatan."""
    roles: dict[tuple[int, str], Part] = {}
    order = {post: place for place, post in enumerate(Member.Post.values)}
    villages: dict[str, Part] = {}
    subdistricts: dict[str, Part] = {}
    for row in figures.villages:
        if row.invitation and row.village and sight.shows(figures.training.pk, row.village.pk):
            _place(villages, row.village)
            _area(subdistricts, row.village)
    for line in figures.people:
        if not line.main:  # the same human being is counted under another line
            continue
        participant = line.participant
        word = participant.role_word or NO_ROLE
        # Posts in the order of a board, then unsur, then neither.
        place = order.get(participant.post, len(order) + (not participant.affiliation)), word
        found = [
            roles.setdefault(place, Part(word)),
            _place(villages, participant.village),
            _area(subdistricts, participant.village),
        ]
        for part in found:
            part.registered.add(participant.person)
            if line.present:
                part.present.add(participant.person)
    return Parts(
        roles=[roles[key] for key in sorted(roles)],
        villages=[villages[key] for key in sorted(villages)],
        subdistricts=[subdistricts[key] for key in sorted(subdistricts)],
        missing=[v for v in figures.missing if sight.shows(figures.training.pk, v.pk)],
    )


def _place(found: dict[str, Part], village: Village | None) -> Part:
    if village is None:
        return found.setdefault("~", Part(NO_VILLAGE))
    return found.setdefault(village.code, Part(village.name, url=village.get_absolute_url()))


def _area(found: dict[str, Part], village: Village | None) -> Part:
    if village is None:
        return found.setdefault("~", Part(NO_VILLAGE))
    return found.setdefault(village.subdistrict.code, Part(village.subdistrict.name))


@dataclass
class Source:
    """One source of funds of a training (rupiah); `open_lines` counts lines without a realisasi."""

    name: str
    ceiling: int
    realised: int | None  # None where no line has one yet
    open_lines: int

    @property
    def left(self) -> int | None:
        return None if self.realised is None else self.ceiling - self.realised

    @property
    def text(self) -> str:
        return "" if self.realised is None else money_share(self.realised, self.ceiling)


def sources(training: Training) -> list[Source]:
    found: dict[str, Source] = {}
    for line in training.budget_lines.order_by("source", "pk"):
        source = found.setdefault(line.source, Source(line.source, 0, None, 0))
        source.ceiling += line.ceiling
        source.realised = sum_known((source.realised, line.realised))
        source.open_lines += line.realised is None
    return list(found.values())


@dataclass
class Sums:
    """Sums over many trainings. People and villages count once, however often they came; all else is added."""

    trainings: int = 0
    people: Tally = field(default_factory=Tally)  # human beings present at least once
    visits: int = 0  # present, added over the trainings
    invited: set[int] = field(default_factory=set)  # to trainings whose attendance is recorded
    represented: set[int] = field(default_factory=set)
    person_hours: int | None = None  # None where no attendance is recorded
    certificates: int = 0
    tasks: int = 0
    tasks_done: int = 0
    plans: dict[int, int] = field(default_factory=dict)
    invitations: int = 0  # of villages to past trainings, the base of their plans
    ceiling: int = 0
    realised: int | None = None

    @property
    def villages_text(self) -> str:
        return share_text(len(self.represented), len(self.invited), "desa berbeda yang diundang")

    @property
    def certificates_text(self) -> str:
        return share_text(self.certificates, self.visits, "kehadiran")

    @property
    def tasks_text(self) -> str:
        return share_text(self.tasks_done, self.tasks, "kegiatan RKTL")

    @property
    def plans_texts(self) -> list[tuple[int, str]]:
        return [(step, share_text(self.plans.get(step, 0), self.invitations, "undangan desa")) for step in STEPS]


def summed(rows: Iterable[Indicators]) -> Sums:
    found = Sums(plans=dict.fromkeys(STEPS, 0))
    for row in rows:
        found.trainings += 1
        for person in row.present_people:
            found.people.add(person)
        found.visits += row.present.total
        if row.marked:
            found.invited |= row.invited_villages
            found.represented |= row.invited_villages & row.present_villages
        if row.plans:
            found.invitations += len(row.invited_villages)
        found.person_hours = sum_known((found.person_hours, row.person_hours if row.marked else None))
        found.certificates += row.certificates
        found.tasks += row.tasks
        found.tasks_done += row.tasks_done
        found.ceiling += row.ceiling
        found.realised = sum_known((found.realised, row.realised))
        for step in STEPS:
            found.plans[step] += row.plans.get(step, 0)
    return found
