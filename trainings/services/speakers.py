"""Narasumber and moderators of an agenda item, and the panitia of a training."""

from django.db import transaction

from accounts.models import User
from records import history
from records.models import Event
from trainings.models import AgendaItem, AgendaSpeaker, CommitteeMember, ResourcePerson
from trainings.services.guard import hold

People = dict[str, list[ResourcePerson]]  # by role of AgendaSpeaker


@transaction.atomic
def set_speakers(item: AgendaItem, wanted: People, *, by: User) -> dict:
    """Sets the people of an item in the order given; returns the changes, {role: [before, after]}.

    Records one event for all. The caller updates the version of the item.
    """
    changes = {}
    for role, people in wanted.items():
        rows = list(item.speakers.filter(role=role).select_related("resource_person__person"))
        before = [row.resource_person for row in rows]
        if {row.pk for row in before} == {row.pk for row in people}:
            continue
        gone = [row.pk for row in rows if row.resource_person not in people]
        AgendaSpeaker.objects.filter(pk__in=gone).delete()
        AgendaSpeaker.objects.bulk_create(
            AgendaSpeaker(item=item, resource_person=person, role=role) for person in people if person not in before
        )
        label = str(AgendaSpeaker.Role(role).label).lower()
        changes[label] = [", ".join(map(str, before)), ", ".join(map(str, people))]
    if changes:
        history.record(item, Event.Verb.CHANGE, by=by, changes=changes)
    return changes


@transaction.atomic
def remove_committee_member(member: CommitteeMember, *, by: User) -> None:
    """Removes a person from the panitia; the name remains in the history of the training."""
    training = hold(member.training)
    text = str(member)
    member.delete()
    history.record(training, Event.Verb.CHANGE, by=by, changes={"panitia": [text, ""]})
