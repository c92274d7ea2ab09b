"""List of follow-ups (tindak lanjut) of all trainings: open, late, or soon due."""

from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils.timezone import localdate

from accounts.lists import ScopedList
from trainings.exports import FOLLOW_UP_COLUMNS
from trainings.forms.follow_ups import FollowUpFilter
from trainings.models import FollowUp, TrainingDay
from trainings.queries.follow_ups import candidates
from trainings.views.follow_ups import dress

LAST_DAY = TrainingDay.objects.filter(training=OuterRef("training")).order_by("-date").values("date")[:1]


class FollowUpList(ScopedList):
    model = FollowUp
    template_name = "trainings/follow_up_list.html"
    search_fields = ("village__search_key", "training__search_key")
    filter_form = FollowUpFilter
    export_title, export_columns = "Daftar tindak lanjut RKTL", FOLLOW_UP_COLUMNS
    sorts = {
        "tenggat": ("Tenggat", (F("due_on").asc(nulls_last=True), "village__code", "number")),
        "desa": ("Desa", ("village__code", "training", "number")),
        "pelatihan": ("Pelatihan terbaru", (F("last_day").desc(nulls_last=True), "village__code", "number")),
        "selesai": ("Terakhir selesai", (Coalesce("done_on", "dropped_on").desc(nulls_last=True),)),
    }
    queryset = FollowUp.objects.annotate(last_day=Subquery(LAST_DAY))

    def get_queryset(self):
        rows = super().get_queryset()
        return rows.select_related("village__subdistrict", "training", "person", "group", "work_plan__group")

    def found_by(self, text):
        return super().found_by(text) | Q(task__icontains=text.strip())

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        rows = dress(context["object_list"])
        offered = candidates([row for row in rows if row.is_open])
        for row in rows:
            row.offered = offered.get(row.pk)
            row.age = (localdate() - row.last_day).days if row.last_day else None
        everything = FollowUp.objects.visible_to(self.request.user)
        return context | {"any": bool(rows) or everything.exists()}
