"""Pages of programmes under Pengaturan."""

from django.views.generic import CreateView, UpdateView

from accounts.installation_lists import ListPages, RowForm, RowList
from villages.forms.lists import ProgrammeForm
from villages.models import Programme


class Programmes(ListPages):
    model = Programme
    names = "villages:programme"
    plural = "Program"
    used_by = "bantuan, pelatihan, dan kelompok"


class ProgrammeList(Programmes, RowList):
    template_name = "villages/programme_list.html"


class ProgrammeCreate(Programmes, RowForm, CreateView):
    form_class = ProgrammeForm


class ProgrammeUpdate(Programmes, RowForm, UpdateView):
    form_class = ProgrammeForm
