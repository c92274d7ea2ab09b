"""The people of a training as its papers list them: participants, invited villages, resource persons. Plain values."""

from typing import Any

from django.core.exceptions import ValidationError

from accounts.models import User
from accounts.rights import sees_whole_district
from records import formats
from trainings.models import AgendaItem, AgendaSpeaker, Participant, Training, TrainingDay, TrainingSession
from villages.models import Village

SPEAKERS = "speakers__resource_person__person__village"  # what items prefetch for the functions below


def participants(
    training: Training,
    user: User | None,
    *,
    phones: bool = False,
    village: int | None = None,
    invited: bool = False,
) -> list[dict[str, Any]]:
    """Who stands on the sheets, in the order of their numbers; a fasilitator's own people only, or one `village`'s.
    With `invited` who was invited instead.

    Keys: pk, number, name, sex, post, place ("Desa/Kecamatan" or instansi), village (key), village_name,
    institution, group, person, phone (empty unless asked for: a snapshot never holds a number that is not printed).
    """
    rows = training.participants.all() if user is None else Participant.objects.visible_to(user)
    rows = rows.filter(training=training)
    rows = (rows.invited() if invited else rows.current()).order_by("number")
    rows = rows.filter(village=village) if village else rows
    return [
        {
            "pk": row.pk,
            "person": row.person.merged_into_id or row.person_id,
            "number": row.number,
            "name": row.person.name,
            "sex": row.person.sex,
            "post": row.role_word,
            "place": _place(row),
            "village": row.village_id,
            "village_name": row.village.name if row.village else "",
            "institution": row.person.institution,
            "group": row.group.name if row.group else "",
            "phone": formats.phone_id(row.person.phone) if phones else "",
        }
        for row in rows.select_related("person", "group", "village__subdistrict")
    ]


def _place(row: Participant) -> str:
    if row.village:
        return f"{row.village.name}/{row.village.subdistrict.name}"
    return row.person.institution or "-"


def one_village(training: Training, parameters: dict[str, Any]) -> dict[str, Any]:
    """The village that a paper is narrowed to, for its parameters: key and name; empty for the whole training.

    Raises ValidationError, in words for people, when it was not invited.
    """
    if not parameters.get("village"):
        return {}
    village = Village.objects.filter(invitations__training=training, pk=parameters["village"]).first()
    if village is None:
        raise ValidationError("Desa ini tidak diundang ke pelatihan itu.")
    return {"village": village.pk, "village_name": village.name}


def of_village(parameters: dict[str, Any]) -> str:
    """How the title of such a paper ends: ", Desa Contoh Satu"; empty for the whole training."""
    return f", Desa {parameters['village_name']}" if parameters.get("village_name") else ""


def invited_villages(training: Training, user: User | None, *, village: int | None = None) -> list[Village]:
    """Invited villages in printing order, with their kecamatan; a fasilitator's own only, an officer's all.

    Of one `village` alone it raises ValidationError, in words for people, where the person does not see it any more.
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


def speakers(training: Training) -> list[dict[str, Any]]:
    """Resource persons of a training in the order in which they first speak."""
    items = AgendaItem.objects.filter(day__training=training).order_by("day__date", "starts", "pk")
    return speakers_of(list(items.prefetch_related(SPEAKERS)))


def speakers_of(items: list[AgendaItem]) -> list[dict[str, Any]]:
    """Who speaks in these items (speakers prefetched): name, rank, office and topics, each person once.

    An item without a chosen person keeps its free text ("Dinas PMD"): a row with that office and no name. JP and
    clock hours are counted in trainings.queries.teaching.
    Keys: resource_person (key or None), name, sex, position, rank, expertise, institution, about, topics.
    """
    found: dict[Any, dict[str, Any]] = {}
    for item in items:
        for key, row in _item_speakers(item):
            topics = found.setdefault(key, row | {"topics": []})["topics"]
            if item.topic not in topics:
                topics.append(item.topic)
    return list(found.values())


def _item_speakers(item: AgendaItem) -> list[tuple[Any, dict[str, Any]]]:
    if item.kind != AgendaItem.Kind.TOPIC:
        return []
    chosen_ones = [one for one in item.speakers.all() if one.role == AgendaSpeaker.Role.SPEAKER]
    if not chosen_ones:
        free = item.speaker.strip()
        return [(free.lower(), _speaker(None, free))] if free else []
    return [(one.resource_person_id, _speaker(one.resource_person)) for one in chosen_ones]


def _speaker(resource_person, free: str = "") -> dict[str, Any]:
    if resource_person is None:
        return {
            "resource_person": None,
            "name": "",
            "sex": "",
            "position": "",
            "rank": "",
            "expertise": "",
            "institution": free,
            "about": free,
        }
    person = resource_person.person
    about = ", ".join(part for part in (resource_person.position, person.institution) if part)
    return {
        "resource_person": resource_person.pk,
        "name": person.name,
        "sex": person.sex,
        "position": resource_person.position,
        "rank": resource_person.rank,
        "expertise": resource_person.expertise,
        "institution": person.institution,
        "about": about or (str(person.village) if person.village else ""),
    }


def item_people(item: AgendaItem, role: str = AgendaSpeaker.Role.SPEAKER) -> str:
    """Who teaches (or moderates) in one item, as the jadwal prints it; reads prefetched speakers."""
    names = [one.resource_person.person.name for one in item.speakers.all() if one.role == role]
    if role == AgendaSpeaker.Role.SPEAKER and not names:
        return item.speaker
    return "; ".join(names)


def sessions_of(subject: Training | TrainingDay | TrainingSession):
    """The sessions of a training, a day, or the one."""
    if isinstance(subject, TrainingSession):
        return TrainingSession.objects.filter(pk=subject.pk)
    if isinstance(subject, TrainingDay):
        return TrainingSession.objects.filter(day=subject)
    return TrainingSession.objects.filter(day__training=subject)
