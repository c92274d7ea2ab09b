"""Small pieces of the look that no partial can do by itself: icons, chips, menu items, query strings."""

from datetime import date

from django import template
from django.templatetags.static import static
from django.urls import reverse
from django.utils.formats import localize
from django.utils.html import format_html, format_html_join

from records.formats import date_id

register = template.Library()

# The icon that stands with a tone, so that a state is never told by colour alone.
TONE_ICONS = {
    "green": "check-circle-fill",
    "amber": "hourglass-split",
    "red": "x-circle",
    "grey": "dash-circle",
}


@register.simple_tag
def icon(name: str, extra: str = "") -> str:
    """An icon of the sprite (static/pamsimas/icons.svg), hidden from screen readers: a word stands beside it."""
    return format_html(
        '<svg class="icon {}" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        extra,
        static("pamsimas/icons.svg"),
        name,
    )


@register.simple_tag
def chip(tone: str, label, icon_name: str = "") -> str:
    """A state: `tone` green, amber, red or grey, always with a word and an icon."""
    return format_html('<span class="chip chip-{}">{}{}</span>', tone, icon(icon_name or TONE_ICONS[tone]), label)


@register.simple_tag
def count_of(number) -> str:
    """How many rows a heading stands over: "(1.234)"."""
    return format_html('<span class="count">({})</span>', localize(number))


@register.simple_tag(takes_context=True)
def nav_item(context, url_name: str, label: str, icon_name: str, also: str = "", tail: str = "", news: int = 0) -> str:
    """A link of the menu, marked as current on its pages; `also` names further paths, separated by spaces.

    `tail` ends the label; where the menu is narrow only screen readers get it. `news`: how much is new there.
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
    """The way back: label and url of each page between Beranda and this one, then the name of this page.

    {% url "villages:village_list" as list_url %}{% crumbs "Desa" list_url village %}
    """
    *between, here = parts
    pairs = list(zip(between[::2], between[1::2], strict=True))
    return {"items": [("Beranda", reverse("monitoring:home")), *pairs, (here, "")]}


@register.inclusion_tag("partials/_table_head.html")
def table_head(*heads: str, actions: bool = False) -> dict:
    """The head of a table, a column for each text; "Jumlah|num" heads a column of numbers, an empty text none.

    `actions`: whether a column of links stands at the end; its head is for screen readers only.

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
    """What a bound filter form narrows down to: name, value and text of each filter in use.

    Fields hidden in the form, and the search field `q`, which shows itself, are left out.
    """
    found = []
    for bound in form:
        values = form.data.getlist(bound.html_name) if hasattr(form.data, "getlist") else []
        if bound.is_hidden or bound.name == "q":
            continue
        choices = {str(value): label for value, label in _flat(getattr(bound.field, "choices", ()))}
        for value in filter(None, values):
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
    """A day that was asked for, as people write it."""
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
    """The errors of a form for the summary on top: the id of the field that they concern, and the sentence."""
    links = []
    for name, errors in form.errors.items():
        if name == "__all__":
            links += [{"target": "", "label": "", "text": text} for text in errors]
        elif name in form.fields:
            bound = form[name]
            # Radio buttons and check boxes have no field of their own to go to, so the first of them.
            target = "" if bound.is_hidden else bound.id_for_label or f"{bound.auto_id}_0"
            # A label that is a sentence by itself (a box to tick) is no name of a field.
            label = "" if str(bound.label).endswith(".") else bound.label
            links += [{"target": target, "label": label, "text": text} for text in errors]
    return links
