"""Titles of the kinds of documents. documents.base registers each class here, so models need not import classes."""

TITLES: dict[str, str] = {}  # kind -> title; complete once the registry is loaded (documents.apps)


class TitledByKind:
    """For models with a column `kind`: the label, as Django does for choices."""

    kind: str

    def get_kind_display(self) -> str:
        """The title of the kind, or the bare `kind` if the portal no longer makes it."""
        return TITLES.get(self.kind, self.kind)

    kind_in_words = get_kind_display  # for the history
