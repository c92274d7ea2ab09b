"""List pages: scope, search, filters, sorting from a white list, pages of 25."""

from django import forms
from django.db.models import Q
from django.views.generic import ListView

from accounts.scoping import VisibleMixin
from records.search import search_key


class FilterForm(forms.Form):
    """The filters of a list, sent by GET. A value that is no choice of its field narrows nothing and says so there.

    Subclasses add fields and, for each, a method narrow_<field>(rows, value).
    """

    q = forms.CharField(label="Cari", required=False, max_length=100, widget=forms.TextInput({"type": "search"}))

    def __init__(self, data, *, user, searchable=True):
        super().__init__(data)
        self.user = user
        if not searchable:
            del self.fields["q"]
        self.fields_for_people()
        self.is_valid()

    def fields_for_people(self):
        """Hook: choices that depend on self.user, scoped as everywhere."""

    def narrow(self, rows):
        for name in self.fields:
            value = self.cleaned_data.get(name)
            if name != "q" and value not in (None, "", []):
                rows = getattr(self, f"narrow_{name}")(rows, value)
        return rows


class ScopedList(VisibleMixin, ListView):
    """Subclasses set `model`, `search_fields` (columns that hold search keys), `filter_form` (a FilterForm) and
    `sorts`: {word in the address ("urut"): (label, order_by fields)}, the first entry being the default.
    """

    paginate_by = 25
    search_fields: tuple[str, ...] = ()
    filter_form = FilterForm
    sorts: dict[str, tuple[str, tuple[str, ...]]] = {}

    def get_queryset(self):
        rows = super().get_queryset()
        self.filters = self.filter_form(self.request.GET, user=self.request.user, searchable=bool(self.search_fields))
        rows = self.filters.narrow(rows)
        text = self.filters.cleaned_data.get("q") or ""
        if search_key(text):
            rows = rows.filter(self.found_by(text))
        self.sort = self.request.GET.get("urut")
        if self.sorts:
            if self.sort not in self.sorts:
                self.sort = next(iter(self.sorts))
            rows = rows.order_by(*self.sorts[self.sort][1], "pk")
        return rows

    def found_by(self, text: str) -> Q:
        """Where the typed text is looked for: in every search field, without case, spaces and signs."""
        anywhere = Q()
        for field in self.search_fields:
            anywhere |= Q(**{f"{field}__contains": search_key(text)})
        return anywhere

    def get_context_data(self, **kwargs):
        sorts = [(word, label) for word, (label, _) in self.sorts.items()]
        return super().get_context_data(**kwargs) | {"filters": self.filters, "sort": self.sort, "sorts": sorts}
