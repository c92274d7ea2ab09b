"""Pages of the RKTL of one training by village: reading, filling from the template, adding."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.views.generic import CreateView, View

from accounts.rights import Right, may
from records.editing import SaveMixin
from trainings.forms.follow_ups import FollowUpForm
from trainings.models import FollowUp, Training
from trainings.queries.follow_ups import candidates, follow_up_figures, village_plans
from trainings.services import follow_ups as services
from trainings.views.base import TrainingMixin, TrainingPage, show_errors
from trainings.views.follow_ups import dress
from villages.models import Village


class FollowUpPlan(TrainingPage):
    """Page of the tasks of all visible villages."""

    template_name = "trainings/follow_up_plan.html"
    page_name = "follow_up_plan"
    heading = "RKTL"

    def get_context_data(self, **kwargs):
        user = self.request.user
        tasks = FollowUp.objects.visible_to(user).filter(training=self.training)
        rows = dress(list(tasks.select_related("village__subdistrict", "person", "group", "work_plan__group")))
        offered = candidates([row for row in rows if row.is_open])
        for row in rows:
            row.offered = offered.get(row.pk)
        villages = services.rktl_villages(self.training).visible_to(user)
        own = set()
        if may(user, Right.EDIT_FOLLOW_UPS) and self.training.state != Training.State.CANCELLED:
            own = set(
                Village.objects.editable_by(user).filter(pk__in=villages.values("pk")).values_list("pk", flat=True)
            )
        plans = village_plans(self.training, rows, villages)
        for plan in plans:
            plan.editable = plan.village.pk in own
        return super().get_context_data(
            plans=plans,
            figures=follow_up_figures(self.training, tasks),
            empty_own=sum(plan.editable and not plan.tasks for plan in plans),
            **kwargs,
        )


class _FollowUpMixin(TrainingMixin):
    """Base of pages of tasks of own villages; they are available after closing too."""

    right = Right.EDIT_FOLLOW_UPS
    scope = "visible_to"
    open_only = False
    page_name = "follow_up_plan"


class FollowUpFill(_FollowUpMixin, View):
    """Adds the template for one village (`desa`), or for all that have no task yet."""

    http_method_names = ["post"]

    def post(self, request, *args, **kwargs):
        rows = services.rktl_villages(self.training).filter(
            pk__in=Village.objects.editable_by(request.user).values("pk")
        )
        chosen = request.POST.get("desa", "")
        if chosen:
            rows = (
                rows.filter(pk=int(chosen))
                if chosen.isascii() and chosen.isdigit() and len(chosen) < 19
                else rows.none()
            )
        villages = list(rows)
        if not villages:
            raise Http404("no such village in this training")
        try:
            count = services.fill_rktl(self.training, villages, by=request.user)
        except ValidationError as error:
            show_errors(request, error)
        else:
            message = f"RKTL dari templat terisi untuk {count} desa." if count else "RKTL desa itu sudah ada isinya."
            messages.success(request, message)
        anchor = f"#desa-{villages[0].pk}" if chosen else ""
        return redirect(self.get_success_url() + anchor)


class FollowUpCreate(_FollowUpMixin, SaveMixin, CreateView):
    form_class = FollowUpForm
    model = FollowUp
    submit_label = "Simpan kegiatan"
    saved_message = "Kegiatan RKTL {row} tersimpan."

    @cached_property
    def village(self) -> Village:
        rows = services.rktl_villages(self.training)
        own = Village.objects.editable_by(self.request.user)
        return get_object_or_404(rows.filter(pk__in=own.values("pk")), pk=self.kwargs["pk"])

    def get_heading(self):
        return f"Tambah kegiatan RKTL {self.village}"

    def get_form_kwargs(self):
        number = services.next_number(self.training, self.village)
        fixed = {"training": self.training, "village": self.village, "number": number}
        initial = {"training": self.training.pk, "village": self.village.pk, "number": number}
        group = services.only_group(self.village)
        return super().get_form_kwargs() | {
            "instance": FollowUp(**fixed),
            "initial": initial | {"group": group.pk if group else None},
        }
