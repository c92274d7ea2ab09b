"""Accounts (Pengguna) as an admin maintains them."""

from functools import partial

from django.core.exceptions import ValidationError
from django.db.models import F, Func, Value
from django.db.models.functions import Concat, Lower
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods
from django.views.generic import CreateView, DetailView, UpdateView

from accounts.exports import USER_COLUMNS
from accounts.forms.handover import HandoverForm
from accounts.forms.users import UserFilter, UserForm
from accounts.handover import close_account
from accounts.lists import ScopedList
from accounts.models import User
from accounts.rights import Right, in_words
from accounts.roles import Role
from accounts.scoping import EditableMixin, RightMixin, require
from accounts.services import access
from accounts.services import users as services
from accounts.services.passwords import made_up_password, make_temporary, replace_password
from accounts.views.profile import account_facts
from records.confirming import confirm, confirm_page
from records.editing import SaveMixin
from records.formats import moment_id
from records.history import MAX_SHOWN
from records.models import Conflict, Event
from records.saved_drafts import note_saved


def _without(expression, sign):
    return Func(expression, Value(sign), Value(""), function="REPLACE")


def _key():
    """Name and username as records.search_keys.search_key writes them, computed: a list of accounts is short."""
    key = Lower(Concat("name", "username"))
    for sign in (" ", ".", ",", "-", "_", "'"):
        key = _without(key, sign)
    return key


def list_crumbs(*more) -> list[tuple[str, str]]:
    """The way back from a page below the list of accounts."""
    return [("Beranda", reverse("monitoring:home")), ("Pengguna", reverse("accounts:user_list")), *more]


class UserList(ScopedList):
    right = Right.MANAGE_USERS
    model = User
    queryset = User.objects.select_related("district", "subdistrict").annotate(key=_key())
    template_name = "accounts/user_list.html"
    search_fields = ("key",)
    filter_form = UserFilter
    export_title, export_columns = "Daftar pengguna", USER_COLUMNS
    sorts = {
        "nama": ("Nama", ("name", "username")),
        "peran": ("Peran", ("role", "name")),
        "masuk": ("Terakhir masuk", (F("last_login").desc(nulls_last=True),)),
    }

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"shortage": services.admin_shortage(self.request.user)}


class UserDetail(EditableMixin, DetailView):
    right = Right.MANAGE_USERS
    model = User
    queryset = User.objects.select_related("district__settings_row", "subdistrict")
    template_name = "accounts/user_detail.html"
    context_object_name = "account"  # `user` is the logged-in user

    def get_context_data(self, **kwargs):
        account = self.object
        last = {
            "label": "Terakhir masuk",
            "value": moment_id(account.last_login) if account.last_login else "",
            "missing": "Belum pernah masuk",
        }
        return super().get_context_data(**kwargs) | {
            "facts": [*account_facts(account), last],
            "rights": in_words(account),
            "assign_url": f"{reverse('villages:assignment_create')}?fasilitator={account.pk}",
            "assignments": list(account.assignments.select_related("village__subdistrict")),
            "access": [
                access.described(change) for change in account.access_changes.select_related("by", "confirmed_by")
            ],
            "may_confirm": access.unconfirmed(self.request.user).filter(pk=account.pk).exists(),
            "events": account.events.exclude(verb=Event.Verb.LOGIN)[:MAX_SHOWN],
        }


class UserCreate(SaveMixin, RightMixin, CreateView):
    """Shows the first password once, in the answer itself: it is written nowhere, neither in the session nor a log."""

    right = Right.MANAGE_USERS
    model = User
    form_class = UserForm
    submit_label = "Buat akun"
    extra_context = {
        "heading": "Tambah pengguna",
        "intro": "Kata sandi pertama dibuat oleh portal dan tampil satu kali sesudah akun tersimpan.",
    }
    saved_message = (
        "Akun {row} sudah dibuat oleh kiriman sebelumnya. Kata sandinya hanya tampil satu kali; "
        "bila belum tercatat, buat kata sandi baru."
    )

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"crumbs": list_crumbs(("Tambah", ""))}

    def get_initial(self):
        """Presets ?peran= and ?penyetuju= from the list of what is to be set up."""
        role = self.request.GET.get("peran")
        approves = {"may_approve": True} if self.request.GET.get("penyetuju") else {}
        return super().get_initial() | ({"role": role} if role in list(Role) else {}) | approves

    def get_cancel_url(self):
        return reverse("accounts:user_list")

    def form_valid(self, form):
        self.account, self.password = form.instance, made_up_password(form.instance)
        make_temporary(self.account, self.password)
        return super().form_valid(form)

    def saved(self, form):
        if self.object is not self.account:  # created before by the same form
            return super().saved(form)
        note_saved(self.request)
        return password_page(self.request, self.account, self.password, made=True)


class UserUpdate(SaveMixin, EditableMixin, UpdateView):
    right = Right.MANAGE_USERS
    model = User
    form_class = UserForm
    context_object_name = "account"
    submit_label = "Simpan akun"
    saved_message = "Akun {row} tersimpan."

    def get_context_data(self, **kwargs):
        # Read from the database: the object already has the typed values.
        account = User.objects.get(pk=self.object.pk)
        return super().get_context_data(**kwargs) | {
            "heading": f"Ubah akun {account}",
            "crumbs": list_crumbs((str(account), account.get_absolute_url()), ("Ubah", "")),
        }


def password_page(request, account, password, *, made):
    response = render(request, "accounts/user_password.html", {"account": account, "password": password, "made": made})
    response["Cache-Control"] = "no-store, private"  # not even the back button shows it again
    return response


def account_to_change(request, pk):
    require(request.user, Right.MANAGE_USERS)
    return get_object_or_404(User.objects.editable_by(request.user), pk=pk)


def way_back(account, label: str) -> dict:
    """Base of the pages that confirm a change of an account."""
    return {
        "submit_label": label,
        "cancel_url": account.get_absolute_url(),
        "crumbs": list_crumbs((str(account), account.get_absolute_url()), (label, "")),
    }


@never_cache
@require_http_methods(["GET", "POST"])
@sensitive_variables("password")
def user_password_reset(request, pk):
    account = account_to_change(request, pk)
    if account == request.user:
        return redirect("accounts:password_change")
    if request.method == "GET":
        return confirm_page(
            request,
            question=f"Buat kata sandi baru untuk {account}?",
            loss="Kata sandi lama tidak berlaku lagi, dan perangkat yang masih masuk dengan akun ini dikeluarkan.",
            **way_back(account, "Buat kata sandi baru"),
        )
    password = made_up_password(account)
    replace_password(account, password, by=request.user, reason="Kata sandi baru dari admin")
    return password_page(request, account, password, made=False)


@require_http_methods(["GET", "POST"])
def user_confirm(request, pk):
    """Lets another admin confirm that only the owner holds an account that may approve."""
    account = account_to_change(request, pk)
    return _confirm(
        request,
        account,
        access.confirm,
        f"Akun {account} sudah Anda konfirmasi.",
        question=f"Sudahkah Anda memastikan langsung kepada {account} bahwa akun ini hanya dipakai olehnya?",
        loss="Tanyakan kepada orangnya sendiri, bukan kepada yang membuat akun atau kata sandinya. Konfirmasi ini "
        "tercatat dengan nama Anda.",
        submit_label="Konfirmasi akun",
    )


@require_http_methods(["GET", "POST"])
def user_deactivate(request, pk):
    """Confirms the closing of an account and asks for the successors of its open work."""
    account = account_to_change(request, pk)
    form = HandoverForm(request.POST or None, account=account)
    if form.fields and not (form.is_bound and form.is_valid()):
        return _hand_over_page(request, account, form)
    return _confirm(
        request,
        account,
        partial(close_account, answers=form.answers() if form.fields else {}),
        f"Akun {account} dinonaktifkan dan tidak dapat masuk lagi.",
        question=f"Nonaktifkan akun {account}?",
        loss="Akun ini langsung dikeluarkan dan tidak dapat masuk lagi. Data yang pernah dicatatnya tetap ada.",
        submit_label="Nonaktifkan akun",
    )


def _hand_over_page(request, account, form):
    context = {
        "form": form,
        "heading": "Nonaktifkan akun",
        "intro": f"{account} masih memegang pekerjaan. Tentukan siapa yang melanjutkannya; akun ditutup sesudah itu. "
        "Data yang pernah dicatatnya tetap ada.",
        "submit_label": "Serahkan dan nonaktifkan akun",
        "cancel_url": account.get_absolute_url(),
        "crumbs": list_crumbs((str(account), account.get_absolute_url()), ("Nonaktifkan akun", "")),
    }
    return render(request, "partials/form_page.html", context)


@require_http_methods(["GET", "POST"])
def user_reactivate(request, pk):
    account = account_to_change(request, pk)
    return _confirm(
        request,
        account,
        services.reactivate,
        f"Akun {account} aktif lagi.",
        question=f"Aktifkan lagi akun {account}?",
        loss="Akun ini dapat masuk lagi dengan kata sandi lamanya.",
        submit_label="Aktifkan akun",
    )


def _confirm(request, account, service, done: str, *, submit_label: str, **texts):
    """Confirms, then calls `service` with the account; an account that changed meanwhile stays as it is."""

    def act() -> str:
        try:
            service(account, by=request.user)
        except Conflict:
            raise ValidationError("Akun ini baru saja diubah orang lain. Periksa isinya, lalu ulangi.") from None
        return done

    return confirm(request, act, **way_back(account, submit_label), **texts)
