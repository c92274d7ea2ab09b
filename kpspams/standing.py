"""What lists ask of groups as of a day, in SQL: the state of the SK and of the board (kpspams.board says the same)."""

from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from kpspams.board import BoardState, DecreeState
from kpspams.models import LegalDocument, Member


def with_decree_state(groups: QuerySet, state: str, day: date) -> QuerySet:
    """Groups whose SK is in that state on the day."""
    decrees = LegalDocument.objects.filter(group=OuterRef("pk"), kind=LegalDocument.Kind.DECREE)
    in_force = decrees.filter(Q(valid_until=None) | Q(valid_until__gte=day), in_process=False, dated_on__lte=day)
    # The newest SK in force speaks for the group: only where it ends soon does the group's SK end soon.
    newest_until = Subquery(in_force.order_by("-dated_on", "-pk").values("valid_until")[:1])
    soon = day + timedelta(days=LegalDocument.WARN_DAYS)
    waiting = decrees.filter(in_process=True)
    known = decrees.filter(Q(in_process=True) | Q(dated_on__lte=day))
    match DecreeState(state):
        case DecreeState.IN_FORCE:
            later = Q(decree_until=None) | Q(decree_until__gt=soon)
            return groups.alias(decree_until=newest_until).filter(later, Exists(in_force))
        case DecreeState.ENDS_SOON:
            return groups.alias(decree_until=newest_until).filter(decree_until__lte=soon)
        case DecreeState.IN_PROCESS:
            return groups.filter(~Exists(in_force), Exists(waiting))
        case DecreeState.ENDED:
            return groups.filter(~Exists(in_force), ~Exists(waiting), Exists(known))
    return groups.filter(~Exists(known))


def with_board_state(groups: QuerySet, state: str, day: date) -> QuerySet:
    """Groups whose three core posts are all held on the day, held by acting people, or vacant."""
    held = Member.objects.open(day).filter(group=OuterRef("pk"))
    full = Q(*[Exists(held.filter(post=post)) for post in Member.CORE])
    acting = Exists(held.filter(post__in=Member.CORE, acting=True))
    match BoardState(state):
        case BoardState.COMPLETE:
            return groups.filter(full, ~acting)
        case BoardState.ACTING:
            return groups.filter(full, acting)
    return groups.filter(~full)
