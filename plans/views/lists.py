"""Pages of bidang and sumber dana under Pengaturan."""

from django.views.generic import CreateView, UpdateView

from accounts.installation_lists import ListPages, RowForm, RowList
from plans.forms.lists import FundingSourceForm, WorkAreaForm
from plans.models import FundingSource, WorkArea


class WorkAreas(ListPages):
    model = WorkArea
    names = "plans:work_area"
    used_by = "rencana kerja"
    plural = "Bidang kegiatan"


class FundingSources(ListPages):
    model = FundingSource
    names = "plans:funding_source"
    used_by = "rencana kerja"
    plural = "Sumber dana"


class WorkAreaList(WorkAreas, RowList):
    template_name = "plans/work_area_list.html"


class WorkAreaCreate(WorkAreas, RowForm, CreateView):
    form_class = WorkAreaForm


class WorkAreaUpdate(WorkAreas, RowForm, UpdateView):
    form_class = WorkAreaForm


class FundingSourceList(FundingSources, RowList):
    template_name = "plans/funding_source_list.html"


class FundingSourceCreate(FundingSources, RowForm, CreateView):
    form_class = FundingSourceForm


class FundingSourceUpdate(FundingSources, RowForm, UpdateView):
    form_class = FundingSourceForm
