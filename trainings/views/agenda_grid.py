"""Page of the whole agenda of a training, saved at once."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.views.decorators.gzip import gzip_page
from django.views.generic import View

from records.editing import warn_of_letters
from records.saved_drafts import note_saved
from trainings.forms.agenda_grid import AgendaGrid
from trainings.queries.agenda_notes import OVERLAP
from trainings.services.agenda_grid import AgendaConflict, Saved
from trainings.views.base import TrainingMixin, crumbs
from trainings.views.schedule_reminders import ScheduleRemindersMixin


class AgendaGridView(TrainingMixin, View):
    """Page of the grid. A button named "susun" only rearranges rows and saves nothing."""

    heading = "Ubah susunan acara"
    page_name = "agenda"

    def get(self, request, *args, **kwargs):
        return self.page(AgendaGrid(self.training, request.user))

    def post(self, request, *args, **kwargs):
        grid = AgendaGrid(self.training, request.user, request.POST)
        if action := request.POST.get("susun"):
            grid.arrange(action)
            return self.page(grid)
        if not grid.is_valid():
            return self.page(grid, status=422)
        try:
            saved = grid.save_by(request.user)
        except AgendaConflict as conflict:
            grid = self.met(grid, conflict)
            return self.page(grid, conflict=conflict, status=409)
        except ValidationError as error:
            grid.errors.append({"target": "", "text": error.messages[0]})
            return self.page(grid, status=422)
        self.report(grid, saved)
        return redirect(self.get_success_url())

    def met(self, grid: AgendaGrid, conflict: AgendaConflict) -> AgendaGrid:
        """The grid with the current agenda, which may have changed since this request read it."""
        fresh = AgendaGrid(self.training, self.request.user, self.request.POST)
        fresh.is_valid()
        fresh.meet(conflict)
        return fresh

    def report(self, grid: AgendaGrid, saved: Saved):
        if not saved:
            messages.info(self.request, "Tidak ada yang diubah.")
            note_saved(self.request)
            return
        words = {"ditambahkan": saved.added, "diubah": saved.changed, "dihapus": saved.removed}
        parts = ", ".join(f"{count} {word}" for word, count in words.items() if count)
        messages.success(self.request, f"Susunan acara tersimpan: {parts}.")
        warn_of_letters(self.request, *(row for row in grid.rows if not row.is_blank and not row.dropped))

    def page(self, grid: AgendaGrid, conflict: AgendaConflict | None = None, status: int = 200):
        context = {
            "grid": grid,
            "training": self.training,
            "clashing": len(conflict.stored) if conflict else 0,
            "clash_event": self.last_event(conflict) if conflict else None,
            "heading": self.heading,
            "crumbs": crumbs(self.training, self.heading),
            "cancel_url": self.get_cancel_url(),
            "overlap": OVERLAP,
            "keep": f"susunan-acara-{self.training.pk}",
        }
        return render(self.request, "trainings/agenda_grid.html", context, status=status)

    def last_event(self, conflict: AgendaConflict):
        """Latest event of the first row in conflict; None where only deleted rows clash."""
        item = next((item for item in conflict.stored.values() if item), None)
        return item.events.first() if item else None


@method_decorator(gzip_page, name="dispatch")  # fifty rows of inputs are 250 kB of repeated markup
class AgendaGridUpdate(ScheduleRemindersMixin, AgendaGridView):
    """The page with messages about what must be printed again."""
