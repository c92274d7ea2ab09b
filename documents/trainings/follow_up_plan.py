"""RKTL: commitments of each village, one page for each; blank lines to fill in before any are recorded."""

from collections import defaultdict
from datetime import date

from django.core.exceptions import ValidationError

from accounts.models import User
from documents.base import Button
from documents.choices import Audience
from documents.content import Parameters, option
from documents.issue_rules import when_follow_ups_closed
from documents.layout import blocks, frame
from documents.layout.blocks import Block
from documents.signers import VILLAGE_HEAD_SIGNS, Level, Signer
from documents.trainings import base, gaps, roster
from documents.trainings.base import Filing, TrainingBlocks, TrainingDocument
from documents.trainings.gaps import Gap
from kpspams.models import KpspamsGroup, Member
from records import formats
from trainings.models import FollowUp, Participant, SpjItem, Training
from villages.models import Village

FILLS = {"isi": "RKTL per desa", "kosong": "RKTL kosong"}
BLANK_LINES = 8
NO_VILLAGE = "Belum ada desa yang diundang atau mengirim peserta. Undang desanya dahulu, lalu minta lagi."


class FollowUpPlan(TrainingDocument[TrainingBlocks]):
    kind, title, code_prefix = "follow_up_plan", "RKTL", "RKTL"
    audience = Audience.DISTRICT
    options = {"fill": FILLS}
    issue_rule = when_follow_ups_closed
    letterhead = ""
    signers = (VILLAGE_HEAD_SIGNS, Signer("group_chair"))
    level = Level.GROUP
    spj_item = SpjItem.Document.FOLLOW_UPS
    buttons = (
        Button("Terisi", {"fill": "isi"}),
        Button("Kosong", {"fill": "kosong"}),
    )
    filing = Filing(11)

    def label(self, parameters: Parameters) -> str:
        return FILLS[option(parameters, "fill") or "isi"]

    def clean(self, training: Training, parameters: Parameters) -> Parameters:
        base.needs_days(training)
        from_villages = training.participants.current().filter(village__isnull=False)
        if not (training.invitations.exists() or training.follow_ups.exists() or from_villages.exists()):
            raise ValidationError(NO_VILLAGE)
        return self.chosen(parameters)

    def gap(self, training: Training, parameters: Parameters) -> Gap | None:
        return None if training.follow_ups.filter(dropped_on=None).exists() else gaps.NO_TASKS

    def collect(self, training: Training, parameters: Parameters, user: User | None) -> TrainingBlocks:
        """Raises ValidationError when none of the villages is visible to this user."""
        day = base.last_day(training)
        signing = self.signing(training, day)
        head = base.head(training, self.label(parameters), day, wide=True, signing=signing)
        tasks = _tasks(training, user) if parameters["fill"] == "isi" else {}
        villages = _villages(training, tasks, user)
        if not villages:
            raise ValidationError(NO_VILLAGE)
        groups = _groups(villages, day)
        heads = frame.village_heads(villages, day)
        body: list[Block] = []
        for village in villages:
            there = groups[village.pk]
            if body:
                body.append(blocks.new_page())
            body += [
                blocks.letterhead(signing.letterhead(village, there[0] if len(there) == 1 else None)),
                blocks.title("RENCANA KERJA TINDAK LANJUT (RKTL)", *head["activity"]),
                blocks.facts(
                    [
                        (f"{head['terms']['village']}/Kecamatan", f"{village.name}/{village.subdistrict.name}"),
                        ("KPSPAMS", ", ".join(group.name for group in there) or base.DOTS),
                        ("Tanggal pelatihan", head["span"]),
                    ]
                ),
                _table(tasks.get(village.pk, [])),
                blocks.signatures(
                    *signing.blocks(
                        village=village,
                        group=there[0] if len(there) == 1 else None,
                        placed=base.place_date(None, day),
                        names={"village_head": heads.get(village.pk, ""), "group_chair": _chair(there, day)},
                    )
                ),
            ]
        return {**base.apart(head), "body": body}


def _tasks(training: Training, user: User | None) -> dict[int, list[FollowUp]]:
    """Tasks by village without the dropped ones."""
    rows = training.follow_ups.all() if user is None else FollowUp.objects.visible_to(user).filter(training=training)
    found = defaultdict(list)
    for row in rows.filter(dropped_on=None).select_related("person").order_by("village__code", "number", "pk"):
        found[row.village_id].append(row)
    return dict(found)


def _villages(training: Training, tasks: dict[int, list[FollowUp]], user: User | None) -> list[Village]:
    """Invited villages, and those that came or have tasks without an invitation."""
    invited = roster.invited_villages(training, user)
    people = training.participants.all() if user is None else Participant.objects.visible_to(user)
    came = people.filter(training=training, village__isnull=False).current().values_list("village", flat=True)
    others = {*tasks, *came} - {village.pk for village in invited}
    rows = Village.objects.filter(pk__in=others).select_related("subdistrict__district") if others else []
    return sorted([*invited, *rows], key=lambda village: village.code)


def _groups(villages: list[Village], day: date) -> dict[int, list[KpspamsGroup]]:
    found: dict[int, list[KpspamsGroup]] = {village.pk: [] for village in villages}
    rows = KpspamsGroup.objects.current(day).filter(village__in=villages).order_by("name", "pk")
    for group in rows.prefetch_related("members__person"):
        found[group.village_id].append(group)
    return found


def _chair(groups: list[KpspamsGroup], day: date) -> str:
    """The name if it is unambiguous; with several groups, or no current one, it is filled in by hand."""
    if len(groups) != 1:
        return ""
    chairs = [member for member in groups[0].members.all() if member.post == Member.Post.CHAIR and member.covers(day)]
    return chairs[0].person.name if len(chairs) == 1 else ""


def _table(tasks: list[FollowUp]) -> Block:
    return blocks.table(
        [
            ("No", 8, "c"),
            ("Kegiatan", 80, "l"),
            ("Hasil", 60, "l"),
            ("Waktu", 35, "l"),
            ("Penanggung jawab", 50, "l"),
            ("Dukungan yang diperlukan", 0, "l"),
        ],
        [[str(number), *_printed(task)] for number, task in enumerate(tasks, 1)]
        or [[str(number), "", "", "", "", ""] for number in range(1, BLANK_LINES + 1)],
        caption="Rencana kerja tindak lanjut",
        tall=not tasks,
    )


def _printed(task: FollowUp) -> list[str]:
    by_when = "; ".join(part for part in (task.due_text, formats.date_id(task.due_on) if task.due_on else "") if part)
    who = task.responsible
    if task.person:
        who = f"{task.person.name} ({who})" if who else task.person.name
    return [task.task, task.output or "-", by_when or "-", who or "-", task.support or "-"]
