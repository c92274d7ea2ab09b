"""The title of each kind of document, as lists name it. Kept by documents.base as each class is made, so that models
may ask for it without knowing the classes.
"""

TITLES: dict[str, str] = {}  # kind -> title; complete once the registry is loaded (documents.apps)


class TitledByKind:
    """For models with a column `kind`: the label that Django would make of choices."""

    kind: str

    def get_kind_display(self) -> str:
        """The title of the kind; the bare name of a kind that the portal no longer makes."""
        return TITLES.get(self.kind, self.kind)

    kind_in_words = get_kind_display  # for the history
