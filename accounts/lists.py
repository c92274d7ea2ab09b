"""List pages: scope, search, filters, sorting from a white list, pages of 25, and the list as a file."""

from django import forms
from django.contrib import messages
from django.db.models import Q
from django.shortcuts import redirect
from django.utils.text import slugify
from django.utils.timezone import localdate
from django.views.generic import ListView

from accounts.rights import Right, may
from accounts.scoping import VisibleMixin, require
from records import exports
from records.fields import SeenField, choice_field
from records.formats import date_id, number_id
from records.search_keys import search_key
from records.templatetags.ui import active_filters


class FilterForm(forms.Form):
    """The filters of a list, sent by GET. An unknown value filters nothing and shows an error at its field.

    Subclasses add fields and, for each, a method narrow_<field>(rows, value).
    """

    q = SeenField(label="Cari", required=False, max_length=100, widget=forms.TextInput({"type": "search"}))

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


def offer_named_year(form: FilterForm, name: str, label: str = "{}"):
    """A link may name a year of which the list holds nothing: it is a choice too, and leaves an empty list."""
    year, field = str(form.data.get(name) or ""), choice_field(form, name)
    if len(year) == 4 and year.isdecimal() and year not in {str(value) for value, _ in field.choices}:
        field.choices = [*field.choices, (year, label.format(year))]


def named_row(form: FilterForm, name: str) -> Q:
    """The row that a link names, for the choices of a filter that otherwise offers only rows with something to list."""
    pk = str(form.data.get(name) or "")
    return Q(pk=pk if pk.isdecimal() and len(pk) < 19 else None)


class ExportMixin:
    """The list as a file, with the filter and the search of the page: `?unduh=xlsx` or `?unduh=csv`.

    Subclasses set `export_title` and `export_columns`, the fixed layout. Names of people (`pribadi=1`) and their
    telephone numbers (`hp=1`) are included only on request, for accounts with the right. Each download writes an Event.
    """

    export_title = ""
    export_columns: tuple[exports.Column, ...] = ()

    def get(self, request, *args, **kwargs):
        form = request.GET.get("unduh")
        if form in ("xlsx", "csv") and self.export_columns:
            return self.export(form)
        return super().get(request, *args, **kwargs)

    def export(self, form: str):
        user = self.request.user
        require(user, Right.EXPORT)
        rows = self.export_rows()
        count = rows.count() if hasattr(rows, "query") else len(rows)
        if count > exports.MAX_ROWS:
            messages.error(
                self.request,
                f"Daftar ini berisi {number_id(count)} baris. Paling banyak {number_id(exports.MAX_ROWS)} baris dapat "
                "diunduh sekaligus: persempit dengan filter, lalu unduh lagi.",
            )
            query = self.request.GET.copy()
            for word in ("unduh", "pribadi", "hp"):
                query.pop(word, None)
            return redirect(f"{self.request.path}?{query.urlencode()}")
        names = self.may_export_names() and self.request.GET.get("pribadi") == "1"
        phones = names and self.may_export_phones() and self.request.GET.get("hp") == "1"
        columns = [c for c in self.export_columns if (names or not c.personal) and (phones or not c.phone)]
        facts = [*self.export_facts(), ("Data orang", _scope_text(names, phones)), ("Diunduh oleh", str(user))]
        facts.append(("Diunduh pada", date_id(localdate())))
        rows = rows.iterator(chunk_size=500) if hasattr(rows, "query") else rows
        table = exports.Table(self.export_title, columns, map(self.export_row, rows), count, facts)
        exports.log(table, user, form)
        return exports.response(table, form, f"{slugify(self.export_title)}-{localdate():%Y-%m-%d}.{form}")

    def export_rows(self):
        """All rows of the list, across its pages."""
        return self.get_queryset()

    def export_row(self, row):
        """Hook: turns a row of the list into the value that the columns read."""
        return row

    def export_facts(self) -> list[tuple[str, str]]:
        """The active filters as text."""
        chosen = [(str(item["label"]), str(item["text"])) for item in active_filters(self.filters)]
        text = self.filters.cleaned_data.get("q")
        return [("Pencarian", text), *chosen] if text else chosen

    def may_export_names(self) -> bool:
        return any(c.personal for c in self.export_columns) and may(self.request.user, Right.EXPORT_NAMES)

    def may_export_phones(self) -> bool:
        phones = any(c.phone for c in self.export_columns)
        return phones and self.may_export_names() and may(self.request.user, Right.SEE_PHONES)

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        if self.export_columns and may(self.request.user, Right.EXPORT):
            context["export"] = {"names": self.may_export_names(), "phones": self.may_export_phones()}
        return context


def _scope_text(names: bool, phones: bool) -> str:
    if not names:
        return "tidak disertakan"
    return "disertakan, dengan nomor HP" if phones else "disertakan, tanpa nomor HP"


class ScopedList(ExportMixin, VisibleMixin, ListView):
    """Subclasses set `model`, `search_fields` (columns that hold search keys), `filter_form` (a FilterForm) and
    `sorts`: {value of "urut" in the URL: (label, order_by fields)}, the first entry being the default.
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
        """Finds the typed text in every search field, without regard to case, spaces and punctuation."""
        anywhere = Q()
        for field in self.search_fields:
            anywhere |= Q(**{f"{field}__contains": search_key(text)})
        return anywhere

    def get_context_data(self, **kwargs):
        sorts = [(word, label) for word, (label, _) in self.sorts.items()]
        return super().get_context_data(**kwargs) | {"filters": self.filters, "sort": self.sort, "sorts": sorts}
