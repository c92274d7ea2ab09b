"""Posts that follow each other: the one before is ended, never overwritten."""

from datetime import date, timedelta
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet

from records.words import date_id
from villages.models import Person, Village, VillageOfficial


def make_room(posts: QuerySet, word: str, starts_on: date, ends_on: date | None, *, by, successor: Person):
    """Ends the open one among `posts` (rows of one post, of which one is held at a time) the day before `starts_on`.

    Raises ValidationError when the new span (`ends_on` None: still held) would lie over one already recorded.
    """
    touching = posts.filter(Q(ends_on=None) | Q(ends_on__gte=starts_on))
    if ends_on:
        touching = touching.filter(starts_on__lte=ends_on)
    for post in touching.select_related("person").order_by("starts_on"):
        if post.ends_on is None and post.starts_on < starts_on and ends_on is None:
            post.ends_on = starts_on - timedelta(days=1)
            post.change(by=by, reason=f"Digantikan oleh {successor.name}.")
            continue
        until = f"sampai {date_id(post.ends_on)}" if post.ends_on else "dan masih menjabat"
        raise ValidationError(
            f"{post.person.name} tercatat sebagai {word} sejak {date_id(post.starts_on)} {until}. "
            "Isi tanggal yang tidak bertumpuk, atau perbaiki dahulu tanggal jabatan itu."
        )


@transaction.atomic
def take_office(official: VillageOfficial, *, by, key: UUID | None = None) -> VillageOfficial:
    """Records `official`; who held the office before ends the day before. The same key twice: the first row.

    Raises ValidationError when the dates lie over those of another holder.
    """
    Village.objects.select_for_update().get(pk=official.village_id)
    made = VillageOfficial.made_before(key, by)
    if made:
        return made
    posts = VillageOfficial.objects.filter(village=official.village, office=official.office)
    word = official.get_office_display()
    make_room(posts, word, official.starts_on, official.ends_on, by=by, successor=official.person)
    return official.add(by=by, key=key)
