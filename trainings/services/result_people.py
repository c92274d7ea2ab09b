"""Matching of pasted results with participants."""

from difflib import SequenceMatcher

from records.names import parts_of
from records.search_keys import name_key, search_key
from trainings.models import Participant, Training
from trainings.services.pasted_results import OFFERED, PastedRow
from trainings.services.scores import EMPTY, Mark
from villages.models import PersonMatch
from villages.rules.identity import Candidates, Identity, compare, of_person


def match_rows(training: Training, rows: list[PastedRow], choices: dict[int, str], stored: dict[int, Mark]) -> None:
    """Sets the participant of each row: chosen now, remembered from before, by number, or by a name that is unique.
    Two rows of one participant are a problem, unless one is skipped.
    """
    people = list(training.participants.current().select_related("person", "village").order_by("number"))
    by_id = {str(person.pk): person for person in people}
    by_phone: dict[str, list[Participant]] = {}
    by_name: dict[str, list[Participant]] = {}
    for person in people:
        by_name.setdefault(name_key(person.person.name), []).append(person)
        if person.person.phone:
            by_phone.setdefault(person.person.phone, []).append(person)
    known = {(person.person.merged_into_id or person.person_id): person for person in people}
    keys = {row.key for row in rows}
    matches = PersonMatch.objects.filter(district=training.district_id, input_key__in=keys).select_related("person")
    remembered = {match.input_key: match.person.merged_into_id or match.person_id for match in matches}
    taken: dict[int, int] = {}
    for row in rows:
        if row.problem:
            continue
        row.choice = choices.get(row.line, "")
        near = {p.pk: p for p in [*by_phone.get(row.phone, []), *by_name.get(name_key(row.name), [])]}
        sure = _sure(row, list(near.values()), people)
        row.participant = by_id.get(row.choice) or known.get(remembered.get(row.key)) or sure
        row.options = _likely(row, people)
        if row.participant and row.participant not in row.options:
            row.options.insert(0, row.participant)
        if row.participant and not row.skipped:
            row.before = stored.get(row.participant.pk, EMPTY)
            first = taken.setdefault(row.participant.pk, row.line)
            if first != row.line:
                row.problem = f"Orang yang sama dengan baris {first}. Pilih orang lain, atau lewati."


def _sure(row: PastedRow, near: list[Participant], people: list[Participant]) -> Participant | None:
    """The only match of name and number. A number alone suffices if nobody else shares a word of the name."""
    words = _words(row.name)
    by_phone = [person for person in near if row.phone and person.person.phone == row.phone]
    others = [person for person in people if person not in by_phone]
    if near == by_phone and len(near) == 1 and not any(words & _words(other.person.name) for other in others):
        return near[0]
    found = Candidates(Identity(name=row.name, phone=row.phone))
    for participant in near:
        # Rows have no village, so it never contradicts.
        wanted = Identity(name=row.name, phone=row.phone, village=participant.person.village_id)
        likeness = compare(wanted, of_person(participant.person))
        if not likeness.is_different:
            found.found.append((participant, likeness))
    sure = found.sure()
    return sure[0] if sure else None


def _words(name: str) -> set[str]:
    return {search_key(word) for word in parts_of(name).core.split()}


def _likely(row: PastedRow, people: list[Participant]) -> list[Participant]:
    alike = SequenceMatcher(b=name_key(row.name))

    def nearness(person):
        alike.set_seq1(name_key(person.person.name))
        return -alike.ratio(), person.number

    return sorted(people, key=nearness)[:OFFERED]
