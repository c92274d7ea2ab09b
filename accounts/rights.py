"""Who may do what, as verbs. Which rows they may do it to is the business of visible_to and editable_by.

Approving is a permission of named persons, not part of a role; nobody approves what they wrote (kpspams).
"""

from enum import StrEnum

from accounts.models import User


class Right(StrEnum):
    MANAGE_USERS = "manage_users"
    MANAGE_SETTINGS = "manage_settings"
    EDIT_REGISTRY = "edit_registry"  # villages, awards, water systems and their checks
    EDIT_GROUPS = "edit_groups"  # groups, posts, legal papers, persons
    EDIT_PLANS = "edit_plans"
    EDIT_TRAININGS = "edit_trainings"  # the frame, agenda, invitations
    PROPOSE_PARTICIPANTS = "propose_participants"
    REVIEW_PLANS = "review_plans"  # return with a note
    APPROVE_PLANS = "approve_plans"
    SEE_PHONES = "see_phones"  # of the persons in one's own scope
    SEE_SCORES = "see_scores"
    REQUEST_REPORTS = "request_reports"


_STAFF = {
    Right.EDIT_REGISTRY,
    Right.EDIT_GROUPS,
    Right.EDIT_PLANS,
    Right.EDIT_TRAININGS,
    Right.PROPOSE_PARTICIPANTS,
    Right.REVIEW_PLANS,
    Right.SEE_PHONES,
    Right.SEE_SCORES,
    Right.REQUEST_REPORTS,
}
_OF_ROLE = {
    User.Role.ADMIN: _STAFF | {Right.MANAGE_USERS, Right.MANAGE_SETTINGS},
    User.Role.STAFF: _STAFF,
    User.Role.FACILITATOR: {
        Right.EDIT_GROUPS,
        Right.EDIT_PLANS,
        Right.PROPOSE_PARTICIPANTS,
        Right.SEE_PHONES,
        Right.REQUEST_REPORTS,
    },
    User.Role.OFFICIAL: {Right.REQUEST_REPORTS},
}


def rights_of(user) -> set[Right]:
    if not user.is_authenticated:
        return set()
    granted = set(_OF_ROLE[user.role])
    if user.may_approve:
        granted |= {Right.APPROVE_PLANS, Right.REVIEW_PLANS}
    return granted


def may(user, right: Right) -> bool:
    return right in rights_of(user)


def sees_whole_district(user) -> bool:
    """Everybody but the fasilitator sees all villages of their kabupaten."""
    return user.is_authenticated and user.role != User.Role.FACILITATOR
