"""Pages of assignments: list, villages without one, and the forms that assign, end and extend."""

import uuid

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.urls import reverse, reverse_lazy
from django.views.generic import FormView, UpdateView

from accounts.lists import ScopedList
from accounts.rights import Right
from accounts.scoping import EditableMixin, RightMixin
from records.editing import SaveMixin
from records.models import SentByAnother, SentOther
from records.resending import SentOnceMixin
from villages.exports import ASSIGNMENT_COLUMNS, GAP_COLUMNS
from villages.forms.assignments import AssignForm, AssignmentFilter, AssignmentForm, ExtendForm, GapFilter
from villages.models import Assignment, Village
from villages.services.assignments import assign, extend, extended_with
from villages.services.former_names import once_called


def crumbs_to(label):
    return [
        ("Beranda", reverse("monitoring:home")),
        ("Pengguna", reverse("accounts:user_list")),
        ("Penugasan", reverse("villages:assignment_list")),
        (label, ""),
    ]


class AssignmentList(ScopedList):
    right = Right.MANAGE_USERS
    model = Assignment
    queryset = Assignment.objects.select_related("user", "village__subdistrict")
    template_name = "villages/assignment_list.html"
    search_fields = ("village__search_key",)
    filter_form = AssignmentFilter
    export_title, export_columns = "Daftar penugasan", ASSIGNMENT_COLUMNS
    sorts = {
        "fasilitator": ("Fasilitator", ("user__name", "village__search_key", "-starts_on")),
        "desa": ("Desa", ("village__search_key", "-starts_on")),
        "mulai": ("Mulai", ("-starts_on", "user__name")),
        "berakhir": ("Berakhir", ("ends_on", "user__name")),
    }

    def found_by(self, text):
        return super().found_by(text) | once_called(text, "village")

    def get_context_data(self, **kwargs):
        user = self.request.user
        return super().get_context_data(**kwargs) | {
            "gaps": Village.objects.visible_to(user).without_facilitator().count(),
            "ending": Assignment.objects.editable_by(user).to_extend().count(),
        }


class AssignmentGapList(ScopedList):
    """Villages without a fasilitator."""

    right = Right.MANAGE_USERS
    model = Village
    queryset = Village.objects.select_related("subdistrict")
    template_name = "villages/assignment_gap_list.html"
    search_fields = ("search_key",)
    filter_form = GapFilter
    export_title, export_columns = "Daftar desa tanpa fasilitator", GAP_COLUMNS
    sorts = {
        "kecamatan": ("Kecamatan", ("subdistrict__code", "search_key")),
        "nama": ("Nama", ("search_key",)),
    }

    def get_queryset(self):
        # Built in each request: a queryset of the class would keep the day on which the server started.
        return super().get_queryset().without_facilitator()

    def found_by(self, text):
        return super().found_by(text) | once_called(text)


class AssignFormView(SentOnceMixin, RightMixin, FormView):
    """Base of the forms of this page: the user, and the link back."""

    right = Right.MANAGE_USERS
    template_name = "partials/form_page.html"
    success_url = reverse_lazy("villages:assignment_list")
    heading = ""
    submit_label = ""

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"user": self.request.user}

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "heading": self.heading,
            "submit_label": self.submit_label,
            "cancel_url": self.success_url,
            "crumbs": crumbs_to(self.heading),
        }


class AssignmentCreate(AssignFormView):
    form_class = AssignForm
    heading = "Tugaskan fasilitator"
    another_label = "Simpan sebagai penugasan lain"
    submit_label = "Simpan penugasan"

    def get_initial(self):
        """Presets ?fasilitator= and ?desa= from the previous page; a value that is no number is ignored."""
        wished = {"fasilitator": self.request.GET.get("fasilitator", "")}
        desa = [pk for pk in self.request.GET.getlist("desa") if pk.isdecimal()]
        return super().get_initial() | {key: pk for key, pk in wished.items() if pk.isdecimal()} | {"villages": desa}

    def assign(self, form) -> list[Assignment]:
        data = form.cleaned_data
        return assign(
            data["fasilitator"],
            list(data["villages"]),
            data["starts_on"],
            data["ends_on"],
            by=self.request.user,
            key=data["request_key"] or uuid.uuid4(),
        )

    def form_valid(self, form):
        user = form.cleaned_data["fasilitator"]
        try:
            made = self.store(form, self.assign)
        except ValidationError as error:
            form.add_error("villages", error)
            return self.form_invalid(form)
        except (SentOther, SentByAnother) as error:
            return self.answer_resent(form, error)
        messages.success(self.request, f"Penugasan {user} tersimpan: {len(made)} desa.")
        return redirect(user)


class AssignmentUpdate(SaveMixin, EditableMixin, UpdateView):
    right = Right.MANAGE_USERS
    model = Assignment
    queryset = Assignment.objects.select_related("user", "village")
    form_class = AssignmentForm
    success_url = reverse_lazy("villages:assignment_list")
    submit_label = "Simpan tanggal"
    saved_message = "Penugasan {row} tersimpan."

    def get_context_data(self, **kwargs):
        heading = f"Tanggal penugasan {self.object}"
        return super().get_context_data(**kwargs) | {"heading": heading, "crumbs": crumbs_to("Ubah tanggal")}

    def get_success_url(self):
        return self.object.user.get_absolute_url()


class AssignmentExtend(AssignFormView):
    form_class = ExtendForm
    template_name = "villages/assignment_extend.html"
    heading = "Perpanjang semua ke TA berikutnya"
    another_label = ""
    submit_label = "Perpanjang penugasan"

    def get_form_kwargs(self):
        rows = Assignment.objects.editable_by(self.request.user).to_extend()
        rows = rows.select_related("user", "village").order_by("user__name", "village__search_key", "pk")
        return super().get_form_kwargs() | {"ending": rows}

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        return context | {"anything": bool(context["form"].fields["assignments"].queryset)}

    def extend(self, form) -> list[Assignment]:
        data = form.cleaned_data
        key = data["request_key"] or uuid.uuid4()
        return extend(list(data["assignments"]), data["until"], by=self.request.user, key=key)

    def form_valid(self, form):
        try:
            made = self.store(form, self.extend)
        except (SentOther, SentByAnother) as error:
            return self.answer_resent(form, error)
        return self.done(len(made))

    def form_invalid(self, form):
        """A resent form, whose assignments are no choices any more, gets the answer of the first time."""
        try:
            made = self.sent_before(form)
        except (SentOther, SentByAnother) as error:
            return self.answer_resent(form, error)
        if made is None:
            return super().form_invalid(form)
        pks = [int(pk) for pk in form.data.getlist("assignments") if pk.isdecimal() and len(pk) < 19]
        return self.done(extended_with(form.cleaned_data["request_key"], pks))

    def done(self, count):
        messages.success(self.request, f"{count} penugasan diperpanjang.")
        return redirect(self.success_url)
