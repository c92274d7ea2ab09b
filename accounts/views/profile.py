"""Profile of the logged-in user: scope, rights and password."""

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.shortcuts import redirect
from django.urls import reverse_lazy
from django.utils.decorators import method_decorator
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import FormView, TemplateView, UpdateView

from accounts.forms.login import OwnPasswordForm
from accounts.forms.users import ContactForm
from accounts.models import User
from accounts.rights import in_words
from accounts.services.passwords import replace_password
from records.editing import SaveMixin
from records.formats import date_id, phone_id


class Profile(TemplateView):
    template_name = "accounts/profile.html"

    def get_context_data(self, **kwargs):
        user = self.request.user
        return super().get_context_data(**kwargs) | {
            "facts": account_facts(user),
            "rights": in_words(user),
            "assignments": list(user.assignments.select_related("village__subdistrict")),
        }


def account_facts(user) -> list[dict]:
    """Facts of an account as label and value, for its owner and for admins."""
    facts = [
        {"label": "Nama lengkap", "value": user.name},
        {"label": "Nama pengguna", "value": user.username},
        {"label": "Peran", "value": user.get_role_display()},
    ]
    if user.facilitator_type:
        facts.append({"label": "Jenis fasilitator", "value": user.get_facilitator_type_display()})
    contacts = [
        {"label": "Pos-el", "value": user.email, "missing": "Belum diisi"},
        {"label": "Nomor HP", "value": phone_id(user.phone), "missing": "Belum diisi"},
    ]
    place = "Semua kabupaten" if user.all_districts else str(user.district)
    approves = "Ya" if user.may_approve else "Tidak"
    return [
        *facts,
        *contacts,
        {"label": "Kabupaten", "value": place},
        *([{"label": "Kecamatan", "value": user.subdistrict.name}] if user.subdistrict else []),
        {"label": "Berhak menyetujui rencana kerja", "value": approves},
        {"label": "Berlaku sampai", "value": date_id(user.ends_on) if user.ends_on else "", "missing": "Tanpa batas"},
    ]


class ContactUpdate(SaveMixin, UpdateView):
    """The user's own e-mail and telephone number; an admin edits everything else."""

    form_class = ContactForm
    success_url = reverse_lazy("accounts:profile")
    submit_label = "Simpan kontak"
    saved_message = "Kontak Anda tersimpan."
    extra_context = {
        "heading": "Ubah kontak Anda",
        "intro": "Pos-el dipakai hanya untuk pengingat yang Anda minta. Keduanya boleh dikosongkan.",
        "crumbs": [("Beranda", reverse_lazy("monitoring:home")), ("Akun saya", success_url), ("Kontak", "")],
    }

    def get_object(self, queryset=None):
        return User.objects.get(pk=self.request.user.pk)

    def get_cancel_url(self):
        return self.success_url


@method_decorator(sensitive_post_parameters("old", "new", "again"), name="dispatch")
class PasswordChange(FormView):
    form_class = OwnPasswordForm
    template_name = "accounts/password_change.html"
    success_url = reverse_lazy("accounts:profile")

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"user": self.request.user}

    def form_valid(self, form):
        user = self.request.user
        replace_password(user, form.cleaned_data["new"], by=user)
        update_session_auth_hash(self.request, user)
        messages.success(self.request, "Kata sandi Anda sudah diganti. Perangkat lain sudah dikeluarkan.")
        return redirect(self.success_url)
