"""System checks of settings beyond those of Django."""

from django.conf import settings
from django.core.checks import Warning as CheckWarning


def https_needs_a_proxy(app_configs, **kwargs):
    """Without TLS of its own, HTTPS without a counted proxy makes every page a redirect."""
    if settings.PRODUCTION and settings.HTTPS and not settings.PROXIES:
        return [
            CheckWarning(
                "HTTPS is on and PROXIES is 0: every page redirects to HTTPS, which the portal does not speak itself.",
                hint="Set PROXIES to the number of your reverse proxies, usually 1; HTTPS=0 only in a closed network.",
                id="pamsimas.W001",
            )
        ]
    return []
