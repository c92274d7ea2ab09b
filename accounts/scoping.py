"""Scope on pages: rows outside it are a 404, verbs without the right a 403."""

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.views.generic import ListView

from accounts.rights import Right, may
from records.search import search_key


def require(user, right: Right):
    """Raises PermissionDenied (403) without the right; views of functions call it first."""
    if not may(user, right):
        raise PermissionDenied(f"{user.pk} lacks {right}")


class RightMixin:
    """`right`: the verb that this page needs; None where everybody with a login may look."""

    right: Right | None = None

    def dispatch(self, request, *args, **kwargs):
        if self.right is not None:
            require(request.user, self.right)
        return super().dispatch(request, *args, **kwargs)


class VisibleMixin(RightMixin):
    """Rows that this person may see."""

    def get_queryset(self):
        return super().get_queryset().visible_to(self.request.user)


class EditableMixin(RightMixin):
    """Rows that this person may change."""

    def get_queryset(self):
        return super().get_queryset().editable_by(self.request.user)


class ScopedList(VisibleMixin, ListView):
    """A list page: scope, search, filters, sorting from a white list, pages of 25.

    Subclasses set `model`, `search_fields` (columns that hold search keys), `filter_form` (a GET form with
    `narrow(queryset)`), `sorts` ({word in the address: order_by fields}) whose first entry is the default.
    """

    paginate_by = 25
    search_fields: tuple[str, ...] = ()
    filter_form = None
    sorts: dict[str, tuple[str, ...]] = {}

    def get_queryset(self):
        rows = super().get_queryset()
        key = search_key(self.request.GET.get("q", ""))
        if key and self.search_fields:
            anywhere = Q()
            for field in self.search_fields:
                anywhere |= Q(**{f"{field}__contains": key})
            rows = rows.filter(anywhere)
        self.filters = None
        if self.filter_form:
            self.filters = self.filter_form(self.request.GET or None, user=self.request.user)
            rows = self.filters.narrow(rows)
        self.sort = self.request.GET.get("urut")
        if self.sorts:
            if self.sort not in self.sorts:
                self.sort = next(iter(self.sorts))
            rows = rows.order_by(*self.sorts[self.sort], "pk")
        return rows

    def get_context_data(self, **kwargs):
        search = self.request.GET.get("q", "").strip() if self.search_fields else None
        return super().get_context_data(**kwargs) | {
            "filters": self.filters,
            "search": search,
            "sort": self.sort,
            "sorts": list(self.sorts),
        }
