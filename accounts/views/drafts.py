"""Page of the forms that wait on the device; the server does not know them, unsent_page.js fills the page."""

from django.views.generic import TemplateView


class UnsentDrafts(TemplateView):
    template_name = "accounts/unsent_drafts.html"
