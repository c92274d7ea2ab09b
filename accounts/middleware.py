"""Pages of a logged-in person are private: no cache keeps them, and "back" shows none after the logout (ASVS 14.3)."""

from django.utils.cache import patch_cache_control


class AccountMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if request.user.is_authenticated and not response.has_header("Cache-Control"):
            patch_cache_control(response, private=True, no_store=True)
        return response
