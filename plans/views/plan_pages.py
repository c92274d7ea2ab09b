"""Shared parts of the pages of one plan: breadcrumbs, tones, context of the page, redirect when locked."""

from collections import defaultdict

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.timezone import localdate

from accounts.rights import Right, may
from accounts.services import access
from kpspams.models import Member
from plans.forms.work_plans import StepForm
from plans.models import Activity, LineNote, WorkPlan
from plans.models.reviews import WHOLE_PLAN
from plans.queries.fees import FeeCheck, Verdict
from plans.queries.plan_totals import plan_sums
from plans.rules.plan_approval import refusal, withdrawal_refusal
from plans.rules.plan_gaps import gaps
from plans.services.plan_starts import Start
from records.history import MAX_SHOWN

TONES = {
    WorkPlan.Status.DRAFT: "grey",
    WorkPlan.Status.RETURNED: "amber",
    WorkPlan.Status.SUBMITTED: "amber",
    WorkPlan.Status.APPROVED: "green",
    WorkPlan.Status.SUPERSEDED: "grey",
}
FEE_TONES = {
    Verdict.UNKNOWN: "grey",
    Verdict.NO_FEE: "red",
    Verdict.BELOW: "red",
    Verdict.COVERS: "green",
    Verdict.COVERS_REPAIR: "green",
}
# How a locked plan can be opened, by its status.
WAYS_ON = {
    WorkPlan.Status.SUBMITTED: "Rencana ini dapat diubah lagi sesudah dikembalikan.",
    WorkPlan.Status.APPROVED: "Untuk mengubahnya, buka revisi.",
    WorkPlan.Status.SUPERSEDED: "Yang berlaku ialah revisinya.",
}


def crumbs_of(plan: WorkPlan, *more: tuple[str, str]) -> list[tuple[str, str]]:
    here = (f"{plan.group.village}, {plan.year}", plan.get_absolute_url())
    return [("Beranda", reverse("monitoring:home")), ("Rencana Kerja", reverse("plans:work_plan_list")), here, *more]


def with_group(plans):
    return plans.select_related("group__village__subdistrict__district__settings_row").prefetch_related(
        "group__documents__group"
    )


def locked(request, plan: WorkPlan):
    """Redirects to the plan with the reason why it is read-only."""
    messages.error(
        request,
        f"Kegiatan terkunci karena rencana kerja ini berstatus {plan.status_word}. {WAYS_ON[plan.status]}",
    )
    return redirect(plan)


def plan_context(request, plan: WorkPlan, **more) -> dict:
    """Context of the page of a plan; `more`: the form of an invalid step, as typed."""
    user = request.user
    group = plan.group
    submitted = plan.status == WorkPlan.Status.SUBMITTED
    may_write = WorkPlan.objects.editable_by(user).filter(pk=plan.pk).exists()
    editable = plan.is_open and may_write
    returnable = submitted and WorkPlan.objects.reviewable_by(user).filter(pk=plan.pk).exists()
    refused = {
        right: refusal(plan, user, right)
        for right in (Right.APPROVE_PLANS, Right.RECORD_APPROVALS)
        if submitted and may(user, right)
    }
    approvable = refused.get(Right.APPROVE_PLANS) == ""
    sums = plan_sums(plan)
    steps = list(plan.steps.select_related("by", "scan"))
    for step in steps:
        step.plan = plan
        approved = step.action == step.Action.APPROVE
        step.account_notes = access.sentences(step.by, step.recorded_at) if approved and step.by else []
    context = {
        "plan": plan,
        "tone": TONES[plan.status],
        "sums": sums,
        **fee_context(sums.fee_check),
        "facts": plan_facts(plan),
        "steps": steps,
        "last_step": steps[-1] if steps else None,
        "village": group.village,
        "editable": editable,
        "may_write": may_write,
        "revisable": may_write and plan.status == WorkPlan.Status.APPROVED,
        "withdrawable": plan.status == WorkPlan.Status.APPROVED and not withdrawal_refusal(plan, user),
        "recordable": refused.get(Right.RECORD_APPROVALS) == "",
        "approval_refusal": next(filter(None, refused.values()), ""),
        "starts": [choice for choice in Start.choices if choice[0] != Start.EMPTY],
        "scans": list(plan.scans.select_related("file", "by")),
        "may_scan": WorkPlan.objects.scannable_by(user).filter(pk=plan.pk).exists(),
        "events": plan.events[:MAX_SHOWN],
        "crumbs": crumbs_of(plan),
    }
    context |= notes_of(plan, [activity for part in sums.areas for _, activity in part.numbered])
    context["answerable"] = may_write and (plan.is_open or submitted)
    context["notable"] = returnable
    if editable:
        context["gaps"] = gaps(activity for part in sums.areas for _, activity in part.numbered)
        context["chair_vacant"] = chair_vacant(plan)
        context["submit_form"] = StepForm(plan=plan, prefix="ajukan")
    if returnable:
        context["return_form"] = StepForm(plan=plan, noted=True, prefix="kembalikan")
    if approvable:
        context["approve_form"] = StepForm(plan=plan, noted=False, prefix="setujui")
        context["approved_word"] = plan.called(WorkPlan.Status.APPROVED)
    if submitted and not plan.checked_step and WorkPlan.objects.checkable_by(user).filter(pk=plan.pk).exists():
        context["check_form"] = StepForm(plan=plan, noted=False, prefix="periksa")
    return context | more


def fee_context(check: FeeCheck) -> dict:
    return {"fee": check, "fee_tone": FEE_TONES[check.verdict], "fee_left": abs(check.left or 0)}


def fee_data(plan: WorkPlan, check: FeeCheck, fee_codes: str) -> dict[str, str]:
    """Figures with which the script of the grid updates the fee check; an empty text is unknown."""
    figures = {
        "payers": plan.payers,
        "base-fee": plan.base_fee,
        "tariff": plan.tariff,
        "use-hundredths": int(plan.average_use * 100),
        "rate": plan.collection_rate,
        "income": check.recorded.income,
        "cost": check.recorded.cost,
    }
    texts = {name: "" if value is None else str(value) for name, value in figures.items()}
    return texts | {"fee-codes": fee_codes, "unit": plan.get_payer_unit_display()}


def notes_of(plan: WorkPlan, activities: list[Activity]) -> dict:
    """Adds the notes to their lines (`activity.review_notes`); returns those of deleted lines."""
    by_line: dict[int, list[LineNote]] = defaultdict(list)
    notes = list(plan.line_notes.select_related("by", "answered_by"))
    for note in notes:
        by_line[note.line].append(note)
    for activity in activities:
        activity.review_notes = by_line.pop(activity.line, [])
    plan_notes = by_line.pop(WHOLE_PLAN, [])
    return {
        "plan_notes": plan_notes,
        "gone_notes": [note for found in by_line.values() for note in found],
        "note_count": len(notes),
        "open_notes": sum(not note.answer for note in notes),
    }


def chair_vacant(plan: WorkPlan) -> bool:
    """Note that there is no ketua today, which does not block anything."""
    return not plan.group.members.current().filter(post=Member.Post.CHAIR).exists()


def plan_facts(plan: WorkPlan) -> list[dict]:
    """The head of the paper form."""
    group, village = plan.group, plan.group.village
    decree = group.decree_on(localdate())
    unit = plan.get_payer_unit_display()
    fees = reverse("plans:work_plan_fees", args=[plan.pk]) if plan.is_open else ""
    return [
        {"label": "KPSPAMS", "value": group, "url": reverse("kpspams:group_detail", args=[group.pk])},
        {"label": "Desa", "value": village.name, "url": village.get_absolute_url()},
        {"label": "Kecamatan", "value": village.subdistrict.name},
        {"label": "Kabupaten", "value": village.subdistrict.district.name},
        {
            "label": f"Pembayar iuran ({unit})",
            "value": plan.payers,
            "missing": "Belum diisi.",
            "missing_url": fees,
            "missing_label": "Isi data iuran",
        },
        {
            "label": "No. SK",
            "value": decree and (decree.number or "Dalam proses"),
            "missing": "Belum ada SK.",
        },
    ]
