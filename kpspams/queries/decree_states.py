"""Groups by the state of their SK and board on a day, in SQL (kpspams.queries.boards computes the same in Python)."""

from datetime import date, timedelta

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from accounts.models import DistrictSettings
from kpspams.models import LegalDocument, Member
from kpspams.queries.boards import BoardState, DecreeState, review_limit
from villages.models import Person

# Values of the filters besides the states of SK and board.
OLD_DECREE, FEW_WOMEN = "lama", "kurang"
DEFAULT_SHARE = DistrictSettings._meta.get_field("women_share").default


def _decrees() -> QuerySet[LegalDocument]:
    return LegalDocument.objects.filter(group=OuterRef("pk"), kind=LegalDocument.Kind.DECREE)


def _decrees_in_force(day: date) -> QuerySet[LegalDocument]:
    """The SK in force, newest first; LegalDocument.in_force_on is the same for one row."""
    rows = _decrees().filter(Q(valid_until=None) | Q(valid_until__gte=day), in_process=False, dated_on__lte=day)
    return rows.order_by("-dated_on", "-pk")


def with_decree_state(groups: QuerySet, state: str, day: date) -> QuerySet:
    """Groups whose SK is in that state on the day."""
    decrees, in_force = _decrees(), _decrees_in_force(day)
    # The newest SK in force is that of the group: the SK of the group ends soon only if this one does.
    newest_until = Subquery(in_force.values("valid_until")[:1])
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


def with_old_decree(groups: QuerySet, day: date) -> QuerySet:
    """Groups whose SK in force has no end and is five years old or more: valid, but to be reviewed."""
    newest = Subquery(_decrees_in_force(day).values("pk")[:1])
    old = LegalDocument.objects.filter(valid_until=None, dated_on__lte=review_limit(day))
    return groups.alias(decree_in_force=newest).filter(decree_in_force__in=old.values("pk"))


def with_few_women(groups: QuerySet, day: date) -> QuerySet:
    """Groups with a board whose share of women is below the threshold of the kabupaten."""
    board = Member.objects.current(day).board().filter(group=OuterRef("pk"))
    human = Coalesce("person__merged_into", "person")

    def count(members: QuerySet) -> Coalesce:
        counted = members.order_by().values("group").annotate(n=Count(human, distinct=True)).values("n")
        return Coalesce(Subquery(counted), 0)

    threshold = Coalesce(F("village__subdistrict__district__settings_row__women_share"), Value(DEFAULT_SHARE))
    rows = groups.alias(board_size=count(board), board_women=count(board.filter(person__sex=Person.Sex.FEMALE)))
    # In whole numbers: women x 100 against threshold x board.
    rows = rows.alias(women_percent=F("board_women") * 100, needed_percent=threshold * F("board_size"))
    return rows.filter(board_size__gt=0, women_percent__lt=F("needed_percent"))


def with_board_state(groups: QuerySet, state: str, day: date) -> QuerySet:
    """Groups whose three core posts are all held on the day, held by acting members, or vacant."""
    held = Member.objects.current(day).filter(group=OuterRef("pk"))
    full = Q(*[Exists(held.filter(post=post)) for post in Member.CORE])
    acting = Exists(held.filter(post__in=Member.CORE, acting=True))
    match BoardState(state):
        case BoardState.COMPLETE:
            return groups.filter(full, ~acting)
        case BoardState.ACTING:
            return groups.filter(full, acting)
    return groups.filter(~full)
