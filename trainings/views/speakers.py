"""Pages of narasumber of a kabupaten, and of the panitia of one training."""

from django.db.models import Count
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.generic import CreateView, UpdateView

from accounts.lists import ScopedList
from accounts.rights import Right
from accounts.scoping import EditableMixin, RightMixin
from records.editing import SaveMixin
from trainings.forms.people import (
    CommitteeMemberForm,
    CommitteeMemberUpdateForm,
    ResourcePersonCreateForm,
    ResourcePersonForm,
)
from trainings.models import CommitteeMember, ResourcePerson
from trainings.services import speakers as services
from trainings.views.base import QuestionView, TrainingMixin


class ResourcePersonList(ScopedList):
    template_name = "trainings/resource_person_list.html"
    search_fields = ("person__search_key",)
    sorts = {
        "nama": ("Nama", ("person__search_key",)),
        "instansi": ("Instansi", ("person__institution", "person__search_key")),
        "tersering": ("Paling sering mengajar", ("-training_count", "person__search_key")),
    }

    queryset = ResourcePerson.objects.annotate(
        training_count=Count("appearances__item__day__training", distinct=True)
    ).select_related("person__village")


class ResourcePersonPage(SaveMixin):
    submit_label = "Simpan narasumber"
    saved_message = "Narasumber {row} tersimpan."
    right = Right.EDIT_TRAININGS
    heading = ""

    def get_cancel_url(self):
        return reverse("trainings:resource_person_list")

    get_success_url = get_cancel_url

    def get_context_data(self, **kwargs):
        way = [
            ("Beranda", reverse("monitoring:home")),
            ("Pelatihan", reverse("trainings:training_list")),
            ("Narasumber", self.get_cancel_url()),
        ]
        heading = self.get_heading()
        return super().get_context_data(**({"heading": heading, "crumbs": [*way, (heading, "")]} | kwargs))

    def get_heading(self):
        return self.heading


class ResourcePersonCreate(ResourcePersonPage, RightMixin, CreateView):
    model = ResourcePerson
    form_class = ResourcePersonCreateForm
    heading = "Tambah narasumber"


class ResourcePersonUpdate(ResourcePersonPage, EditableMixin, UpdateView):
    model = ResourcePerson
    queryset = ResourcePerson.objects.select_related("person")
    form_class = ResourcePersonForm

    def get_heading(self):
        return f"Narasumber {self.object}"

    def get_context_data(self, **kwargs):
        intro = "Nama, L/P, dan instansi diubah pada halaman orangnya."
        return super().get_context_data(intro=intro, **kwargs)


class CommitteeMixin(TrainingMixin):
    page_name = "agenda"
    anchor = "#panitia"


class CommitteeCreate(CommitteeMixin, SaveMixin, CreateView):
    model = CommitteeMember
    form_class = CommitteeMemberForm
    heading = "Tambah panitia"
    submit_label = "Simpan panitia"
    saved_message = "{row} tersimpan sebagai panitia."

    def get_form_kwargs(self):
        number = self.training.committee.aggregate(n=Count("pk"))["n"] + 1
        initial = {"training": self.training.pk, "number": number}
        return super().get_form_kwargs() | {"instance": CommitteeMember(training=self.training), "initial": initial}


class CommitteeUpdate(CommitteeMixin, SaveMixin, UpdateView):
    form_class = CommitteeMemberUpdateForm
    submit_label = "Simpan panitia"
    saved_message = "{row} tersimpan sebagai panitia."

    def get_object(self, queryset=None):
        rows = self.training.committee.select_related("person", "training")
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    def get_heading(self):
        return f"Panitia {self.object.person}"

    def get_context_data(self, **kwargs):
        return super().get_context_data(intro="Nama, L/P, dan instansi diubah pada halaman orangnya.", **kwargs)


class CommitteeRemove(CommitteeMixin, QuestionView):
    submit_label = "Hapus dari panitia"

    def find(self):
        rows = self.training.committee.select_related("person", "training")
        self.member = get_object_or_404(rows, pk=self.kwargs["pk"])

    def texts(self):
        loss = "Namanya tidak lagi tercetak pada daftar hadir panitia. Data orangnya tetap."
        return {"question": f"Hapus {self.member.person} dari panitia?", "loss": loss}

    def act(self):
        services.remove_committee_member(self.member, by=self.request.user)

    def get_done_message(self):
        return f"{self.member.person} tidak lagi menjadi panitia."
