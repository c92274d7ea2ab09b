"""Login: only accounts that are current today; demo accounts only in demo mode and from this machine."""

import ipaddress

from django.conf import settings
from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.hashers import make_password

from accounts.models import User


def is_local(request) -> bool:
    """True for a browser on this machine; a forwarded request comes from somewhere else."""
    if request is None or "HTTP_X_FORWARDED_FOR" in request.META:
        return False
    try:
        return ipaddress.ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False


class AccountBackend(BaseBackend):
    def authenticate(self, request, username=None, password=None):
        if username is None or password is None:
            return None
        user = User.objects.filter(username=username.strip().lower()).first()
        if user is None:
            make_password(password)  # the same time as for an account that exists
            return None
        if not user.check_password(password) or not user.is_current:
            return None
        if user.password_has_ended or user.password_used_at:  # a temporary password opens one session
            return None
        if user.is_sample and not (settings.DEMO_MODE and is_local(request)):
            return None
        return user

    def get_user(self, user_id):
        """Django calls it on every request, so an ended account is logged out at once."""
        user = User.objects.select_related("district__settings_row", "subdistrict").filter(pk=user_id).first()
        if user is None or not user.is_current or (user.is_sample and not settings.DEMO_MODE):
            return None
        if user.password_has_ended:
            return None
        return user
