"""Login and logout."""

from datetime import timedelta

from django.contrib import messages
from django.contrib.auth import login, logout
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import RedirectURLMixin
from django.db import transaction
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST
from django.views.generic import FormView

from accounts import throttle
from accounts.backends import is_local
from accounts.demo import DEMO_PASSWORD, demo_accounts
from accounts.forms.login import LoginForm
from accounts.services.passwords import take_temporary
from records import history
from records.expired import UNDONE
from records.models import Event

# A fasilitator works on a phone of their own and with a poor signal: logging in daily would cost more than it
# protects, and an ended account is logged out at its next request anyway. All others sit at computers that others
# use too: one working day, and the next morning asks again.
PHONE = timedelta(days=30)
OFFICE = timedelta(hours=12)

PRESS_AGAIN = "Anda sudah masuk lagi. Yang tadi Anda tekan belum dijalankan: tekan sekali lagi."


@method_decorator([login_not_required, never_cache, sensitive_post_parameters("password")], name="dispatch")
class Login(RedirectURLMixin, FormView):
    form_class = LoginForm
    template_name = "accounts/login.html"
    next_page = "monitoring:home"

    def dispatch(self, request, *args, **kwargs):
        if request.user.is_authenticated:
            return redirect(self.get_success_url())
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"request": self.request}

    def get_context_data(self, **kwargs):
        shown = demo_accounts() if is_local(self.request) else []
        return super().get_context_data(**kwargs) | {
            "next": self.get_redirect_url(),
            "undone": self.is_undone(),
            "demo_accounts": shown,
            "demo_password": DEMO_PASSWORD if shown else "",
        }

    def is_undone(self) -> bool:
        """Whether a button was pressed after the session had ended (records/expired.py)."""
        return UNDONE in self.request.POST or UNDONE in self.request.GET

    def form_valid(self, form):
        user = form.user
        with transaction.atomic():
            if not take_temporary(user):
                form.add_error(None, form.WRONG)
                return self.form_invalid(form)
            login(self.request, user)
            history.record(user, Event.Verb.LOGIN, by=user)
        lasts = PHONE if user.is_facilitator else OFFICE
        self.request.session.set_expiry(timezone.now() + lasts)
        if self.is_undone():
            messages.warning(self.request, PRESS_AGAIN)
        response = redirect(self.get_success_url())
        throttle.remember_device(self.request, response, user.username)
        return response

    def form_invalid(self, form):
        response = super().form_invalid(form)
        if form.wait:
            response.status_code = 429
            response["Retry-After"] = str(form.wait)
        return response


@login_not_required  # a session that ran out meanwhile has nothing to log in for
@require_POST
def logout_view(request):
    if request.user.is_authenticated:
        logout(request)
        messages.success(request, "Anda sudah keluar.")
    return redirect("accounts:login")
