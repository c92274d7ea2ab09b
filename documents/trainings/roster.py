"""People of a training as listed by its documents: participants, invited villages, narasumber."""

from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from accounts.models import User
from accounts.rights import sees_whole_district
from documents.content import Parameters
from records import formats
from trainings.models import (
    AgendaItem,
    AgendaSpeaker,
    Participant,
    ResourcePerson,
    Training,
    TrainingDay,
    TrainingSession,
)
from villages.models import Village

SPEAKERS = "speakers__resource_person__person__village"  # prefetches of items for the functions below


@dataclass(frozen=True)
class Attendee:
    """A line of the daftar hadir: a participant, a narasumber, a member of the panitia, or an empty line."""

    number: int = 0
    name: str = ""
    sex: str = ""
    post: str = ""
    place: str = ""  # "Desa/Kecamatan", or the institution; the topics of a narasumber
    phone: str = ""  # empty by default: a snapshot never has a number that is not printed
    institution: str = ""
    group: str = ""  # KPSPAMS
    village: int | None = None
    village_name: str = ""
    subdistrict: str = ""
    pk: int | None = None  # of the participant
    person: int | None = None


@dataclass(frozen=True)
class Speaker:
    """A resource person of a training; an item without one has its free text ("Dinas PMD") and no name."""

    resource_person: int | None = None
    name: str = ""
    sex: str = ""
    position: str = ""
    rank: str = ""
    expertise: str = ""
    institution: str = ""
    about: str = ""  # position and institution
    topics: list[str] = field(default_factory=list)


def participants(
    training: Training,
    user: User | None,
    *,
    phones: bool = False,
    village: int | None = None,
    invited: bool = False,
) -> list[Attendee]:
    """The people of the sheets in the order of their numbers; for a fasilitator their own, or those of one `village`.
    With `invited` the invited people instead, each human being once.
    """
    rows = training.participants.all() if user is None else Participant.objects.visible_to(user)
    rows = rows.filter(training=training)
    rows = (rows.invited() if invited else rows.current()).order_by("number")
    rows = rows.filter(village=village) if village else rows
    rows = rows.select_related("person", "group", "village__subdistrict")
    found = [_attendee(row, phones=phones) for row in rows]
    return list({one.person: one for one in reversed(found)}.values())[::-1] if invited else found


def _attendee(row: Participant, *, phones: bool) -> Attendee:
    village, person = row.village, row.person
    return Attendee(
        pk=row.pk,
        person=row.human_id,
        number=row.number,
        name=person.name,
        sex=person.sex,
        post=row.role_word,
        place=f"{village.name}/{village.subdistrict.name}" if village else person.institution or "-",
        village=village.pk if village else None,
        village_name=village.name if village else "",
        subdistrict=village.subdistrict.name if village else "",
        institution=person.institution,
        group=row.group.name if row.group else "",
        phone=formats.phone_id(person.phone) if phones else "",
    )


def one_village(training: Training, parameters: Parameters) -> Parameters:
    """The one village of a document, for its parameters: key and name; empty for the whole training.

    Raises ValidationError when it was not invited.
    """
    chosen = parameters.get("village")
    if not chosen or not isinstance(chosen, str | int):
        return {}
    village = Village.objects.filter(invitations__training=training, pk=chosen).first()
    if village is None:
        raise ValidationError("Desa ini tidak diundang ke pelatihan itu.")
    return {"village": village.pk, "village_name": village.name}


def chosen_village(parameters: Parameters) -> int | None:
    """The key of the one village of a document."""
    village = parameters.get("village")
    return int(village) if village and isinstance(village, str | int) else None


def of_village(parameters: Parameters) -> str:
    """Suffix of the title of such a document: ", Desa Contoh Satu"; empty for the whole training."""
    return f", Desa {parameters['village_name']}" if parameters.get("village_name") else ""


def invited_villages(training: Training, user: User | None, *, village: int | None = None) -> list[Village]:
    """Invited villages in printing order, with their kecamatan; a fasilitator's own, an officer's all.

    Raises ValidationError for one `village` that is no longer visible to the user.
    """
    rows = (
        Village.objects.filter(invitations__training=training).select_related("subdistrict__district").order_by("code")
    )
    if user is not None and not sees_whole_district(user) and not training.officers.filter(pk=user.pk).exists():
        rows = rows.filter(pk__in=Village.objects.visible_to(user))
    if village is None:
        return list(rows)
    found = [row for row in rows if row.pk == village]
    if not found:
        raise ValidationError("Desa ini tidak lagi termasuk undangan pelatihan itu atau wilayah tugas peminta.")
    return found


def speakers(training: Training) -> list[Speaker]:
    """Resource persons of a training in the order of their first item."""
    items = AgendaItem.objects.filter(day__training=training).order_by("day__date", "starts", "pk")
    return speakers_of(list(items.prefetch_related(SPEAKERS)))


def speakers_of(items: list[AgendaItem]) -> list[Speaker]:
    """The speakers of these items (speakers prefetched), each person once with all their topics.

    JP and clock hours are counted in trainings.queries.teaching.
    """
    found: dict[int | str, Speaker] = {}
    for item in items:
        for key, speaker in _item_speakers(item):
            topics = found.setdefault(key, speaker).topics
            if item.topic not in topics:
                topics.append(item.topic)
    return list(found.values())


def _item_speakers(item: AgendaItem) -> list[tuple[int | str, Speaker]]:
    if item.kind != AgendaItem.Kind.TOPIC:
        return []
    chosen_ones = [one for one in item.speakers.all() if one.role == AgendaSpeaker.Role.SPEAKER]
    if not chosen_ones:
        free = item.speaker.strip()
        return [(free.lower(), Speaker(institution=free, about=free))] if free else []
    return [(one.resource_person_id, _speaker(one.resource_person)) for one in chosen_ones]


def _speaker(resource_person: ResourcePerson) -> Speaker:
    person = resource_person.person
    about = ", ".join(part for part in (resource_person.position, person.institution) if part)
    return Speaker(
        resource_person=resource_person.pk,
        name=person.name,
        sex=person.sex,
        position=resource_person.position,
        rank=resource_person.rank,
        expertise=resource_person.expertise,
        institution=person.institution,
        about=about or (str(person.village) if person.village else ""),
    )


def item_people(item: AgendaItem, role: str = AgendaSpeaker.Role.SPEAKER) -> str:
    """Narasumber or moderators of one item as printed in the jadwal; uses prefetched speakers."""
    names = [one.resource_person.person.name for one in item.speakers.all() if one.role == role]
    if role == AgendaSpeaker.Role.SPEAKER and not names:
        return item.speaker
    return "; ".join(names)


def sessions_of(subject: Training | TrainingDay | TrainingSession) -> QuerySet[TrainingSession]:
    """The sessions of a training, of a day, or the given one."""
    if isinstance(subject, TrainingSession):
        return TrainingSession.objects.filter(pk=subject.pk)
    if isinstance(subject, TrainingDay):
        return TrainingSession.objects.filter(day=subject)
    return TrainingSession.objects.filter(day__training=subject)
