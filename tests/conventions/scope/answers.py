"""What each role gets at an address: the answers, and the page that is asked."""

from dataclasses import dataclass, field

from django.urls import reverse

ROLES = ("admin", "staff", "facilitator", "stranger", "official", "elsewhere", "central", "anonymous")
MISSING_ID = 987_654_321
LOGIN = 302  # anonymous people are led to the login


def answers(admin, staff, facilitator, stranger, official, elsewhere, central=None, anonymous=LOGIN):
    """`stranger` is the fasilitator of another village, `elsewhere` the admin of another kabupaten; `central`, the
    admin of all kabupaten, gets what the admin gets unless said otherwise.
    """
    central = admin if central is None else central
    return dict(zip(ROLES, (admin, staff, facilitator, stranger, official, elsewhere, central, anonymous), strict=True))


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
