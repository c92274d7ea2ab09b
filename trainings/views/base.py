"""Base of pages below one training: scope, the lock of closed trainings, forms of services, confirmations."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.generic import FormView, TemplateView, View

from accounts.rights import Right, may, sees_whole_district
from accounts.scoping import require
from records.confirming import carry_out, confirm_page
from records.editing import warn_of_letters
from records.models import SentByAnother, SentOther
from records.resending import SentOnceMixin
from trainings.models import Training
from trainings.services.guard import refuse_locked

# Pages of one training: URL name and label. Meetings have no JP, test, certificate or RKTL; the budget is for users
# who see the whole kabupaten.
TABS = [
    ("training_detail", "Ringkasan"),
    ("agenda", "Susunan acara"),
    ("participant_list", "Peserta"),
    ("attendance_grid", "Kehadiran"),
    ("assessments", "Tes dan evaluasi"),
    ("follow_up_plan", "RKTL"),
    ("budget", "Anggaran"),
    ("spj_item_list", "Dokumen dan SPJ"),
    ("indicators", "Indikator"),
]
NOT_OF_MEETINGS = {"assessments", "follow_up_plan", "indicators"}
OF_WHOLE_DISTRICT = {"budget"}
TONES = {
    Training.Progress.PLANNED: "grey",
    Training.Progress.RUNNING: "amber",
    Training.Progress.UNCLOSED: "amber",
    Training.Progress.CLOSED: "green",
    Training.Progress.CANCELLED: "red",
}


def state_tone(training: Training) -> str:
    return TONES[training.progress]


def tabs(training: Training, user, here: str = "") -> list[dict]:
    """The row of links under the heading: label, url, and whether it is this page."""
    hidden = set() if sees_whole_district(user) else OF_WHOLE_DISTRICT
    if training.is_meeting:
        hidden = hidden | NOT_OF_MEETINGS
    return [
        {"label": label, "url": reverse(f"trainings:{name}", args=[training.pk]), "here": name == here}
        for name, label in TABS
        if name not in hidden
    ]


def crumbs(training, here: str = "") -> list[tuple[str, str]]:
    """The breadcrumbs of a page of this training, or of its own page."""
    items = [
        ("Beranda", reverse("monitoring:home")),
        ("Pelatihan", reverse("trainings:training_list")),
        (str(training), training.get_absolute_url()),
    ]
    return [*items, (here, "")] if here else items


def show_errors(request, error: ValidationError):
    for text in error.messages:
        messages.error(request, text)


class TrainingMixin:
    """Base of pages under /pelatihan/<training>/. The right is checked first (403), then the scope (404).

    With `open_only`, a closed or cancelled training redirects to its own page with a message. `page_name`: the page of
    the training (one of TABS) to which this one belongs or returns, at `anchor`.
    """

    right: Right | None = Right.EDIT_TRAININGS
    scope = "editable_by"
    open_only = True
    heading = ""
    page_name = "training_detail"
    anchor = ""

    def dispatch(self, request, *args, **kwargs):
        if self.right is not None:
            require(request.user, self.right)
        rows = getattr(Training.objects, self.scope)(request.user)
        self.training = get_object_or_404(rows.select_related("district"), pk=kwargs["training"])
        if self.open_only:
            try:
                refuse_locked(self.training)
            except ValidationError as error:
                show_errors(request, error)
                return redirect(self.training)
        return super().dispatch(request, *args, **kwargs)

    def locked_answer(self):
        """For pages that remain readable after closing: the redirect of a POST, with a message; None while open."""
        try:
            refuse_locked(self.training)
        except ValidationError as error:
            show_errors(self.request, error)
            return redirect(self.request.get_full_path())
        return None

    def get_page_url(self):
        return reverse(f"trainings:{self.page_name}", args=[self.training.pk])

    def get_cancel_url(self):
        return self.get_page_url() + self.anchor

    def get_success_url(self):
        """Without the anchor, because the message of success is at the top."""
        return self.get_page_url()

    def get_heading(self):
        return self.heading

    def get_context_data(self, **kwargs):
        heading = self.get_heading()
        mine = {"heading": heading, "crumbs": crumbs(self.training, heading)}
        # Last, because TemplateView passes the URL arguments on, including the number of the training.
        return super().get_context_data(**(mine | kwargs | {"training": self.training}))


class TrainingFrame(TrainingMixin):
    """Base of read-only pages with the row of links; its template extends trainings/training_page.html.

    Visible to all who see the training. `can_edit`: the user may change the training, and it is open.
    """

    right = None
    scope = "visible_to"
    open_only = False

    @property
    def runs(self) -> bool:
        return may(self.request.user, Right.EDIT_TRAININGS)

    def get_context_data(self, **kwargs):
        mine = {
            "page_tabs": tabs(self.training, self.request.user, self.page_name),
            "state_tone": state_tone(self.training),
            "runs": self.runs,
            "can_edit": self.runs and self.training.is_open,
        }
        return super().get_context_data(**(mine | kwargs))


class TrainingPage(TrainingFrame, TemplateView):
    """Base of pages that are no lists."""


class ServiceFormView(SentOnceMixin, TrainingMixin, FormView):
    """Base of forms whose `save_by(user)` calls a service; errors of the service are shown in the form."""

    template_name = "partials/form_page.html"
    submit_label = "Simpan"
    saved_message = "Tersimpan."

    def get_context_data(self, **kwargs):
        return super().get_context_data(submit_label=self.submit_label, cancel_url=self.get_cancel_url(), **kwargs)

    def form_valid(self, form):
        try:
            result = self.store(form, lambda form: form.save_by(self.request.user))
        except ValidationError as error:
            form.add_error(None, error)
            return self.form_invalid(form)
        except (SentOther, SentByAnother) as error:
            return self.answer_resent(form, error)
        messages.success(self.request, self.get_saved_message(result))
        warn_of_letters(self.request, form)
        return redirect(self.get_success_url())

    def get_saved_message(self, result) -> str:
        return self.saved_message.format(row=result)


class QuestionView(TrainingMixin, View):
    """Base of pages that confirm a deletion (GET) and perform it (POST). Works without JavaScript."""

    question = ""
    loss = ""
    submit_label = "Hapus"
    done_message = ""

    def find(self):
        """Hook: finds the row of the page, below self.training."""

    def act(self):
        raise NotImplementedError

    def texts(self) -> dict:
        """Hook: the texts of question and loss for the row."""
        return {"question": self.question, "loss": self.loss}

    def get(self, request, *args, **kwargs):
        self.find()
        heading = self.get_heading() or self.submit_label
        return confirm_page(
            request,
            **self.texts(),
            submit_label=self.submit_label,
            cancel_url=self.get_cancel_url(),
            crumbs=crumbs(self.training, heading),
            heading=heading,
        )

    def post(self, request, *args, **kwargs):
        self.find()
        return carry_out(request, self.act_with_message, self.get_success_url())

    def act_with_message(self) -> str:
        done = self.get_done_message()  # before the row is deleted
        self.act()
        return done

    def get_done_message(self) -> str:
        return self.done_message
