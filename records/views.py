"""View with which a browser looks up the drafts that it keeps."""

from django.http import JsonResponse
from django.views.decorators.http import require_GET

from records.saved_drafts import saved_among


@require_GET
def saved_drafts(request):
    """JSON with the keys (`?key=…&key=…`) under which forms of this user are stored."""
    return JsonResponse({"saved": saved_among(request.user, request.GET.getlist("key"))})
