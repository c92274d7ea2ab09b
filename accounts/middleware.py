"""What holds for every page of a logged-in person."""

from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_cache_control


class AccountMiddleware:
    """Their pages are private: no cache keeps them, and "back" shows none after the logout (ASVS 14.3)."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if request.user.is_authenticated and not response.has_header("Cache-Control"):
            patch_cache_control(response, private=True, no_store=True)
        return response


class TemporaryPasswordMiddleware:
    """A password that somebody else made opens the page that changes it, and nothing else that needs a login."""

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
