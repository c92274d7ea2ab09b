"""Services that change several rows of a group: a new holder of a post, the end of a group."""

from datetime import date, timedelta
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction

from kpspams.models import KpspamsGroup, Member
from records.formats import date_id
from records.models import Event
from villages.services.posts import end_previous_post


@transaction.atomic
def appoint(member: Member, *, by, key: UUID | None = None) -> Member:
    """Opens a post. Ketua, sekretaris and bendahara have one holder at a time: the previous one ends the day before.

    `member` is a new row, with `ends_on` for a past post. The same key twice returns the first row. No post is
    overwritten. Raises ValidationError when the days overlap those of another holder, when the person holds the post
    already, or outside the life of the group.
    """
    # Two requests for the same post wait for each other here.
    group = KpspamsGroup.objects.select_for_update().get(pk=member.group_id)
    made = Member.made_before(key, by)
    if made:
        return made
    check_span(member, group)
    if member.post in Member.CORE:
        posts = Member.objects.filter(group=group, post=member.post)
        post_label = member.get_post_display()
        end_previous_post(posts, post_label, member.starts_on, member.ends_on, by=by, successor=member.person)
    return member.add(by=by, key=key)


def check_span(member: Member, group: KpspamsGroup):
    """Raises ValidationError for days that this person or this group cannot have."""
    if group.dissolved_on and (member.ends_on is None or member.ends_on > group.dissolved_on):
        raise ValidationError(
            {"ends_on": f"{group} bubar pada {date_id(group.dissolved_on)}. Isi tanggal berakhir sampai hari itu."}
        )
    own = Member.objects.filter(group=group, person=member.person, post=member.post).exclude(pk=member.pk)
    own = own.overlapping(member.starts_on, member.ends_on)
    # A Plt. who becomes the regular holder gets a row of its own; end_previous_post ends the previous one.
    if member.post in Member.CORE and member.pk is None:
        own = own.filter(acting=member.acting, title=member.title)
    other = own.first()
    if other:
        raise ValidationError(
            f"{member.person.name} sudah tercatat sebagai {other.wording} sejak {date_id(other.starts_on)}. "
            "Perbaiki jabatan yang tercatat itu bila tanggalnya keliru."
        )


@transaction.atomic
def correct_post(member: Member, *, by) -> dict:
    """Corrects title and days of a recorded post; returns the changes.

    Raises ValidationError as `appoint` does, Conflict when another request saved in between.
    """
    group = KpspamsGroup.objects.select_for_update().get(pk=member.group_id)
    check_span(member, group)
    if member.post in Member.CORE:
        others = Member.objects.filter(group=group, post=member.post).exclude(pk=member.pk)
        touching = others.overlapping(member.starts_on, member.ends_on)
        other = touching.select_related("person").first()
        if other:
            raise ValidationError(
                f"Tanggalnya bertumpuk dengan {other.person.name}, {other.get_post_display()} sejak {other.dates}."
            )
    return member.change(by=by)


@transaction.atomic
def dissolve(group: KpspamsGroup, on: date, *, by, reason: str) -> int:
    """Closes the group on that day and ends its running posts with it; returns how many posts were ended.

    Raises ValidationError when a post begins after that day, Conflict when another request changed the group.
    """
    KpspamsGroup.objects.select_for_update().get(pk=group.pk)
    running = list(group.members.overlapping(on + timedelta(days=1), None).select_related("person"))
    later = next((member for member in running if member.starts_on > on), None)
    if later:
        raise ValidationError(
            {
                "dissolved_on": f"{later.person.name} tercatat sebagai {later.wording} sejak "
                f"{date_id(later.starts_on)}. Isi tanggal bubar sesudahnya."
            }
        )
    group.dissolved_on = on
    group.change(by=by, verb=Event.Verb.CLOSE, reason=reason)
    for member in running:
        member.end(on, by=by, reason=f"{group} bubar.")
    return len(running)


def reopen(group: KpspamsGroup, *, by, reason: str) -> dict:
    """Reopens the group. Posts that ended with it stay ended. Raises Conflict."""
    group.dissolved_on = None
    return group.change(by=by, verb=Event.Verb.REOPEN, reason=reason)
