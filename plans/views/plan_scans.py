"""Pages of the signed plan as scan or photo, attached to a submitted plan."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_safe
from django.views.generic import CreateView

from accounts.rights import Right
from accounts.scoping import PartMixin
from plans.forms.reviews import PlanScanForm, RecordedApprovalForm
from plans.models import PlanScan, WorkPlan
from plans.rules.plan_approval import refusal
from plans.views.plan_pages import crumbs_of, with_group
from records.editing import SaveMixin
from records.files import serve


class PlanScanCreate(PartMixin, SaveMixin, CreateView):
    """Attaches a scan, by writers or reviewers of the plan; a draft may still change, so it has none."""

    model = PlanScan
    form_class = PlanScanForm
    whole, part_of = WorkPlan, "plan"
    submit_label = "Simpan pindaian"
    saved_message = "Pindaian “{row}” tersimpan."

    def get_wholes(self):
        return with_group(WorkPlan.objects.scannable_by(self.request.user))

    def get_success_url(self):
        return f"{self.parent.get_absolute_url()}#pindaian"

    def get_context_data(self, **kwargs):
        crumbs = crumbs_of(self.parent, ("Unggah pindaian", ""))
        return super().get_context_data(heading="Unggah pindaian bertanda tangan", crumbs=crumbs, **kwargs)


class ApprovalRecord(PartMixin, SaveMixin, CreateView):
    """Records the approval of a submitted plan on paper with its scan, by an account that did not write it."""

    model = PlanScan
    form_class = RecordedApprovalForm
    right = Right.RECORD_APPROVALS
    whole, part_of = WorkPlan, "plan"
    submit_label = "Catat persetujuan"
    saved_message = "Persetujuan menurut naskah bertanda tangan tercatat."

    def get_wholes(self):
        return with_group(WorkPlan.objects.visible_to(self.request.user))

    def get(self, request, *args, **kwargs):
        submitted = self.parent.status == WorkPlan.Status.SUBMITTED
        reason = refusal(self.parent, request.user, self.right)
        if submitted and not reason:
            return super().get(request, *args, **kwargs)
        messages.error(request, reason if submitted else "Rencana kerja ini tidak menunggu persetujuan.")
        return redirect(self.parent)

    def get_success_url(self):
        return f"{self.parent.get_absolute_url()}#langkah"

    def get_context_data(self, **kwargs):
        crumbs = crumbs_of(self.parent, ("Catat persetujuan", ""))
        intro = (
            "Unggah naskah rencana kerja yang sudah ditandatangani. Rencana tampil sebagai disetujui menurut naskah "
            "itu, dengan nama, jabatan, dan tanggal yang Anda tulis di sini."
        )
        heading = "Catat persetujuan menurut naskah bertanda tangan"
        return super().get_context_data(heading=heading, intro=intro, crumbs=crumbs, **kwargs)


@require_safe
def plan_scan_file(request, pk):
    scans = PlanScan.objects.visible_to(request.user).select_related("file", "plan")
    scan = get_object_or_404(scans, pk=pk)
    return serve(request, scan.file, scan.plan.get_absolute_url())
