"""Pages of the list of participants with its filters, and of villages that have proposed nobody."""

from functools import partial

from django.db.models import F
from django.utils.functional import cached_property

from accounts.lists import ScopedList
from accounts.rights import Right, may, sees_whole_district
from records.search_keys import name_key
from trainings.exports import PARTICIPANT_COLUMNS
from trainings.forms.participant_list import ParticipantFilter
from trainings.models import Attendance, Participant, Training
from trainings.queries.figures import agenda_figures, training_figures
from trainings.queries.proposals import by_facilitator, proposals, reminders
from trainings.views.base import TrainingFrame, TrainingPage
from trainings.views.next_steps import pastes_first
from villages.models import Village


class ParticipantList(TrainingFrame, ScopedList):
    """List in the order of the sheet, without phones; withdrawn and replaced participants are included."""

    model = Participant
    page_name = "participant_list"
    heading = "Peserta"
    template_name = "trainings/participant_list.html"
    search_fields = ("person__search_key", "village__search_key")
    export_title, export_columns = "Peserta pelatihan", PARTICIPANT_COLUMNS
    sorts = {
        "nomor": ("Nomor", ("number",)),
        "nama": ("Nama", ("person__search_key",)),
        "desa": ("Desa", (F("village__code").asc(nulls_last=True), "number")),
    }

    @cached_property
    def filter_form(self):
        return partial(ParticipantFilter, training=self.training)

    def get_queryset(self):
        rows = super().get_queryset().filter(training=self.training).prefetch_related("attendances")
        return rows.select_related(
            "person", "village__subdistrict", "proposed_by", "replaces__person", "replaced_by__person"
        )

    def found_by(self, text):
        return super().found_by(text) | super().found_by(name_key(text))

    def export_rows(self):
        return self.counted(list(self.get_queryset()))

    def export_facts(self):
        return [("Pelatihan", str(self.training)), *super().export_facts()]

    def counted(self, rows):
        """Adds to each row the number of attended sessions (None: nothing recorded) and the JP earned."""
        hours = {row.session.pk: row.lesson_hours for day in agenda_figures(self.training) for row in day.sessions}
        self.session_count = len(hours)
        for row in rows:
            marks = list(row.attendances.all())
            attended = [mark.session_id for mark in marks if mark.status in Attendance.PRESENT]
            row.attended = len(attended) if marks else None
            row.lesson_hours = sum(hours.get(pk, 0) for pk in attended) if marks else None
        return rows

    def get_context_data(self, **kwargs):
        user = self.request.user
        context = super().get_context_data(**kwargs)
        self.counted(context["page_obj"].object_list)
        everyone = sees_whole_district(user)
        own = Village.objects.editable_by(user).filter(invitations__training=self.training)
        own_keys = set() if context["runs"] else set(own.values_list("pk", flat=True))
        proposes = may(user, Right.PROPOSE_PARTICIPANTS) and (context["runs"] or bool(own_keys))
        quotas = proposals(self.training, None if everyone else own_keys)
        for row in context["page_obj"].object_list:
            mine = context["can_edit"] or (self.training.is_open and row.village_id in own_keys)
            # Who was present keeps a place on the sheet, and an unsur where no post is printed.
            row.is_tickable = mine and row.is_current and (row.attended is None or not row.post)
        figures = training_figures(self.training, Participant.objects.visible_to(user))
        can_propose = proposes and self.training.is_open
        invited = [row.village for row in figures.invited if context["runs"] or row.village.pk in own_keys]
        return context | {
            "figures": figures,
            "pastes": can_propose and pastes_first(self.training, figures, invited),
            "session_count": self.session_count,
            "sees_all": everyone or Training.objects.markable_by(user).filter(pk=self.training.pk).exists(),
            "own_villages": own_keys,
            "can_propose": can_propose,
            "can_walk_in": self.training.is_open
            and Training.objects.markable_by(user).filter(pk=self.training.pk).exists(),
            "can_tick": any(row.is_tickable for row in context["page_obj"].object_list),
            "quotas": quotas,
            "silent": [row for row in quotas if not row.registered],
        }


class ProposalGaps(TrainingPage):
    """Page of invited villages by fasilitator: requested, registered, none yet; with texts to copy into WhatsApp."""

    right, scope, open_only = Right.EDIT_TRAININGS, "editable_by", True
    page_name = "participant_list"
    heading = "Desa yang belum mengusulkan"
    template_name = "trainings/proposal_gaps.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            groups=by_facilitator(proposals(self.training)), reminders=reminders(self.training), **kwargs
        )
