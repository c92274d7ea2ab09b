"""Answer to a create form whose request key was sent before: the same row, or a page with both texts."""

import uuid
from collections.abc import Collection
from dataclasses import replace
from typing import Any

from django.db import models, transaction

from records.conflicts import may_see, resent_rows, update_page
from records.models import Event, RequestKey, SentByAnother, SentForm, SentOther
from records.sent_content import form_content


class SentOnceMixin:
    """Mixin of a form view with a request key. Its `form_valid` saves with `store` and answers the exceptions with
    `answer_resent`; its `form_invalid` calls `sent_before` first.

    `another_label`: button that sends the same values as a new row; empty where there can be no second one.
    """

    request: Any
    get_context_data: Any  # of Django's FormMixin and TemplateResponseMixin, which the view inherits
    render_to_response: Any

    another_label = "Simpan sebagai catatan baru"
    update_label = "Ubah yang tersimpan"

    def store(self, form, save):
        """Saves in one transaction with the record of what was sent. Raises SentOther and SentByAnother."""
        key = self._key(form)
        with transaction.atomic():
            SentForm.claim(key, self.request.user)
            row = save(form)
            if isinstance(key, RequestKey) and key.claimed and isinstance(row, models.Model):
                key.claimed.point_at(row)
        return row

    def _key(self, form) -> uuid.UUID | None:
        """The key of the form, valid at this URL only."""
        data = getattr(form, "cleaned_data", {})
        key = data.get("request_key")
        if isinstance(key, RequestKey):
            key = data["request_key"] = RequestKey(key, replace(key.content, address=self.request.path))
        return key

    def sent_before(self, form):
        """The row of a form that was stored before with the same content, or the record of the form without a row.

        None for a form that was not stored before. Raises SentOther and SentByAnother.
        """
        key = self._key(form)
        if note := SentForm.find(key, self.request.user):
            return note.row or note
        model = form._meta.model if hasattr(form, "_meta") else None
        if not key or model is None or not hasattr(model, "request_key"):
            return None
        made = model._base_manager.filter(request_key=key).first()
        if made is None:
            return None
        first = made.events.filter(verb=Event.Verb.ADD).last()
        if first and first.by_id != self.request.user.pk:
            raise SentByAnother
        if resent_rows(form, error := SentOther(made, None)):
            raise error
        return made

    def is_first_saving(self, form, current, rows: list[dict]) -> bool:
        """Whether this is the form that created `current`, resent with the same content; it is an edit form by now."""
        if str(current.request_key) != self.request.POST.get(form.add_prefix("request_key")):
            return False
        content = replace(form_content(form), address=self.request.path)
        try:
            return SentForm.find(RequestKey(current.request_key, content), self.request.user) is not None or not rows
        except (SentOther, SentByAnother):
            return False

    def answer_resent(self, form, error: SentOther | SentByAnother):
        """The page with both texts, status 409; new photos are already at the stored row."""
        address = ""
        changeable: set[str] = set()
        if isinstance(error, SentOther):
            address, changeable = update_page(self, form, error.row)
        conflict = conflict_of(form, error, update=address, changeable=changeable, another=self.another_label)
        conflict["another_url"] = self.request.get_full_path()
        if isinstance(error, SentOther):
            conflict["added"] = self._add_photos(form, error.row)
            conflict["submit_label"] = self.update_label if conflict["update"] else self.another_label
        if hasattr(form, "request_files_again"):
            form.request_files_again()
        context = self.get_context_data(form=form, conflict=conflict, action=conflict.get("update", ""))
        return self.render_to_response(context, status=409)

    def _add_photos(self, form, row) -> int:
        if row is None or not hasattr(form, "add_photos") or not may_see(row, self.request.user):
            return 0
        return form.add_photos(row, self.request.user)


def conflict_of(
    form, error: SentOther | SentByAnother, *, update="", changeable: Collection[str] = (), another=""
) -> dict:
    """Context of _conflict.html; the form is prepared to be sent again as another row.

    `update`: URL of the page that edits the stored row, whose form has the fields `changeable`. With a new key the form
    creates a new row.
    """
    rows = resent_rows(form, error) if isinstance(error, SentOther) else []
    form.data = form.data.copy()
    form.data[form.add_prefix("request_key")] = str(uuid.uuid4())
    form.errors.clear()
    if isinstance(error, SentByAnother):
        return {"another_person": True}
    for difference in rows:
        difference["fixed"] = bool(update) and difference["name"] not in changeable
    if all(difference["fixed"] for difference in rows):
        update = ""
    row = error.row
    return {
        "sent": True,
        "rows": rows,
        "row": row,
        "url": row.get_absolute_url() if hasattr(row, "get_absolute_url") else "",
        "update": update,
        "version": row.version if update else "",
        "another": another,
    }
