"""The forms that wait on a device; the portal does not know them, the page fills itself (unsent_page.js)."""

from django.views.generic import TemplateView


class UnsentDrafts(TemplateView):
    template_name = "accounts/unsent_drafts.html"
