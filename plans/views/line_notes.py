"""Pages of notes on a submitted plan and on its lines, and of answers."""

from django.http import Http404
from django.views.generic import CreateView, UpdateView

from accounts.rights import Right
from accounts.scoping import EditableMixin, PartMixin
from plans.forms.reviews import AnswerForm, LineNoteForm
from plans.models import LineNote, WorkPlan
from plans.models.reviews import WHOLE_PLAN
from plans.queries.plan_lines import Line, summary
from plans.views.plan_pages import crumbs_of, with_group
from records.editing import SaveMixin


def place_of(plan: WorkPlan, line: int) -> str:
    """URL of a note on the page of the plan."""
    return f"{plan.get_absolute_url()}#{f'kegiatan-{line}' if line else 'catatan-pemeriksa'}"


def about(plan: WorkPlan, line: int) -> str:
    """The line as text; empty where the note is about the plan, or the line is deleted."""
    activity = plan.activities.filter(line=line).first() if line else None
    return f"Kegiatan no. {activity.position}. {summary(Line(activity))}" if activity else ""


class LineNoteCreate(PartMixin, SaveMixin, CreateView):
    """Adds a note, on line WHOLE_PLAN about the plan itself. Only while the plan waits for its decision."""

    model = LineNote
    form_class = LineNoteForm
    whole, part_of = WorkPlan, "plan"
    right = Right.REVIEW_PLANS
    submit_label = "Simpan catatan"
    saved_message = "Catatan tersimpan dan terlihat oleh penulis rencana."

    def get_wholes(self):
        plans = WorkPlan.objects.reviewable_by(self.request.user).filter(status=WorkPlan.Status.SUBMITTED)
        return with_group(plans)

    def get_form_kwargs(self):
        line = self.kwargs["line"]
        if line != WHOLE_PLAN and not self.parent.activities.filter(line=line).exists():
            raise Http404
        kwargs = super().get_form_kwargs()
        kwargs["instance"].line = line
        return kwargs

    def get_success_url(self):
        return place_of(self.parent, self.kwargs["line"])

    def get_context_data(self, **kwargs):
        line = self.kwargs["line"]
        heading = "Catatan untuk kegiatan" if line else "Catatan untuk rencana kerja"
        crumbs = crumbs_of(self.parent, (heading, ""))
        return super().get_context_data(heading=heading, crumbs=crumbs, intro=about(self.parent, line), **kwargs)


class LineNoteAnswer(SaveMixin, EditableMixin, UpdateView):
    model = LineNote
    form_class = AnswerForm
    right = Right.EDIT_PLANS
    submit_label = "Simpan jawaban"
    saved_message = "Jawaban tersimpan."

    def get_queryset(self):
        return super().get_queryset().select_related("plan__group__village__subdistrict", "by")

    def get_success_url(self):
        return place_of(self.object.plan, self.object.line)

    def get_context_data(self, **kwargs):
        note = self.object
        quote = f"{note.by.name if note.by else 'Pemeriksa'}: “{note.text}”"
        line = about(note.plan, note.line)
        return super().get_context_data(
            heading="Jawab catatan",
            crumbs=crumbs_of(note.plan, ("Jawab catatan", "")),
            intro=f"{line}. {quote}" if line else quote,
            **kwargs,
        )
