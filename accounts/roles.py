"""Rights and reach of each role. This is the only module that describes roles.

Approving is a permission of named accounts, not part of a role; nobody approves a plan that they wrote (plans).
Add a role: a name in Role and an entry in ROLES. A role that the database has and ROLES lacks has no right and sees
nothing.
"""

from dataclasses import dataclass
from enum import IntEnum, StrEnum


class Right(StrEnum):
    """Rights as verbs. visible_to and editable_by decide on which rows."""

    MANAGE_USERS = "manage_users"
    MANAGE_SETTINGS = "manage_settings"
    EDIT_REGISTRY = "edit_registry"  # villages, awards, water systems and their checks
    EDIT_GROUPS = "edit_groups"  # groups, posts, legal documents, persons
    EDIT_PLANS = "edit_plans"
    EDIT_TRAININGS = "edit_trainings"  # the frame, agenda, invitations
    PROPOSE_PARTICIPANTS = "propose_participants"  # and record attendance of trainings where the account is an officer
    REVIEW_PLANS = "review_plans"  # return with a note
    APPROVE_PLANS = "approve_plans"
    RECORD_APPROVALS = "record_approvals"  # copy the decision from the signed print of a plan
    SEE_PHONES = "see_phones"  # of the persons in one's own scope: pages, forms, attendance sheets, exports
    ENTRY_REQUESTS = "entry_requests"  # Titip entri: photos of filled forms, telephone numbers on them included
    SEE_SCORES = "see_scores"
    REQUEST_REPORTS = "request_reports"
    EDIT_FOLLOW_UPS = "edit_follow_ups"  # RKTL of villages in scope
    RECORD_PROGRESS = "record_progress"  # realisation of plans, damage of water systems
    RECORD_VISITS = "record_visits"  # Kunjungan to villages in scope
    ISSUE_REPORTS = "issue_reports"  # withdraw an issued document, attach its signed copy, its letterhead and signers
    SCHEDULE_REPORTS = "schedule_reports"  # documents that the portal makes by itself every month or quarter
    SET_FIGURES = "set_figures"  # figures that the public page may show
    EXPORT = "export"  # lists as files, without personal columns
    EXPORT_NAMES = "export_names"  # with personal columns on request


class Reach(IntEnum):
    """Whose villages an account sees, in growing order. `all_districts` turns DISTRICT into COUNTRY."""

    NOTHING = 0
    ASSIGNED = 1  # villages with an assignment in force
    SUBDISTRICT = 2  # those that lie in the account's kecamatan today
    DISTRICT = 3
    COUNTRY = 4


@dataclass(frozen=True)
class RoleDefinition:
    """`is_office`: belongs to the DPMU, which is responsible for all data and documents; others work on their own.

    `description`: shown where the role of an account is chosen. `may_approve`: an account of this role can receive
    the right to approve work plans.
    """

    label: str
    description: str
    rights: frozenset[Right] = frozenset()
    reach: Reach = Reach.NOTHING
    is_office: bool = False
    may_approve: bool = True


class Role(StrEnum):
    """Roles that have a name in code: for the demo, tests and commands."""

    ADMIN = "admin"
    STAFF = "staff"
    FACILITATOR = "facilitator"
    OFFICIAL = "official"
    CAMAT = "camat"


_STAFF = frozenset(
    {
        Right.EDIT_REGISTRY,
        Right.EDIT_GROUPS,
        Right.EDIT_PLANS,
        Right.EDIT_TRAININGS,
        Right.PROPOSE_PARTICIPANTS,
        Right.REVIEW_PLANS,
        Right.RECORD_APPROVALS,
        Right.SEE_PHONES,
        Right.ENTRY_REQUESTS,
        Right.SEE_SCORES,
        Right.REQUEST_REPORTS,
        Right.EDIT_FOLLOW_UPS,
        Right.RECORD_PROGRESS,
        Right.RECORD_VISITS,
        Right.ISSUE_REPORTS,
        Right.SCHEDULE_REPORTS,
        Right.EXPORT,
        Right.EXPORT_NAMES,
    }
)

ROLES: dict[str, RoleDefinition] = {
    Role.ADMIN: RoleDefinition(
        "Admin DPMU",
        "seperti staf, ditambah pengguna dan pengaturan kabupaten.",
        _STAFF | {Right.MANAGE_USERS, Right.MANAGE_SETTINGS, Right.SET_FIGURES},
        Reach.DISTRICT,
        is_office=True,
    ),
    Role.STAFF: RoleDefinition(
        "Staf DPMU",
        "mengerjakan data semua desa.",
        _STAFF,
        Reach.DISTRICT,
        is_office=True,
    ),
    Role.FACILITATOR: RoleDefinition(
        "Fasilitator",
        "hanya desa penugasannya.",
        frozenset(
            {
                Right.EDIT_GROUPS,
                Right.EDIT_PLANS,
                Right.PROPOSE_PARTICIPANTS,
                Right.SEE_PHONES,
                Right.ENTRY_REQUESTS,
                Right.REQUEST_REPORTS,
                Right.EDIT_FOLLOW_UPS,
                Right.RECORD_PROGRESS,
                Right.RECORD_VISITS,
                Right.EXPORT,
                Right.EXPORT_NAMES,
            }
        ),
        Reach.ASSIGNED,
    ),
    Role.OFFICIAL: RoleDefinition(
        "Pejabat",
        "melihat semua desa tanpa nomor HP dan nilai, tidak mengubah data.",
        frozenset({Right.REQUEST_REPORTS, Right.EXPORT}),
        Reach.DISTRICT,
    ),
    Role.CAMAT: RoleDefinition(
        "Camat",
        "melihat semua desa kecamatannya tanpa nomor HP dan nilai, tidak mengubah data.",
        frozenset({Right.REQUEST_REPORTS, Right.EXPORT}),
        Reach.SUBDISTRICT,
        may_approve=False,
    ),
}


def definition(role: str) -> RoleDefinition:
    """The description of this role; an unknown role has no right and sees nothing."""
    return ROLES.get(role) or RoleDefinition(role, "")


def choices() -> list[tuple[str, str]]:
    return [(str(role), found.label) for role, found in ROLES.items()]


def described() -> str:
    """Labels and descriptions of all roles, for the form of an account."""
    return " ".join(f"{found.label}: {found.description}" for found in ROLES.values())


def office() -> list[str]:
    return [str(role) for role, found in ROLES.items() if found.is_office]


def with_right(right: Right) -> list[str]:
    """Roles that have this right; approving is a column of the account."""
    return [str(role) for role, found in ROLES.items() if right in found.rights]


def with_reach(reach: Reach) -> list[str]:
    return [str(role) for role, found in ROLES.items() if found.reach == reach]
