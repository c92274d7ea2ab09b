"""Steps of approval of a plan: submit, mark as Diperiksa, approve, return. Each is one POST."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods, require_POST

from accounts.rights import Right
from accounts.scoping import require
from plans.forms.work_plans import StepForm, WithdrawalForm
from plans.models import WorkPlan
from plans.rules.plan_approval import refusal, withdrawal_refusal
from plans.rules.plan_gaps import gaps
from plans.views.plan_pages import chair_vacant, crumbs_of, plan_context, with_group
from records.editing import warn_of_letters
from records.formats import date_id


def take_step(request, plan: WorkPlan, name: str, form: StepForm, waiting: bool, step, done_text: str):
    """Runs one step of approval. `waiting`: the plan is still in the state where this step begins."""
    if waiting and not form.is_valid():
        for text in form.errors.pop("version", []):
            messages.error(request, text)
        form.data = form.data | {f"{form.prefix}-version": str(plan.version)}
        return render(request, "plans/work_plan_detail.html", plan_context(request, plan, **{name: form}), status=422)
    if waiting and name == "submit_form" and gaps(plan.activities.prefetch_related("fundings")):
        context = plan_context(request, plan, **{name: form, "refused": True})
        return render(request, "plans/work_plan_detail.html", context, status=422)
    try:
        form.is_valid()
        on = form.cleaned_data.get("on") or localdate()
        step(by=request.user, on=on, note=form.cleaned_data.get("note", ""))
    except ValidationError as error:
        for text in error.messages:
            messages.error(request, text)
    else:
        messages.success(request, f"{plan} {done_text} tanggal {date_id(on)}.")
        warn_of_letters(request, form)
    return redirect(plan)


@require_POST
def work_plan_submit(request, pk):
    require(request.user, Right.EDIT_PLANS)
    plan = get_object_or_404(with_group(WorkPlan.objects.editable_by(request.user)), pk=pk)
    form = StepForm(request.POST.dict(), plan=plan, prefix="ajukan")

    def step(by, on, note):
        plan.submit(by=by, on=on)

    answer = take_step(request, plan, "submit_form", form, plan.is_open, step, "diajukan")
    if plan.status == WorkPlan.Status.SUBMITTED and chair_vacant(plan):
        messages.warning(request, "Ketua KPSPAMS belum tercatat. Rencana tetap diajukan; lengkapi pengurusnya.")
    return answer


@require_POST
def work_plan_check(request, pk):
    require(request.user, Right.EDIT_PLANS)
    plan = get_object_or_404(with_group(WorkPlan.objects.editable_by(request.user)), pk=pk)
    form = StepForm(request.POST.dict(), plan=plan, noted=False, prefix="periksa")
    waiting = WorkPlan.objects.checkable_by(request.user).filter(pk=pk).exists()
    if not waiting:
        messages.error(request, "Rencana kerja ini tidak menunggu tanda Diperiksa.")
        return redirect(plan)
    return take_step(request, plan, "check_form", form, not plan.checked_step, plan.check_mark, "ditandai Diperiksa")


@require_POST
def work_plan_approve(request, pk):
    require(request.user, Right.APPROVE_PLANS)
    plan = get_object_or_404(with_group(WorkPlan.objects.visible_to(request.user)), pk=pk)
    form = StepForm(request.POST.dict(), plan=plan, noted=False, prefix="setujui")
    waiting = plan.status == WorkPlan.Status.SUBMITTED and not refusal(plan, request.user)
    approved = plan.called(WorkPlan.Status.APPROVED).lower()
    return take_step(request, plan, "approve_form", form, waiting, plan.approve, approved)


@require_POST
def work_plan_return(request, pk):
    require(request.user, Right.REVIEW_PLANS)
    plan = get_object_or_404(with_group(WorkPlan.objects.reviewable_by(request.user)), pk=pk)
    form = StepForm(request.POST.dict(), plan=plan, noted=True, prefix="kembalikan")
    waiting = plan.status == WorkPlan.Status.SUBMITTED
    return take_step(request, plan, "return_form", form, waiting, plan.send_back, "dikembalikan untuk perbaikan")


@require_http_methods(["GET", "HEAD", "POST"])
def work_plan_withdraw(request, pk):
    """Withdraws an approval after asking for day and reason; the plan then waits again."""
    require(request.user, Right.REVIEW_PLANS)  # every account that may approve or record approvals has it
    plan = get_object_or_404(with_group(WorkPlan.objects.visible_to(request.user)), pk=pk)
    if reason := withdrawal_refusal(plan, request.user):
        messages.error(request, reason)
        return redirect(plan)
    form = WithdrawalForm(request.POST or None, plan=plan)
    if request.method == "POST" and form.is_valid():
        try:
            plan.withdraw_approval(by=request.user, on=form.cleaned_data["on"], note=form.cleaned_data["note"])
        except ValidationError as error:
            messages.error(request, error.messages[0])
        else:
            messages.success(request, f"Persetujuan {plan} dicabut. Rencana ini menunggu persetujuan lagi.")
            warn_of_letters(request, form)
        return redirect(f"{plan.get_absolute_url()}#langkah")
    context = {
        "form": form,
        "heading": "Cabut persetujuan",
        "crumbs": crumbs_of(plan, ("Cabut persetujuan", "")),
        "intro": "Cabut persetujuan yang diberikan atau dicatat karena keliru. Rencana ini lalu menunggu persetujuan "
        "lagi; rencana yang digantikannya berlaku kembali. Pindaian, langkah, dan riwayatnya tetap tersimpan. "
        "Dokumen yang sudah diterbitkan dicabut tersendiri pada halamannya.",
        "submit_label": "Cabut persetujuan",
        "danger": True,
        "cancel_url": f"{plan.get_absolute_url()}#langkah",
    }
    return render(request, "partials/form_page.html", context, status=422 if form.errors else 200)
