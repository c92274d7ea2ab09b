"""Content of a submitted form, for the comparison of two sendings and their display side by side."""

import hashlib
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.db import models
from django.utils.crypto import salted_hmac

from records.formats import date_id
from records.models import RequestKey, SentContent

# Fields of the sending, not of the content: keys, versions, a confirmed doubt.
ABOUT_SENDING = {"csrfmiddlewaretoken", "draft_key", "other_person", "request_key", "seen", "still_save", "version"}
PRIVATE = ("phone", "email")  # compared, never stored as text
HIDDEN = "tidak ditampilkan:"


class KeyedForm:
    """A form with a `request_key`, whose clean value has the content of the form. Precedes the form class."""

    cleaned_data: dict[str, Any]

    def _clean_fields(self):
        super()._clean_fields()  # type: ignore[misc]  # Django's own hook, unknown to its types
        if key := self.cleaned_data.get("request_key"):
            self.cleaned_data["request_key"] = RequestKey(key, form_content(self))


def form_content(form) -> SentContent:
    """The content without empty fields: a form may gain or lose some between two sendings. A value fixed by the URL
    counts only where it is a row (the whole of a part): a running number changes.
    """
    values, shown, files = [], [], []
    for name, field in form.fields.items():
        if name in ABOUT_SENDING or (field.disabled and not isinstance(field, forms.ModelChoiceField)):
            continue
        value = form.cleaned_data.get(name) if name in form.cleaned_data else raw(form, name)
        if isinstance(field, forms.FileField):
            if value and not getattr(field, "is_additive", False):
                files.append(file_hash(value))
                shown.append((name, str(field.label or name), value.name))
        elif text := canonical(value):
            values.append((name, text))
            shown.append((name, str(field.label or name), in_words(name, field, value, text)))
    return SentContent(tuple(values), tuple(shown), tuple(files))


def posted_content(data, forms_of_page: dict[str, Any], address: str) -> SentContent:
    """The same from the posted data, for a page of many rows, which has other rows once it is stored.

    `forms_of_page`: the title of each part of the page and its form, for the labels.
    """
    fields = {
        form.add_prefix(name): (f"{title}: {field.label}" if title else str(field.label), field)
        for title, form in forms_of_page.items()
        for name, field in form.fields.items()
    }
    values, shown = [], []
    for name in data:
        if name.rpartition("-")[2] in ABOUT_SENDING or not any(texts := data.getlist(name)):
            continue
        label, field = fields.get(name, (name, None))
        text = " ".join(texts).replace("\r\n", "\n").strip()
        values.append((name, text))
        shown.append((name, label, in_words(name, field, text, text)))
    return SentContent(tuple(values), tuple(shown), address=address)


def raw(form, name):
    """The posted value of an invalid field that is no file."""
    if isinstance(form.fields[name], forms.FileField):
        return None
    return form.fields[name].widget.value_from_datadict(form.data, form.files, form.add_prefix(name))


def canonical(value: Any) -> str:
    if value is None or value is False:
        return ""
    if isinstance(value, models.Model):
        return str(value.pk)
    if isinstance(value, (list, tuple, set, models.QuerySet)):
        return " ".join(sorted(canonical(item) for item in value))
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    return str(value).replace("\r\n", "\n").strip()


def in_words(name: str, field, value: Any, text: str) -> str:
    """The value for display; of a private one only a mark that differs between two values."""
    if name.removeprefix("new_") in PRIVATE:
        return HIDDEN + salted_hmac("records.sent_content", text, algorithm="sha256").hexdigest()
    if isinstance(value, (list, tuple, set, models.QuerySet)):
        return ", ".join(in_words(name, field, item, canonical(item)) for item in value)
    if isinstance(value, models.Model):
        return str(value)
    if value is True:
        return "ya"
    if isinstance(value, date):
        return date_id(value)
    for key, label in getattr(field, "choices", ()) if not isinstance(field, forms.ModelChoiceField) else ():
        if str(key) == text:
            return str(label)
    return text


def file_hash(file) -> str:
    """Name and hash of a checked file, or of the raw upload."""
    if known := getattr(file, "sha256", ""):
        return known
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()


def differences(mine: SentContent, theirs: list) -> list[dict]:
    """Differences between two sendings: name, label, mine, theirs."""
    before = {name: (label, text) for name, label, text in theirs}
    after = {name: (label, text) for name, label, text in mine.shown}
    rows = []
    for name in [*after, *(name for name in before if name not in after)]:
        label = (before.get(name) or after[name])[0]
        texts = [found[name][1] if name in found else "" for found in (after, before)]
        if texts[0] != texts[1]:
            rows.append({"name": name, "label": label, "mine": readable(texts[0]), "theirs": readable(texts[1])})
    return rows


def readable(text: str) -> str:
    if text.startswith(HIDDEN):
        return "(terisi, tidak ditampilkan)"
    return text or "(kosong)"
