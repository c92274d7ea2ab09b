"""Pages of final figures (Angka yang ditetapkan): preview, set, withdraw."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods
from django.views.generic import CreateView, DetailView, ListView

from accounts.rights import Right
from accounts.scoping import EditableMixin, RightMixin, require
from monitoring.forms.final_figures import FinalFiguresForm
from monitoring.models import FinalFigures
from monitoring.queries import final_figures
from records import history
from records.confirming import confirm
from records.editing import SaveMixin
from records.formats import date_id
from records.models import Event


def list_crumbs(*more) -> list[tuple[str, str]]:
    return [("Beranda", reverse("monitoring:home")), ("Angka ditetapkan", reverse("monitoring:figures_list")), *more]


class FiguresList(EditableMixin, ListView):
    right = Right.SET_FIGURES
    model = FinalFigures
    template_name = "monitoring/figures_list.html"
    paginate_by = 25

    def get_queryset(self):
        rows = super().get_queryset().select_related("district__settings_row", "recorded_by")
        return rows.order_by("-as_of", "-pk")


class FiguresCreate(SaveMixin, RightMixin, CreateView):
    """The first submission previews the figures, the second freezes them."""

    right = Right.SET_FIGURES
    model = FinalFigures
    form_class = FinalFiguresForm
    template_name = "monitoring/figures_form.html"
    saved_message = "{row} ditetapkan."
    another_label = "Lihat angkanya"

    def get_initial(self):
        return super().get_initial() | {"as_of": localdate()}

    def get_cancel_url(self):
        return reverse("monitoring:figures_list")

    def form_valid(self, form):
        if "tetapkan" not in self.request.POST:
            row = form.instance
            shown = final_figures.figure_rows(final_figures.compute(row.district, row.as_of))
            return self.render_to_response(self.get_context_data(form=form, shown=shown, shown_day=row.as_of))
        return super().form_valid(form)

    def get_context_data(self, **kwargs):
        crumbs = list_crumbs(("Tetapkan angka", ""))
        return super().get_context_data(crumbs=crumbs, **kwargs)


class FiguresDetail(EditableMixin, DetailView):
    right = Right.SET_FIGURES
    model = FinalFigures
    template_name = "monitoring/figures_detail.html"
    context_object_name = "final"

    def get_context_data(self, **kwargs):
        final = self.object
        return super().get_context_data(**kwargs) | {
            "rows": final_figures.figure_rows(final.figures),
            "crumbs": list_crumbs((f"Per {date_id(final.as_of)}", "")),
            "is_shown": final == final_figures.current_figures(final.district) and final.district.rules.public_page,
            "events": final.events,
        }


@require_http_methods(["GET", "HEAD", "POST"])
def figures_withdraw(request, pk):
    """Withdraws figures after a confirmation; the public page then shows the previous ones, or nothing."""
    require(request.user, Right.SET_FIGURES)
    final = get_object_or_404(FinalFigures.objects.editable_by(request.user), pk=pk)

    def act() -> str:
        withdraw(final, request.user)
        return f"{final} dicabut."

    return confirm(
        request,
        act,
        heading=f"Cabut angka per {date_id(final.as_of)}",
        question=f"Cabut angka {final.district} per {date_id(final.as_of)}?",
        loss="Halaman umum kembali ke angka yang ditetapkan sebelumnya, atau kosong bila tidak ada.",
        submit_label="Cabut angka",
        cancel_url=final.get_absolute_url(),
        crumbs=list_crumbs((f"Per {date_id(final.as_of)}", final.get_absolute_url()), ("Cabut", "")),
    )


def withdraw(final: FinalFigures, by) -> None:
    """Withdraws once, also after two clicks. Raises ValidationError when it was withdrawn already."""
    with transaction.atomic():
        if not FinalFigures.objects.current().filter(pk=final.pk).update(withdrawn_at=timezone.now()):
            raise ValidationError("Angka ini sudah dicabut.")
        history.record(final, Event.Verb.WITHDRAW, by=by)
