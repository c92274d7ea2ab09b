"""Rule of the certificate: who has earned one, and why others have not; and patterns of certificate numbers.

Rule (docs/domain/training.md, our assumption): a share of the JP of the training (DistrictSettings.certificate_share)
and, where set, a minimum score in the post-test (certificate_test_mark). Writes nothing; see services/certificates.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from django.core.exceptions import ValidationError

from records import formats
from records.models import Event
from trainings.models import Attendance, Certificate, Participant, TestResult, Training
from trainings.queries.figure_rows import PersonFigures
from trainings.queries.figures import TrainingFigures, training_figures

PLACE = "{nomor}"
NUMBER_LENGTH = 80
# Field in the history of a participant: what became of their certificate.
CERTIFICATE_FIELD = "sertifikat"
UNNUMBERED = "tanpa nomor"
WITHDRAWN = "dicabut"


@dataclass(frozen=True)
class Rule:
    """Requirements of a training. `lesson_hours`: the JP of the whole training."""

    lesson_hours: int
    share: int
    test_mark: int | None

    @property
    def text(self) -> str:
        share = f"Paling sedikit {self.share} % dari {self.lesson_hours} JP"
        return f"{share}, dan nilai post-test paling rendah {self.test_mark}" if self.test_mark is not None else share

    def lacks(self, lesson_hours: int, score: Decimal | None) -> list[str]:
        """The requirements not met by these JP and this post-test, as texts; empty if the certificate is earned."""
        lacking = []
        if not self.lesson_hours:
            return ["Susunan acara belum mempunyai JP"]
        if lesson_hours * 100 < self.share * self.lesson_hours:
            lacking.append(self.attended(lesson_hours))
        if self.test_mark is not None:
            if score is None:
                lacking.append("Belum ada nilai post-test")
            elif score < self.test_mark:
                lacking.append(f"Nilai post-test {formats.number_id(score)}, di bawah {self.test_mark}")
        return lacking

    def attended(self, lesson_hours: int) -> str:
        """ "18 dari 24 JP, 75 %"."""
        if not self.lesson_hours:
            return f"{lesson_hours} JP"
        share = formats.percent(Decimal(100 * lesson_hours) / self.lesson_hours)
        return f"{lesson_hours} dari {self.lesson_hours} JP, {share}"


@dataclass
class Candidate:
    """Somebody who was present, or who has a certificate."""

    participant: Participant
    lesson_hours: int
    attended: str
    lacks: list[str]
    certificate: Certificate | None
    withdrawn: Event | None = None  # the event of their last withdrawal

    @property
    def earned(self) -> bool:
        return not self.lacks


@dataclass
class Roll:
    """All candidates, in the order of the sheet."""

    training: Training
    rule: Rule
    candidates: list[Candidate] = field(default_factory=list)
    uncounted_hours: int = 0  # JP of no session: nobody can earn them

    @property
    def given(self) -> list[Candidate]:
        return [row for row in self.candidates if row.certificate]

    @property
    def due(self) -> list[Candidate]:
        """Candidates who have earned one and have none; after a withdrawal it is given only with a reason."""
        return [row for row in self.candidates if row.earned and not row.certificate and not row.withdrawn]

    @property
    def refused(self) -> list[Candidate]:
        return [row for row in self.candidates if not row.certificate and (row.lacks or row.withdrawn)]


def rule_of(training: Training, lesson_hours: int) -> Rule:
    rules = training.district.rules
    return Rule(lesson_hours, rules.certificate_share, rules.certificate_test_mark)


def certificate_roll(training: Training, figures: TrainingFigures | None = None) -> Roll:
    """Everybody who was present, and those with a certificate who are no longer on the sheet."""
    figures = figures or training_figures(training)
    rule = rule_of(training, figures.lesson_hours)
    given = {row.participant_id: row for row in training.certificates.select_related("participant__person")}
    scores = dict(
        TestResult.objects.filter(participant__training=training, phase=TestResult.Phase.POST).values_list(
            "participant", "score"
        )
    )
    taken_back = withdrawals(training)
    roll = Roll(training, rule, uncounted_hours=sum(day.uncounted_hours for day in figures.days))
    for lines in _humans(figures):
        first = next((line for line in lines if line.participant.pk in given), lines[0])
        hours = _hours(lines, figures)
        if hours is not None or first.participant.pk in given:
            pk = first.participant.pk
            roll.candidates.append(
                Candidate(
                    participant=first.participant,
                    lesson_hours=hours or 0,
                    attended=rule.attended(hours or 0),
                    lacks=rule.lacks(hours or 0, max((scores[n] for n in _ids(lines) if n in scores), default=None)),
                    certificate=given.pop(pk, None),
                    withdrawn=taken_back.get(pk),
                )
            )
    for certificate in given.values():
        hours = certificate.lesson_hours
        lacks = ["Tidak lagi tercatat sebagai peserta"]
        roll.candidates.append(Candidate(certificate.participant, hours, rule.attended(hours), lacks, certificate))
    return roll


def _ids(lines: list[PersonFigures]) -> list[int]:
    return [line.participant.pk for line in lines]


def _humans(figures: TrainingFigures) -> list[list[PersonFigures]]:
    """The lines of the sheet, grouped by human being (merged rows together)."""
    found: dict[int, list[PersonFigures]] = {}
    for line in figures.people:
        person = line.participant.person
        found.setdefault(person.merged_into_id or person.pk, []).append(line)
    return list(found.values())


def _hours(lines: list[PersonFigures], figures: TrainingFigures) -> int | None:
    """JP of one human being, counting a session signed on two lines once; None for those never present."""
    attended = {pk for line in lines for pk, status in line.marks.items() if status in Attendance.PRESENT}
    if not attended:
        return None
    return sum(session.lesson_hours for session in figures.sessions if session.session.pk in attended)


def withdrawals(training: Training) -> dict[int, Event]:
    """{participant: the event that withdrew their certificate}, unless one was given since; from the history."""
    rows = Event.objects.filter(
        kind=Participant._meta.label_lower,
        object_id__in=Participant.objects.filter(training=training).values("pk"),
        changes__has_key=CERTIFICATE_FIELD,
    )
    last = {event.object_id: event for event in rows.order_by("pk")}
    return {pk: event for pk, event in last.items() if event.changes[CERTIFICATE_FIELD][1] == WITHDRAWN}


def withdrawn_numbers(numbers: Iterable[str]) -> set[str]:
    """Those of these numbers that a withdrawn certificate had: they are not given again."""
    wanted = set(numbers) - {""}
    rows = Event.objects.filter(
        kind=Participant._meta.label_lower,
        **{f"changes__{CERTIFICATE_FIELD}__0__in": sorted(wanted), f"changes__{CERTIFICATE_FIELD}__1": WITHDRAWN},
    )
    return {event.changes[CERTIFICATE_FIELD][0] for event in rows}


@dataclass(frozen=True)
class Pattern:
    """Pattern of numbers: "{nomor}/SERT/DPMU/XII/2018" from `start` on, padded to `width` digits.

    An empty text gives no numbers.
    """

    text: str = ""
    start: int = 1
    width: int = 3

    def check(self, count: int = 1):
        """Raises ValidationError on the field `text` when the pattern is invalid or its numbers too long."""
        if not self.text:
            return
        if self.text.count(PLACE) != 1:
            raise ValidationError({"text": f"Tulis {PLACE} satu kali, di tempat nomor urutnya."})
        if len(self.of(count - 1)) > NUMBER_LENGTH:
            raise ValidationError({"text": f"Nomor ini lebih panjang daripada {NUMBER_LENGTH} huruf. Singkatlah."})

    def of(self, place: int) -> str:
        """The number of the n-th certificate, counted from 0."""
        return self.text.replace(PLACE, f"{self.start + place:0{self.width}d}")


def continued(numbers: Iterable[str]) -> Pattern | None:
    """The pattern that continues these numbers; None when none of them has digits.

    The running number is the group of digits whose surroundings most of the numbers share.
    """
    numbers = [number for number in numbers if number]
    fitting: Counter[tuple[str, str]] = Counter()
    for number in numbers:
        for match in re.finditer(r"[0-9]+", number):
            fitting[number[: match.start()], number[match.end() :]] += 1
    if not fitting:
        return None
    head, tail = fitting.most_common(1)[0][0]
    figures = [
        number[len(head) : len(number) - len(tail)]
        for number in numbers
        if number.startswith(head) and number.endswith(tail)
    ]
    figures = [figure for figure in figures if re.fullmatch(r"[0-9]+", figure)]
    last = max(figures, key=int)
    return Pattern(f"{head}{PLACE}{tail}", int(last) + 1, len(last))
