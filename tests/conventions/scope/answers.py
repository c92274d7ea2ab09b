"""What each role gets at an address: the answers, and the page that is asked."""

from dataclasses import dataclass, field

from django.urls import reverse

ROLES = (
    *("admin", "staff", "facilitator", "stranger", "official", "camat", "other_camat"),
    *("elsewhere", "central", "anonymous"),
)
MISSING_ID = 987_654_321
LOGIN = 302  # anonymous people are led to the login


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
    """`stranger` is the fasilitator of a village in another kecamatan, `elsewhere` the admin of another kabupaten.

    Unless said otherwise `central`, the admin of all kabupaten, gets what the admin gets; `camat`, of the kecamatan of
    the village, what the official gets; `other_camat`, of another kecamatan, what the stranger gets, and where the
    official is refused that.
    """
    camat = official if camat is None else camat
    if other_camat is None:
        other_camat = official if official in (403, 404) else stranger
    central = admin if central is None else central
    found = (admin, staff, facilitator, stranger, official, camat, other_camat, elsewhere, central, anonymous)
    return dict(zip(ROLES, found, strict=True))


# Pages that everybody with a login has; their rows differ.
ALL = answers(200, 200, 200, 200, 200, 200)
# A row of the village, to look at.
LOOK = answers(200, 200, 200, 404, 200, 404)
# A row of the whole kabupaten, to look at.
DISTRICT_LOOK = answers(200, 200, 200, 200, 200, 404)
# Forms without a row of their own.
ADMIN_FORM = answers(200, 403, 403, 403, 403, 200)
OFFICE_FORM = answers(200, 200, 403, 403, 403, 200)
FIELD_FORM = answers(200, 200, 200, 200, 403, 200)
# Lists of the installation are changed by who is admin of every kabupaten in it.
LIST_FORM = answers(403, 403, 403, 403, 403, 403, central=200)
# Forms about a row: of the admin, of the office, of the village's facilitator too.
ADMIN_ROW = answers(200, 403, 403, 403, 403, 404)
OFFICE_ROW = answers(200, 200, 403, 403, 403, 404)
FIELD_ROW = answers(200, 200, 200, 404, 403, 404)


@dataclass
class Page:
    """`row` names the row in the world whose id the address carries; `verb` is asked by POST instead of GET."""

    expected: dict
    row: str = ""
    verb: bool = False
    kwargs: dict = field(default_factory=dict)  # further parts of the address: name -> path in the world

    def address(self, name, dataset, missing=False):
        parts = {key: value(dataset) for key, value in self.kwargs.items()}
        if self.row:
            parts["pk"] = MISSING_ID if missing else getattr(dataset, self.row).pk
        return reverse(name, kwargs=parts)
