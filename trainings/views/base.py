"""What the pages below one training share: scope, the lock of closed trainings, forms of services, questions."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.generic import FormView, View

from accounts.rights import Right
from accounts.scoping import require
from trainings.models import Training
from trainings.services.guard import refuse_locked


def crumbs(training, here: str = "") -> list[tuple[str, str]]:
    """The way back from a page of this training, or from its own page."""
    items = [
        ("Beranda", reverse("monitoring:home")),
        ("Pelatihan", reverse("trainings:training_list")),
        (str(training), training.get_absolute_url()),
    ]
    return [*items, (here, "")] if here else items


def tell(request, error: ValidationError):
    for text in error.messages:
        messages.error(request, text)


class OfTraining:
    """A page under /pelatihan/<training>/. The right is asked first (403), then the row in scope (404).

    Where `open_only`, a closed or cancelled training leads back to its own page with a sentence.
    """

    right: Right | None = Right.EDIT_TRAININGS
    scope = "editable_by"
    open_only = True
    heading = ""
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
                tell(request, error)
                return redirect(self.training)
        return super().dispatch(request, *args, **kwargs)

    def get_cancel_url(self):
        return self.training.get_absolute_url() + self.anchor

    def get_success_url(self):
        """To the top, where the word on what was saved stands."""
        return self.training.get_absolute_url()

    def get_heading(self):
        return self.heading

    def get_context_data(self, **kwargs):
        heading = self.get_heading()
        mine = {"heading": heading, "crumbs": crumbs(self.training, heading)}
        # Last, for TemplateView hands the words of the address down, the number of the training among them.
        return super().get_context_data(**(mine | kwargs | {"training": self.training}))


class ServiceFormView(OfTraining, FormView):
    """A form whose `save_by(user)` calls a service; what the service refuses stands in the form."""

    template_name = "partials/form_page.html"
    submit_label = "Simpan"
    saved_message = "Tersimpan."

    def get_context_data(self, **kwargs):
        return super().get_context_data(submit_label=self.submit_label, cancel_url=self.get_cancel_url(), **kwargs)

    def form_valid(self, form):
        try:
            result = form.save_by(self.request.user)
        except ValidationError as error:
            form.add_error(None, error)
            return self.form_invalid(form)
        messages.success(self.request, self.get_saved_message(result))
        return redirect(self.get_success_url())

    def get_saved_message(self, result) -> str:
        return self.saved_message.format(row=result)


class QuestionView(OfTraining, View):
    """Asks before something is lost (GET), then does it (POST). Works without JavaScript."""

    question = ""
    loss = ""
    submit_label = "Hapus"
    done_message = ""

    def find(self):
        """Hook: looks for the row of the page, below self.training."""

    def act(self):
        raise NotImplementedError

    def texts(self) -> dict:
        """Hook: question and loss in the words of the row."""
        return {"question": self.question, "loss": self.loss}

    def get(self, request, *args, **kwargs):
        self.find()
        context = self.texts() | {
            "heading": self.get_heading() or self.submit_label,
            "crumbs": crumbs(self.training, self.get_heading() or self.submit_label),
            "submit_label": self.submit_label,
            "cancel_url": self.get_cancel_url(),
        }
        return render(request, "partials/confirm_page.html", context)

    def post(self, request, *args, **kwargs):
        self.find()
        done = self.get_done_message()
        try:
            self.act()
        except ValidationError as error:
            tell(request, error)
        else:
            messages.success(request, done)
        return redirect(self.get_success_url())

    def get_done_message(self) -> str:
        return self.done_message
