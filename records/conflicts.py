"""Comparison of a submitted form with the stored row, for the page that shows both."""

from django.urls import NoReverseMatch, resolve, reverse

from records import history
from records.models import SentOther
from records.sent_content import differences, readable


def list_text(items) -> str:
    """Many rows as one text, in a fixed order."""
    return ", ".join(sorted(str(item) for item in items))


def conflict_rows(form, current) -> list[dict]:
    """Differences between the submitted form and the stored row: label, mine, theirs."""
    return [{key: row[key] for key in ("label", "mine", "theirs")} for row in differing(form, current)]


def differing(form, current) -> list[dict]:
    """The same with the name of each field."""
    rows = []
    mine = form.instance
    for field in history.changed_fields(current, mine):
        if field.name in form.fields:
            texts = [history.text(row, field) or "(kosong)" for row in (mine, current)]
            rows.append(_row(form, field, *texts))
    for field in mine._meta.many_to_many:
        if field.name in form.cleaned_data:
            texts = [list_text(form.cleaned_data[field.name]), list_text(getattr(current, field.name).all())]
            if texts[0] != texts[1]:
                rows.append(_row(form, field, *(text or "(kosong)" for text in texts)))
    if (upload := form.cleaned_data.get("upload")) and (column := getattr(form, "file_column", "")):
        stored = getattr(current, column)
        if stored is None or stored.sha256 != upload.sha256:
            label = form.fields["upload"].label
            theirs = stored.name if stored else "(kosong)"
            rows.append({"name": "upload", "label": label, "mine": upload.name, "theirs": theirs})
    return rows


def _row(form, field, mine: str, theirs: str) -> dict:
    return {"name": field.name, "label": form.fields[field.name].label, "mine": mine, "theirs": theirs}


def resent_rows(form, error: SentOther) -> list[dict]:
    """Differences between a resent form and what its first sending stored: name, label, mine, theirs.

    A column of the stored row shows its current value, anything else the value sent then.
    """
    row, instance = error.row, getattr(form, "instance", None)
    columns, stored = set(), []
    if row is not None and isinstance(instance, type(row)):
        stored = differing(form, row)
        columns = {field.name for field in row._meta.get_fields()} & set(form.fields)
    if error.sent is None:
        return stored
    content = form.cleaned_data["request_key"].content
    typed = {name: text for name, _, text in content.shown}
    named = {*typed, *(name for name, _, _ in error.sent.shown)}
    for difference in stored:
        if difference["name"] not in form.cleaned_data:  # invalid, so not part of the row that the form made
            difference["mine"] = readable(typed.get(difference["name"], ""))
    stored = [row for row in stored if row["mine"] != row["theirs"] and row["name"] in named]
    rows = stored + [found for found in differences(content, error.sent.shown) if found["name"] not in columns]
    if not rows and content.files:  # two files of one name
        rows = [{"name": "", "label": "Berkas", "mine": "berkas dengan isi lain", "theirs": "berkas yang pertama"}]
    return rows


def update_page(view, form, row) -> tuple[str, set[str]]:
    """URL of the page that edits `row`, and the names of its fields; ("", set()) where there is none.

    Found by URL names: `…_create` creates what `…_update` edits, when both have the same model.
    """
    nothing: tuple[str, set[str]] = "", set()
    name = view.request.resolver_match.view_name if view.request.resolver_match else ""
    if row is None or not name.endswith("_create") or not may_edit(row, view.request.user):
        return nothing
    for args in ([row.pk], [view.kwargs.get("training", 0), row.pk]):
        try:
            address = reverse(f"{name.removesuffix('_create')}_update", args=args)
        except NoReverseMatch:
            continue
        form_class = getattr(getattr(resolve(address).func, "view_class", None), "form_class", None)
        if form_class is None or form_class._meta.model is not type(row):
            return nothing
        return address, _names(view, form, form_class, row)
    return nothing


def _names(view, form, form_class, row) -> set[str]:
    """The fields of the edit form, which may be fewer than those of the create form."""
    if form_class is not type(form):
        return set(form_class.base_fields)
    kwargs = {name: value for name, value in view.get_form_kwargs().items() if name not in ("data", "files")}
    return set(form_class(**(kwargs | {"instance": row})).fields)


def may_edit(row, user) -> bool:
    return _is_among(row, user, "editable_by")


def may_see(row, user) -> bool:
    return _is_among(row, user, "visible_to")


def _is_among(row, user, scope: str) -> bool:
    """A part without a scope of its own has the scope of its whole."""
    rows = getattr(type(row)._default_manager.all(), scope, None)
    return rows is None or rows(user).filter(pk=row.pk).exists()
