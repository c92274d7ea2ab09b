"""Template tags of the interface: icons, chips, menu items, table heads, query strings."""

from datetime import date

from django import template
from django.templatetags.static import static
from django.urls import reverse
from django.utils.formats import localize
from django.utils.html import format_html, format_html_join

from records.formats import date_id

register = template.Library()

# The icon of a tone, so that a state is never shown by colour alone.
TONE_ICONS = {
    "green": "check-circle-fill",
    "amber": "hourglass-split",
    "red": "x-circle",
    "grey": "dash-circle",
}


@register.simple_tag
def icon(name: str, extra: str = "") -> str:
    """Icon of the sprite (static/pamsimas/icons.svg), hidden from screen readers, because a label stands beside it."""
    return format_html(
        '<svg class="icon {}" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        extra,
        static("pamsimas/icons.svg"),
        name,
    )


@register.simple_tag
def chip(tone: str, label, icon_name: str = "") -> str:
    """Chip of a state: `tone` green, amber, red or grey, always with a label and an icon."""
    return format_html('<span class="chip chip-{}">{}{}</span>', tone, icon(icon_name or TONE_ICONS[tone]), label)


@register.simple_tag
def count_of(number) -> str:
    """Number of rows below a heading: "(1.234)"."""
    return format_html('<span class="count">({})</span>', localize(number))


@register.simple_tag(takes_context=True)
def nav_item(context, url_name: str, label: str, icon_name: str, also: str = "", tail: str = "", news: int = 0) -> str:
    """Link of the menu, marked as current on its pages; `also` names further paths, separated by spaces.

    `tail` ends the label; in a narrow menu only screen readers read it. `news`: the number of new rows there.
    """
    url = reverse(url_name)
    path = context["request"].path
    homes = [url, *also.split()]
    here = any(path == home if home == "/" else path.startswith(home) for home in homes)
    current = format_html(' aria-current="{}"', "page" if path == url else "true") if here else ""
    rest = format_html('<span class="nav-tail"> {}</span>', tail) if tail else ""
    if news:
        rest = format_html(
            '{} <span class="nav-news">{}<span class="visually-hidden"> baru</span></span>', rest, str(news)
        )
    return format_html(
        '<li><a class="nav-item" href="{}"{}>{}<span>{}{}</span></a></li>', url, current, icon(icon_name), label, rest
    )


@register.inclusion_tag("partials/_breadcrumbs.html")
def crumbs(*parts) -> dict:
    """Breadcrumbs: label and url of each page between Beranda and this one, then the name of this page.

    {% url "villages:village_list" as list_url %}{% crumbs "Desa" list_url village %}
    """
    *between, here = parts
    pairs = list(zip(between[::2], between[1::2], strict=True))
    return {"items": [("Beranda", reverse("monitoring:home")), *pairs, (here, "")]}


@register.inclusion_tag("partials/_table_head.html")
def table_head(*heads: str, actions: bool = False) -> dict:
    """Head of a table, one column for each text; "Jumlah|num" is a column of numbers, an empty text has no label.

    `actions`: whether a column of links follows; its head is for screen readers only.

    {% table_head "Desa" "Jumlah peserta|num" "Keterangan" actions=may.edit_registry %}
    """
    columns = [(str(head).removesuffix("|num"), str(head).endswith("|num")) for head in heads if head]
    return {"columns": columns, "actions": actions}


@register.simple_tag(takes_context=True)
def query_with(context, **changes) -> str:
    """The query string of this page with some keys changed (None removes one), as "?a=1&page=2"."""
    query = context["request"].GET.copy()
    for key, value in changes.items():
        if value is None:
            query.pop(key, None)
        else:
            query[key] = str(value)
    return "?" + query.urlencode()


@register.simple_tag(takes_context=True)
def query_without(context, key: str, value: str | None = None) -> str:
    """The query string of this page without `key` (or one `value` of it) and without the page number."""
    query = context["request"].GET.copy()
    query.pop("page", None)
    kept = [item for item in query.pop(key, []) if value is not None and item != str(value)]
    if kept:
        query.setlist(key, kept)
    return "?" + query.urlencode()


@register.simple_tag(takes_context=True)
def hidden_query(context, *without: str) -> str:
    """Hidden inputs that carry the query string of this page through a GET form, the page number aside."""
    pairs = [
        (key, value)
        for key, values in context["request"].GET.lists()
        for value in values
        if key not in {"page", *without}
    ]
    return format_html_join("", '<input type="hidden" name="{}" value="{}">', pairs)


@register.filter
def page_numbers(page) -> list[int | None]:
    """First, last and the pages around this one; None where some are left out."""
    shown = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return [number if isinstance(number, int) else None for number in shown]


@register.filter
def active_filters(form) -> list[dict]:
    """Active filters of a bound filter form: name, value and text of each.

    Hidden fields and the search field `q`, which shows its own value, are left out.
    """
    found = []
    for bound in form:
        sent = form.data.getlist(bound.html_name) if hasattr(form.data, "getlist") else []
        values = list(filter(None, sent))
        if bound.is_hidden or bound.name == "q" or not values:
            continue  # choices of rows cost a query
        choices = {str(value): label for value, label in _flat(getattr(bound.field, "choices", ()))}
        for value in values:
            if value in choices or not choices:
                found.append(
                    {
                        "name": bound.html_name,
                        "value": value,
                        "label": bound.label,
                        "text": choices.get(value, _date_text(form, bound.name) or value),
                    }
                )
    return found


def _date_text(form, name) -> str:
    """The requested day as text."""
    value = getattr(form, "cleaned_data", {}).get(name)
    return date_id(value) if isinstance(value, date) else ""


def _flat(choices):
    """(value, label) pairs without the groups."""
    for value, label in choices:
        if isinstance(label, (list, tuple)):
            yield from label
        else:
            yield value, label


@register.filter
def error_links(form) -> list[dict]:
    """Errors of a form for the summary on top: the id of the field and the message."""
    links = []
    for name, errors in form.errors.items():
        if name == "__all__":
            links += [{"target": "", "label": "", "text": text} for text in errors]
        elif name in form.fields:
            bound = form[name]
            # A group of radio buttons or check boxes has no element of its own: link to the first one.
            target = "" if bound.is_hidden else bound.id_for_label or f"{bound.auto_id}_0"
            # A label that is a whole sentence (a check box) is no name of a field.
            label = "" if str(bound.label).endswith(".") else bound.label
            links += [{"target": target, "label": label, "text": text} for text in errors]
    return links
