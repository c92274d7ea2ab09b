"""Succession of posts: the previous one is ended, never overwritten."""

from datetime import date, timedelta
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction

from records.models import DatedSpanQuerySet
from villages.models import Person, Village, VillageOfficial


def end_previous_post(
    posts: DatedSpanQuerySet, post_label: str, starts_on: date, ends_on: date | None, *, by, successor: Person
):
    """Ends the open one of `posts` (rows of one post with one holder at a time) the day before `starts_on`.

    Raises ValidationError when the new span (`ends_on` None: still held) overlaps a recorded one.
    """
    touching = posts.overlapping(starts_on, ends_on).select_related("person").order_by("starts_on")
    for post in touching:
        if post.is_open and post.starts_on < starts_on and ends_on is None:
            post.end(starts_on - timedelta(days=1), by=by, reason=f"Digantikan oleh {successor.name}.")
            continue
        raise ValidationError(
            f"{post.person.name} tercatat sebagai {post_label} sejak {post.dates}. "
            "Isi tanggal yang tidak bertumpuk, atau perbaiki dahulu tanggal jabatan itu."
        )


@transaction.atomic
def take_office(official: VillageOfficial, *, by, key: UUID | None = None) -> VillageOfficial:
    """Records `official` and ends the previous holder the day before. The same key twice returns the first row.

    Raises ValidationError when the dates overlap those of another holder.
    """
    Village.objects.select_for_update().get(pk=official.village_id)
    made = VillageOfficial.made_before(key, by)
    if made:
        return made
    posts = VillageOfficial.objects.filter(village=official.village, office=official.office)
    post_label = official.get_office_display()
    end_previous_post(posts, post_label, official.starts_on, official.ends_on, by=by, successor=official.person)
    return official.add(by=by, key=key)
