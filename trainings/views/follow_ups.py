"""Pages of one task of an RKTL, until it is done."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST
from django.views.generic import DetailView, UpdateView

from accounts.rights import Right
from accounts.scoping import EditableMixin, VisibleMixin, require
from records.confirming import confirm
from records.editing import SaveMixin, way_back
from records.formats import date_id
from records.history import MAX_SHOWN
from records.models import Conflict
from trainings.forms.follow_ups import DoneForm, DropForm, FollowUpForm
from trainings.models import FollowUp, Training
from trainings.queries.follow_ups import candidates, day_word
from trainings.services import follow_ups as services
from trainings.views.base import crumbs, show_errors

TONES = {
    FollowUp.Progress.DONE: "green",
    FollowUp.Progress.DROPPED: "grey",
    FollowUp.Progress.LATE: "red",
    FollowUp.Progress.OPEN: "amber",
}


def dress(rows):
    """Sets colour and relative due date of each task, for the templates."""
    for row in rows:
        row.tone, row.day_word = TONES[row.progress], day_word(row)
    return rows


class _OneTask:
    """Base of pages of one task; they return to the page of the task."""

    model = FollowUp
    context_object_name = "row"

    def get_queryset(self):
        rows = super().get_queryset()
        return rows.select_related("training__district", "village__subdistrict", "group", "person", "work_plan__group")

    def get_success_url(self):
        return reverse("trainings:follow_up_detail", args=[self.object.pk])

    get_cancel_url = get_success_url

    def crumbs(self, here: str = ""):
        items = [
            *crumbs(self.object.training),
            ("RKTL", reverse("trainings:follow_up_plan", args=[self.object.training_id])),
        ]
        if here:
            items.append((self.object.task, self.get_success_url()))
        return [*items, (here or self.object.task, "")]


class FollowUpDetail(_OneTask, VisibleMixin, DetailView):
    template_name = "trainings/follow_up_detail.html"

    def get_context_data(self, **kwargs):
        row = dress([self.object])[0]
        user = self.request.user
        can_edit = FollowUp.objects.editable_by(user).filter(pk=row.pk).exists()
        return super().get_context_data(
            crumbs=self.crumbs(),
            facts=self._facts(row),
            offered=candidates([row]).get(row.pk) if row.is_open else None,
            can_edit=can_edit,
            # Only users of invited villages see the page of the training.
            sees_training=Training.objects.visible_to(user).filter(pk=row.training_id).exists(),
            events=row.events[:MAX_SHOWN],
            **kwargs,
        )

    def _facts(self, row) -> list[dict]:
        due = date_id(row.due_on) if row.due_on else row.due_text
        facts = [
            {"label": "Desa", "value": str(row.village), "url": row.village.get_absolute_url()},
            {"label": "KPSPAMS", "value": str(row.group or ""), "missing": "Seluruh desa"},
            {"label": "Hasil", "value": row.output, "missing": "Belum diisi"},
            {
                "label": "Waktu",
                "value": f"{due} ({row.day_word})" if row.day_word else due,
                "missing": "Belum ditentukan",
            },
            {"label": "Penanggung jawab", "value": row.responsible, "missing": "Belum ditentukan"},
            {"label": "Orang", "value": row.person.name if row.person else "", "missing": "Belum ditentukan"},
            {"label": "Dukungan yang diperlukan", "value": row.support, "missing": "Tidak ada"},
        ]
        if row.work_plan:
            plan = row.work_plan
            facts.append({"label": "Rencana kerja", "value": str(plan), "url": plan.get_absolute_url()})
        if row.done_on or row.dropped_on:
            label = "Selesai pada" if row.done_on else "Dibatalkan pada"
            facts.append({"label": label, "value": date_id(row.done_on or row.dropped_on)})
        if row.note:
            facts.append({"label": "Alasan" if row.dropped_on else "Catatan", "value": row.note})
        return facts


class _Change(_OneTask, SaveMixin, EditableMixin, UpdateView):
    right = Right.EDIT_FOLLOW_UPS
    heading = ""

    def get_context_data(self, **kwargs):
        return super().get_context_data(heading=self.heading, crumbs=self.crumbs(self.heading), **kwargs)


class FollowUpUpdate(_Change):
    form_class = FollowUpForm
    heading, submit_label = "Ubah kegiatan RKTL", "Simpan kegiatan"
    saved_message = "Kegiatan RKTL {row} tersimpan."


class _End(_Change):
    def dispatch(self, request, *args, **kwargs):
        require(request.user, self.right)
        row = self.get_object()
        if not row.is_open:
            messages.info(request, f"Tindak lanjut ini sudah berstatus {row.state_word.lower()}.")
            return redirect("trainings:follow_up_detail", row.pk)
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        return super().get_context_data(intro=f"{self.object.village}: {self.object.task}", **kwargs)


class FollowUpDone(_End):
    form_class = DoneForm
    heading, submit_label = "Tandai selesai", "Tandai selesai"
    saved_message = "{row}: selesai."


class FollowUpDrop(_End):
    form_class = DropForm
    heading, submit_label = "Batalkan tindak lanjut", "Batalkan tindak lanjut"
    saved_message = "{row}: dibatalkan."


def _own(request, pk) -> FollowUp:
    require(request.user, Right.EDIT_FOLLOW_UPS)
    rows = FollowUp.objects.editable_by(request.user).select_related("training", "village")
    return get_object_or_404(rows, pk=pk)


def _act(request, row, act, message_for):
    """Performs the action; concurrent changes are reported, not overwritten."""
    try:
        with transaction.atomic():
            result = act(row, by=request.user)
    except ValidationError as error:
        show_errors(request, error)
    except Conflict:
        messages.error(request, "Tindak lanjut ini baru saja diubah orang lain. Periksa, lalu ulangi bila masih perlu.")
    else:
        messages.success(request, message_for(result))


@require_POST
def follow_up_reopen(request, pk):
    row = _own(request, pk)
    _act(request, row, services.reopen, lambda _: f"{row}: dibuka kembali.")
    return redirect("trainings:follow_up_detail", row.pk)


@require_POST
def follow_up_keep_promise(request, pk):
    """Links the plan handed in as the promised one."""
    row = _own(request, pk)
    _act(
        request,
        row,
        services.keep_promise,
        lambda found: f"{found[0]} (masuk {date_id(found[1])}) dicatat sebagai hasil.",
    )
    here = reverse("trainings:follow_up_detail", args=[row.pk])
    return redirect(way_back(request, here))


class FollowUpRemove(_OneTask, EditableMixin, DetailView):
    """Page that confirms and deletes a task entered by mistake."""

    right = Right.EDIT_FOLLOW_UPS

    def get(self, request, *args, **kwargs):
        row = self.object = self.get_object()

        def remove() -> str:
            services.remove(row, by=request.user)
            return "Kegiatan RKTL dihapus."

        return confirm(
            request,
            remove,
            heading="Hapus kegiatan RKTL",
            question=f"Hapus “{row.task}” dari RKTL {row.village}?",
            loss="Kegiatan ini hilang dari RKTL. Bila memang tidak jadi dikerjakan, batalkan dengan alasan saja.",
            submit_label="Hapus kegiatan",
            cancel_url=self.get_success_url(),
            done_url=reverse("trainings:follow_up_list"),
            crumbs=self.crumbs("Hapus"),
        )

    post = get
