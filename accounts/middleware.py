"""Login required on every page, private caching, and the change of a temporary password."""

from urllib.parse import urlsplit

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_cache_control

from records.expired import holds_secrets, logged_out_page, login_after_press, own_referer
from records.saved_drafts import FIELD as DRAFT_KEY


class LoginMiddleware(LoginRequiredMiddleware):
    """Requires a login on every page and keeps what was posted after a session ended.

    A form posts to its own URL: it is shown again with its values. A button posts to another URL than that of its
    page: after the login that page opens again, because the URL of the button answers no GET, and says that nothing
    was done.
    """

    def handle_no_permission(self, request, view_func):
        if request.method != "POST":
            return super().handle_no_permission(request, view_func)
        page = own_referer(request)
        is_form = DRAFT_KEY in request.POST or urlsplit(page).path == request.path
        if is_form and not holds_secrets(request.POST):
            return logged_out_page(request)
        return login_after_press(request, self.get_login_url(view_func))


class AccountMiddleware:
    """Marks pages of a logged-in user as private, so that no cache keeps them and "back" shows none after the logout
    (ASVS 14.3).
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if request.user.is_authenticated and not response.has_header("Cache-Control"):
            patch_cache_control(response, private=True, no_store=True)
        return response


class TemporaryPasswordMiddleware:
    """Redirects an account with a temporary password to the page that changes it."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view_func, view_args, view_kwargs):
        if not getattr(view_func, "login_required", True) or not request.user.is_authenticated:
            return None
        change = reverse("accounts:password_change")
        if not request.user.has_temporary_password or request.path == change:
            return None
        if request.method in ("GET", "HEAD"):
            return redirect(change)
        return render(request, "accounts/password_first.html", status=403)
