"""Page of groups without a usulan or plan by its deadline, with a text for each fasilitator."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import OuterRef, Subquery

from accounts.lists import ScopedList
from accounts.rights import Right, may
from kpspams.models import KpspamsGroup
from plans.forms.plan_missing import Deadline, MissingFilter
from plans.models import WorkPlan
from plans.queries.plan_missing import without_plan
from records.exports import Column, Kind, sample_column
from records.formats import date_id
from records.messaging import message_link
from villages.exports import place_columns
from villages.models import Assignment
from villages.services.former_names import once_called

# Texts are made for at most so many groups; longer messages are not read.
MAX_LISTED = 300


@dataclass(frozen=True)
class Message:
    """A text for one fasilitator, or for the villages without one."""

    name: str
    text: str

    @property
    def link(self) -> str:
        return message_link(self.text)


class PlanMissing(ScopedList):
    """Groups without a submitted plan for that deadline. For a final plan a usulan does not count."""

    model = KpspamsGroup
    template_name = "plans/plan_missing.html"
    search_fields = ("search_key", "village__search_key")
    filter_form = MissingFilter
    export_title = "Belum mengajukan rencana kerja"
    sorts = {
        "desa": ("Desa", ("village__name", "name")),
        "kecamatan": ("Kecamatan", ("village__subdistrict__name", "village__name", "name")),
    }

    def found_by(self, text):
        return super().found_by(text) | once_called(text, "village")

    @property
    def moment(self) -> Deadline:
        return self.filters.moment

    @property
    def export_columns(self):
        moment = self.moment if hasattr(self, "filters") else None
        return (
            *place_columns(lambda group: group.village),
            Column("KPSPAMS", lambda g: g.name, "Nama kelompok tanpa kata KPSPAMS"),
            Column("Untuk", lambda g: moment and moment.word, "Usulan atau rencana kerja, dengan tahunnya"),
            Column("Batas", lambda g: moment and moment.due, "Batas pengajuan menurut pengaturan", Kind.DATE),
            Column("Keadaan", state_word, "Keadaan pada hari unduhan"),
            sample_column(),
        )

    def get_queryset(self):
        self.queryset = KpspamsGroup.objects.current().select_related("village__subdistrict")
        rows = super().get_queryset()
        newest = WorkPlan.objects.filter(group=OuterRef("pk"), year=self.moment.year).order_by("-revision")
        return without_plan(rows, self.moment.stage, self.moment.year).annotate(
            plan_id=Subquery(newest.values("pk")[:1]),
            plan_status=Subquery(newest.values("status")[:1]),
            plan_stage=Subquery(newest.values("stage")[:1]),
        )

    def export_facts(self):
        return [*super().export_facts(), ("Untuk", str(self.moment))]

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        for group in context["object_list"]:
            group.state = state_word(group)
        writes = may(self.request.user, Right.EDIT_PLANS)
        return context | {
            "heading": f"Belum mengajukan: {self.moment.word}",
            "moment": self.moment,
            "messages_to_send": messages_of(self.get_queryset(), self.moment)
            if writes and self.moment.recorded
            else [],
            "most_told": MAX_LISTED,
        }


def state_word(group) -> str:
    """What exists instead: nothing, a draft, or only a usulan."""
    if group.plan_status is None:
        return "Belum ada"
    if group.plan_stage == WorkPlan.Stage.PROPOSAL and group.plan_status in WorkPlan.HANDED_IN:
        return "Baru usulan"
    return str(WorkPlan.Status(group.plan_status).label)


def messages_of(groups, moment: Deadline) -> list[Message]:
    """One text for each fasilitator of these villages; villages without one share a text of their own."""
    rows = list(groups[:MAX_LISTED])
    assigned: dict[int, list[str]] = defaultdict(list)
    running = Assignment.objects.current().filter(village__in={group.village_id for group in rows})
    for assignment in running.select_related("user").order_by("user__name", "pk"):
        assigned[assignment.village_id].append(assignment.user.name)
    by_name: dict[str, list] = defaultdict(list)
    for group in rows:
        for name in dict.fromkeys(assigned[group.village_id]) or [""]:
            by_name[name].append(group)
    return [Message(name, _text(name, found, moment)) for name, found in sorted(by_name.items())]


def _text(name: str, groups: list, moment: Deadline) -> str:
    due = f"batas {date_id(moment.due)}{' sudah lewat' if moment.is_past else ''}"
    greeting = f"Yth. {name}," if name else "Yth. Pengurus KPSPAMS,"
    lines = [greeting, f"{moment.word} KPSPAMS berikut belum diajukan ({due}):"]
    for number, group in enumerate(groups, 1):
        lines.append(f"{number}. {group.village}, {group} ({state_word(group).lower()})")
    return "\n".join([*lines, "Mohon dilengkapi dan diajukan di portal. Terima kasih."])
