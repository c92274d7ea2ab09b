"""The signed plan as scan or photo: attached to a plan that was handed in, shown to those who see the plan."""

from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe
from django.views.generic import CreateView

from accounts.scoping import PartMixin
from kpspams.forms.reviews import PlanScanForm
from kpspams.models import PlanScan, WorkPlan
from kpspams.views.plan_pages import crumbs_of, with_group
from records.editing import SaveMixin
from records.files import serve


class PlanScanCreate(PartMixin, SaveMixin, CreateView):
    """By who writes plans in the village or reviews them; a draft may still change, so it has no signed paper."""

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


@require_safe
def plan_scan_file(request, pk):
    scans = PlanScan.objects.visible_to(request.user).select_related("file", "plan")
    scan = get_object_or_404(scans, pk=pk)
    return serve(request, scan.file, scan.plan.get_absolute_url())
