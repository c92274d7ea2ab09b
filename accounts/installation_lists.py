"""Pages of the lists of the installation, kept under Pengaturan; each app has its own lists (plans, villages).

Rows are added, renamed and ordered; none is deleted, because rows of earlier years refer to them.
"""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.shortcuts import redirect
from django.urls import reverse
from django.views.generic import ListView

from accounts.models import District
from accounts.rights import Right
from accounts.scoping import RightMixin
from records import history
from records.editing import warn_of_letters
from records.models import Event
from records.plain_forms import PlainFormMixin


class ListForm(PlainFormMixin, forms.ModelForm):
    """Form of one row. The unique code makes a second identical request a conflict, not a second row."""


def keeps_all_districts(user) -> bool:
    """Requires an admin of all kabupaten, because the lists serve every kabupaten."""
    return not District.objects.exclude(pk__in=District.objects.editable_by(user).values("pk")).exists()


class ListPages(RightMixin):
    """Base of the pages of one list. `names`: prefix of its URL names, with the app;
    `used_by`: where its rows are chosen, as text.
    """

    right = Right.MANAGE_SETTINGS
    names = ""
    plural = ""
    used_by = ""

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "names": self.names,
            "plural": self.plural,
            "used_by": self.used_by,
            "may_change": keeps_all_districts(self.request.user),
        }

    @property
    def list_url(self):
        return reverse(f"{self.names}_list")


class RowList(ListPages, ListView):
    """The whole list on one page."""

    def get_context_data(self, **kwargs):
        urls = {
            "create_url": reverse(f"{self.names}_create"),
            "rows": [(row, reverse(f"{self.names}_update", args=[row.pk])) for row in self.object_list],
        }
        return super().get_context_data(**kwargs) | urls


class RowForm(ListPages):
    template_name = "partials/form_page.html"

    def dispatch(self, request, *args, **kwargs):
        if request.user.is_authenticated and not keeps_all_districts(request.user):
            raise PermissionDenied("The list serves kabupaten outside this person's scope.")
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        word = str(self.model._meta.verbose_name)
        heading = f"Ubah {word}" if self.object else f"Tambah {word}"
        return super().get_context_data(**kwargs) | {
            "heading": heading,
            "submit_label": f"Simpan {word}",
            "cancel_url": self.list_url,
            "crumbs": [
                ("Beranda", reverse("monitoring:home")),
                ("Pengaturan", reverse("accounts:settings_home")),
                (self.plural, self.list_url),
                (heading, ""),
            ],
        }

    def form_valid(self, form):
        row, verb, changes = form.instance, Event.Verb.ADD, {}
        try:
            with transaction.atomic():
                if row.pk:
                    before = self.model.objects.select_for_update().get(pk=row.pk)
                    changes = history.describe(before, row, history.changed_fields(before, row))
                    verb = Event.Verb.CHANGE
                if verb == Event.Verb.ADD or changes:
                    row.save()
                    history.record(row, verb, by=self.request.user, changes=changes)
        except IntegrityError:
            form.add_error("code", "Kode ini baru saja dipakai baris lain. Pilih kode lain.")
            return self.form_invalid(form)
        messages.success(self.request, f"{row} tersimpan.")
        warn_of_letters(self.request, form)
        return redirect(self.list_url)
