"""State of one document beside the button that requested it."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from reports.models import Report


@require_safe
def print_state(request, pk):
    """The fragment of the page; empty while the page shows the current state."""
    report = get_object_or_404(Report.objects.visible_to(request.user).with_subjects(), pk=pk)
    if request.GET.get("keadaan") == report.state:
        return HttpResponse(status=204)
    return render(request, "reports/_print_state.html", {"report": report})
