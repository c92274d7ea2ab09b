"""Services of the memberships of an association: joining and leaving."""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction

from kpspams.models import Association, AssociationMembership
from records.formats import date_id


def check_span(membership: AssociationMembership):
    """Raises ValidationError, with its field, for days that this group cannot have in this association."""
    association, group = membership.association, membership.group
    starts = [
        (f"{group} dibentuk", group.formed_on),
        (f"{association} dibentuk", association.formed_on),
    ]
    for what, day in starts:
        if day and membership.starts_on < day:
            raise ValidationError({"starts_on": f"{what} pada {date_id(day)}. Isi tanggal bergabung mulai hari itu."})
    for what, day in ((f"{group} bubar", group.dissolved_on), (f"{association} bubar", association.dissolved_on)):
        if day and (membership.ends_on is None or membership.ends_on > day):
            raise ValidationError({"ends_on": f"{what} pada {date_id(day)}. Isi tanggal keluar sampai hari itu."})
    others = AssociationMembership.objects.filter(association=association, group=group).exclude(pk=membership.pk)
    other = others.overlapping(membership.starts_on, membership.ends_on).first()
    if other:
        raise ValidationError({"starts_on": f"{group} sudah tercatat sebagai anggota sejak {other.dates}."})


@transaction.atomic
def join(membership: AssociationMembership, *, by, key: UUID | None = None) -> AssociationMembership:
    """Adds a membership; the same key twice returns the first row. Raises ValidationError as check_span."""
    # Two requests for the same group wait for each other here.
    membership.association = Association.objects.select_for_update().get(pk=membership.association_id)
    made = AssociationMembership.made_before(key, by)
    if made:
        return made
    check_span(membership)
    return membership.add(by=by, key=key)


@transaction.atomic
def correct(membership: AssociationMembership, *, by) -> dict:
    """Sets the day of leaving, or corrects both days; returns the changes. Raises as check_span, and Conflict."""
    membership.association = Association.objects.select_for_update().get(pk=membership.association_id)
    check_span(membership)
    return membership.change(by=by)
