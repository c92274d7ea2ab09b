"""Pages of reminders (Pengingat): open matters, choice of reminders, and messages for fasilitator."""

from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse, reverse_lazy
from django.views.generic import FormView, TemplateView

from accounts.rights import Right
from accounts.scoping import RightMixin
from monitoring.forms.reminders import ReminderForm
from monitoring.queries.facilitator_messages import messages_for
from monitoring.services.reminders import choose, digest_of


class ReminderList(TemplateView):
    template_name = "monitoring/reminders.html"

    def get_context_data(self, **kwargs):
        digest = digest_of(self.request.user)
        return super().get_context_data(**kwargs) | {"waiting": digest.matters, "silenced": digest.silenced}


class ReminderChoices(FormView):
    form_class = ReminderForm
    template_name = "monitoring/reminder_choices.html"
    success_url = reverse_lazy("monitoring:reminder_list")

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"user": self.request.user}

    def form_valid(self, form):
        choose(self.request.user, form.cleaned_data)
        messages.success(self.request, "Pilihan pengingat tersimpan.")
        return redirect(self.success_url)

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "mailing": bool(settings.EMAIL_URL),
            "submit_label": "Simpan pilihan",
            "cancel_url": reverse("monitoring:reminder_list"),
        }


class FacilitatorMessages(RightMixin, TemplateView):
    """For the office only, because the links contain telephone numbers of fasilitator."""

    right = Right.EDIT_TRAININGS
    template_name = "monitoring/facilitator_messages.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"texts": messages_for(self.request.user)}
