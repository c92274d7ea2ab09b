"""Forms and views of nouns with a version and a request key: no input is lost, nothing is overwritten unseen."""

import uuid
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, transaction
from django.db.models.fields import BLANK_CHOICE_DASH
from django.forms.models import ModelFormMetaclass
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme

from records import history, letters
from records.conflicts import conflict_rows, list_text
from records.fields import field_of_column, unprintable
from records.models import Conflict, Event, SentByAnother, SentOther
from records.resending import SentOnceMixin
from records.sent_content import KeyedForm


def fit_widget(field):
    """Dates get the browser's calendar, localized numbers the numeric keyboard. Other widgets stay."""
    if isinstance(field, forms.DateField) and type(field.widget) is forms.DateInput:
        required = field.widget.is_required
        field.widget = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
        field.widget.is_required = required
    elif isinstance(field, forms.IntegerField) and field.localize and not field.widget.is_hidden:
        field.widget.attrs.setdefault("inputmode", "decimal" if isinstance(field, forms.DecimalField) else "numeric")


def name_the_empty(field):
    """Replaces Django's dashes for "nothing chosen" by a label, which a form may set itself."""
    word = "Pilih dari daftar" if field.required else "Tidak diisi"
    dashes = BLANK_CHOICE_DASH[0]
    if isinstance(field, forms.ModelChoiceField):
        if field.empty_label == dashes[1]:
            field.empty_label = word
    elif isinstance(field, forms.ChoiceField):
        choices = list(field.choices)
        if choices and choices[0] == dashes:
            field.choices = [("", word), *choices[1:]]


class _ReadingColumns(ModelFormMetaclass):
    """Every column of a form is read by records.parsers, as imports and pasted lists are."""

    def __new__(mcs, name, bases, attrs):
        meta = attrs.get("Meta")
        if meta is not None and not hasattr(meta, "formfield_callback"):
            meta.formfield_callback = staticmethod(field_of_column)
        return super().__new__(mcs, name, bases, attrs)


class OnceForm(KeyedForm, forms.ModelForm, metaclass=_ReadingColumns):
    """A create form: `request_key` makes sending twice harmless. Subclasses list it nowhere; it is added here.

    `fixed`: fields whose value the URL determines (the whole of a part). They stay in the form, hidden and disabled,
    so that constraints over them are checked.
    """

    request_key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    fixed: tuple[str, ...] = ()

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["request_key"].initial = uuid.uuid4
        self.helper = FormHelper()
        self.helper.form_tag = False  # partials/_form.html writes tag and buttons
        self.helper.disable_csrf = True
        for name in self.fixed:
            self.fields[name].widget = forms.HiddenInput()
            self.fields[name].disabled = True
        for field in self.fields.values():
            fit_widget(field)
        self.fields_for_people()
        for field in self.fields.values():
            name_the_empty(field)

    def clean(self) -> dict[str, Any]:
        super().clean()
        return self.cleaned_data

    def fields_for_people(self):
        """Hook: choices, labels and layout; self.user is set."""

    def save_by(self, user):
        """Adds the row with its event and returns it. Raises ValidationError on a refused row."""
        row = self.instance.add(by=user, key=self.cleaned_data.get("request_key"))
        self.instance = row
        return row


class ConfirmMixin:
    """A form with doubts: unlikely but possible values need one confirmation by a tick box.

    Precedes OnceForm or EditForm in the bases. Subclasses return sentences from `doubts()`, shown when the form is
    valid otherwise.
    """

    still_save_label = "Tetap simpan"

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["still_save"] = forms.BooleanField(
            label=self.still_save_label, required=False, widget=forms.HiddenInput
        )

    def doubts(self) -> list[str]:
        raise NotImplementedError

    def clean(self):
        data = super().clean()
        if not self.errors and (doubts := self.doubts()):
            self.fields["still_save"].widget = forms.CheckboxInput()
            if not self.cleaned_data.get("still_save"):
                self.add_error("still_save", doubts)
        return data


class ConfirmDuplicateMixin(ConfirmMixin):
    """A form whose row may exist already because it was resent without the key of the first sending.

    Subclasses return from `own_rows()` the rows of this user about the same place and day; `same_text` names the
    fields whose equal texts make two rows the same.
    """

    still_save_label = "Ini catatan lain. Tetap simpan."
    same_text: tuple[str, ...] = ()

    def own_rows(self):
        raise NotImplementedError

    def doubts(self):
        if self.instance.pk:
            return []
        rows = self.own_rows().exclude(request_key=self.cleaned_data.get("request_key")).order_by("-pk")
        mine = [plain_text(self.cleaned_data.get(name)) for name in self.same_text]
        same = (row for row in rows if [plain_text(getattr(row, name)) for name in self.same_text] == mine)
        return [f"Catatan yang sama sudah ada: {row}. Buka catatan itu bila isinya perlu diubah." for row in same][:1]


def plain_text(value) -> str:
    """The text without case and superfluous spaces, for comparison."""
    return " ".join(str(value or "").casefold().split())


class EditForm(OnceForm):
    """Form that creates and edits; an edit posts the version that the user saw."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["version"] = self.instance.version
            del self.fields["request_key"]
        else:
            del self.fields["version"]

    def save_by(self, user):
        """Adds or changes the row with its event. Raises Conflict when somebody saved in between."""
        if not self.instance.pk:
            with transaction.atomic():
                row = super().save_by(user)
                self._save_m2m()
            return row
        self.instance.version = self.cleaned_data.get("version") or 0
        with transaction.atomic():
            self.changes = self.instance.change(by=user)
            self._save_lists(user)
        return self.instance

    def _save_lists(self, user):
        """Changes of many-to-many fields are recorded too, and raise the version."""
        changes = {}
        for field in self.instance._meta.many_to_many:
            if field.name in self.cleaned_data:
                before = list_text(getattr(self.instance, field.name).all())
                after = list_text(self.cleaned_data[field.name])
                if before != after:
                    changes[str(field.verbose_name)] = [before, after]
        self._save_m2m()
        if changes:
            if not self.changes:
                self.instance.touch()
            history.record(self.instance, Event.Verb.CHANGE, by=user, changes=changes)
            self.changes |= changes


def warn_of_letters(request, *saved: forms.BaseForm):
    """Warns of characters in the saved values that no document can print; every view that saves a form calls it."""
    for sentence in dict.fromkeys(filter(None, map(unprintable, saved))):
        messages.warning(request, sentence)


def warn_of_texts(request, texts: dict[str, str]):
    """The same for texts outside form fields, {label: text}: the cells of a grid."""
    if sentence := letters.warning(texts):
        messages.warning(request, sentence)


def way_back(request, otherwise: str) -> str:
    """The next URL: the page that the user came from (`?kembali=`), or `otherwise`."""
    address = request.GET.get("kembali", "")
    safe = address.startswith("/") and url_has_allowed_host_and_scheme(address, allowed_hosts=None)
    return address if safe else otherwise


class SaveMixin(SentOnceMixin):
    """form_valid of create and update views: event, request key, version, and a success message.

    `saved_message` is formatted with the row as {row}. It redirects to
    `success_url` or the row's get_absolute_url, unless the URL names the previous page (`way_back`).
    """

    template_name: str | None = "partials/form_page.html"
    saved_message = "{row} tersimpan."
    unchanged_message = "Tidak ada yang diubah."
    submit_label = "Simpan"

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"user": self.request.user}

    def get_context_data(self, **kwargs):
        defaults = {"submit_label": self.submit_label, "cancel_url": way_back(self.request, self.get_cancel_url())}
        return super().get_context_data(**(defaults | kwargs))

    def get_cancel_url(self):
        return self.object.get_absolute_url() if getattr(self, "object", None) else ""

    def save_form(self, form):
        """Hook for forms whose rows change together in a service."""
        return form.save_by(self.request.user)

    def form_valid(self, form):
        try:
            row = self.store(form, self.save_form)
        except Conflict as conflict:
            return self.conflict(form, conflict.current)
        except (SentOther, SentByAnother) as error:
            return self.answer_resent(form, error)
        except ValidationError as error:
            form.add_error(None, error)
            return self.form_invalid(form)
        except IntegrityError:
            # A constraint failed after the form was checked: two requests ran at once.
            return self.refused(form)
        self.object = row
        answer = self.saved(form)
        warn_of_letters(self.request, form)
        return answer

    def saved(self, form):
        """Hook: adds the success message and redirects."""
        untouched = getattr(form, "changes", None) == {}
        message = self.unchanged_message if untouched else self.saved_message.format(row=self.object)
        messages.success(self.request, message)
        return redirect(way_back(self.request, self.get_success_url()))

    def form_invalid(self, form):
        """A form resent after it was saved redirects to its row, whatever errors it has now."""
        try:
            made = self.sent_before(form)
        except (SentOther, SentByAnother) as error:
            return self.answer_resent(form, error)
        if made is None:
            return super().form_invalid(form)
        self.object = made
        messages.success(self.request, self.saved_message.format(row=made))
        return redirect(way_back(self.request, self.get_success_url()))

    def refused(self, form):
        try:
            form.instance.validate_constraints()
        except ValidationError as error:
            form.add_error(None, ValidationError({NON_FIELD_ERRORS: error.messages}))
        else:
            form.add_error(None, "Data ini baru saja diubah orang lain. Periksa isian Anda, lalu simpan lagi.")
        return self.form_invalid(form)

    def conflict(self, form, current):
        """Shows both texts; sending again, with the version of the stored row, means 'mine'.

        A row created at the first saving (settings) may come from this very form: resent with the same content, it
        counts as saved.
        """
        rows = self.conflict_rows(form, current)
        if self.is_first_saving(form, current, rows):
            form.changes = None
            self.object = current
            return self.saved(form)
        last = current.events.first()
        form.data = form.data.copy()
        form.data[form.add_prefix("version")] = str(current.version)
        context = self.get_context_data(form=form, conflict={"rows": rows, "event": last})
        return self.render_to_response(context, status=409)

    def conflict_rows(self, form, current) -> list[dict]:
        """Hook: differences outside the fields of the form."""
        return conflict_rows(form, current)
