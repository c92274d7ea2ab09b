"""Pages of certificates: who has earned one, preview and giving, exceptions and withdrawals with a reason."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.timezone import localdate

from accounts.rights import Right, may
from accounts.scoping import require
from records import formats
from records.editing import warn_of_letters
from records.history import MAX_SHOWN
from records.models import Event
from trainings.forms.certificates import ExceptionForm, GiveForm, NumberingForm
from trainings.forms.plain import ReasonForm
from trainings.models import Certificate, Participant, Training
from trainings.queries.certificates import CERTIFICATE_FIELD, certificate_roll, continued
from trainings.services.certificates import withdraw
from trainings.views.base import ServiceFormView, TrainingPage
from trainings.views.document_mixins import DocumentMixin

PAGE = 25


def first_day(training):
    return training.days.values_list("date", flat=True).first()


def certificate_events(training):
    """Events of participants that change a certificate, newest first."""
    people = Participant.objects.filter(training=training).values("pk")
    rows = Event.objects.filter(
        kind=Participant._meta.label_lower, object_id__in=people, changes__has_key=CERTIFICATE_FIELD
    )
    return rows.select_related("by").order_by("-pk")


def starting(training) -> dict:
    """Initial values: the next numbers of this training, and its last day as date of the certificate."""
    initial = {"dated_on": training.days.values_list("date", flat=True).last() or localdate()}
    pattern = continued([text for event in certificate_events(training) for text in event.changes[CERTIFICATE_FIELD]])
    return initial | ({"text": pattern.text, "start": pattern.start, "width": pattern.width} if pattern else {})


class CertificateList(TrainingPage):
    """Page of certificates: users see those of people in their scope; the office gives them."""

    page_name = "spj_item_list"
    template_name = "trainings/certificate_list.html"
    heading = "Sertifikat"

    def get_context_data(self, form=None, **kwargs):
        context = super().get_context_data(**kwargs)
        if not may(self.request.user, Right.EDIT_TRAININGS):
            return context | {"given": self._given()}
        roll = form.roll if form else certificate_roll(self.training)
        data = self.request.GET if form is None and "start" in self.request.GET else None
        form = form or NumberingForm(
            data, roll=roll, first_day=first_day(self.training), initial=starting(self.training)
        )
        return context | {
            "roll": roll,
            "form": form,
            "preview": form.preview() if form.is_bound and not form.has_error_in_numbers() else None,
            "people": " ".join(str(row.participant.pk) for row in roll.due),
            "page_obj": Paginator(roll.given, PAGE).get_page(self.request.GET.get("page")),
            "can_give": self.training.state != Training.State.CANCELLED,
            "events": certificate_events(self.training)[:MAX_SHOWN],
        }

    def _given(self):
        people = Participant.objects.visible_to(self.request.user)
        rows = self.training.certificates.filter(participant__in=people)
        return rows.select_related("participant__person", "participant__village")

    def post(self, request, *args, **kwargs):
        """Gives the certificates as previewed; after an error the current preview is shown."""
        require(request.user, Right.EDIT_TRAININGS)
        form = GiveForm(request.POST, roll=certificate_roll(self.training), first_day=first_day(self.training))
        if form.is_valid():
            try:
                rows = form.save_by(request.user)
            except ValidationError as error:
                form.add_error(None, error)
            else:
                messages.success(request, f"{formats.number_id(len(rows))} sertifikat diberikan.")
                warn_of_letters(request, form)
                return redirect("trainings:certificate_list", self.training.pk)
        return self.render_to_response(self.get_context_data(form=form))


class CertificateException(DocumentMixin, ServiceFormView):
    """Page of one certificate that the rule does not give."""

    form_class = ExceptionForm
    submit_label = "Berikan sertifikat"
    saved_message = "{row} diberikan."

    def get_participant(self) -> Participant:
        return get_object_or_404(self.training.participants.select_related("person"), pk=self.kwargs["pk"])

    def get_heading(self):
        return f"Sertifikat dengan alasan: {self.get_participant()}"

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {
            "training": self.training,
            "participant": self.get_participant().pk,
            "first_day": first_day(self.training),
        }

    def get_initial(self):
        return {"dated_on": starting(self.training)["dated_on"]}

    def get_context_data(self, **kwargs):
        roll = certificate_roll(self.training)
        found = next((row for row in roll.candidates if row.participant.pk == self.kwargs["pk"]), None)
        lacks = "; ".join(found.lacks) if found else "Tidak tercatat hadir"
        intro = f"Syarat: {roll.rule.text}. " + (f"Orang ini: {lacks}." if lacks else "")
        return super().get_context_data(intro=intro, **kwargs)

    def get_cancel_url(self):
        return reverse("trainings:certificate_list", args=[self.training.pk])

    def get_success_url(self):
        return self.get_cancel_url()


class CertificateWithdraw(DocumentMixin, ServiceFormView):
    """Page that withdraws one certificate, with the reason."""

    form_class = ReasonForm
    submit_label = "Cabut sertifikat"

    def get_certificate(self) -> Certificate:
        rows = self.training.certificates.select_related("participant__person", "training")
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    def get_heading(self):
        return f"Cabut sertifikat {self.get_certificate().participant}"

    def get_context_data(self, **kwargs):
        number = self.get_certificate().number
        freed = f"Nomor {number} tidak dipakai lagi. " if number else ""
        intro = f"{freed}Tariklah kembali lembar yang sudah dibagikan. Pencabutan tersimpan dalam riwayat."
        return super().get_context_data(intro=intro, danger=True, **kwargs)

    def get_form(self, form_class=None):
        form = super().get_form(form_class)
        row = self.get_certificate()

        def save_by(user):
            withdraw(row, by=user, reason=form.cleaned_data["reason"])
            return row

        form.save_by = save_by
        return form

    def get_saved_message(self, row):
        return f"Sertifikat {row.participant} dicabut."

    def get_cancel_url(self):
        return reverse("trainings:certificate_list", args=[self.training.pk])

    def get_success_url(self):
        return self.get_cancel_url()
