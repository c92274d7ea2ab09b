"""Responses by role: the expected status codes and the page they belong to."""

from dataclasses import dataclass, field

from django.urls import reverse

ROLES = (
    *("admin", "staff", "facilitator", "stranger", "official", "camat", "other_camat"),
    *("elsewhere", "central", "anonymous"),
)
MISSING_ID = 987_654_321
LOGIN = 302  # anonymous users are redirected to the login


def answers(
    admin,
    staff,
    facilitator,
    stranger,
    official,
    elsewhere,
    *,
    camat=None,
    other_camat=None,
    central=None,
    anonymous=LOGIN,
):
    """Expected status codes by role. `stranger` is the fasilitator of a village in another kecamatan, `elsewhere` the
    admin of another kabupaten.

    By default `central`, the admin of all kabupaten, gets what the admin gets; `camat`, of the kecamatan of the
    village, what the official gets; `other_camat`, of another kecamatan, what the stranger gets, or what the official
    gets where that is a refusal.
    """
    camat = official if camat is None else camat
    if other_camat is None:
        other_camat = official if official in (403, 404) else stranger
    central = admin if central is None else central
    found = (admin, staff, facilitator, stranger, official, camat, other_camat, elsewhere, central, anonymous)
    return dict(zip(ROLES, found, strict=True))


# Pages of every user with a login; their rows differ.
ALL = answers(200, 200, 200, 200, 200, 200)
# A row of the village, to read.
LOOK = answers(200, 200, 200, 404, 200, 404)
# A row of the whole kabupaten, to read.
DISTRICT_LOOK = answers(200, 200, 200, 200, 200, 404)
# Forms without an existing row.
ADMIN_FORM = answers(200, 403, 403, 403, 403, 200)
OFFICE_FORM = answers(200, 200, 403, 403, 403, 200)
FIELD_FORM = answers(200, 200, 200, 200, 403, 200)
# Lists of the installation are changed by the admin of all its kabupaten.
LIST_FORM = answers(403, 403, 403, 403, 403, 403, central=200)
# Forms about a row: for the admin, for the office, for the village's facilitator too.
ADMIN_ROW = answers(200, 403, 403, 403, 403, 404)
OFFICE_ROW = answers(200, 200, 403, 403, 403, 404)
FIELD_ROW = answers(200, 200, 200, 404, 403, 404)


@dataclass
class Page:
    """A URL of the table: `row` names the row of the dataset with the id in the URL; `verb`: POST instead of GET."""

    expected: dict
    row: str = ""
    verb: bool = False
    kwargs: dict = field(default_factory=dict)  # further arguments of the URL: name -> function of the dataset

    def address(self, name, dataset, missing=False):
        parts = {key: value(dataset) for key, value in self.kwargs.items()}
        if self.row:
            parts["pk"] = MISSING_ID if missing else getattr(dataset, self.row).pk
        return reverse(name, kwargs=parts)
