"""What a browser asks about the forms that it keeps."""

from django.http import JsonResponse
from django.views.decorators.http import require_GET

from records.saved_drafts import saved_among


@require_GET
def saved_drafts(request):
    """Which of one's own kept forms (`?key=…&key=…`) are stored."""
    return JsonResponse({"saved": saved_among(request.user, request.GET.getlist("key"))})
