"""Helpers for the pages of a plan in progress: their URLs, sent forms and stored entries."""

from django.urls import reverse

from plans.models import ActivityProgress
from tests.pages import shown


def month(plan, number=6):
    return reverse("plans:progress_month", args=[plan.group_id, plan.year, number])


def year(plan):
    return reverse("plans:progress_year", args=[plan.group_id, plan.year])


def send(client, plan, number=6, page=None, query="", **changes):
    """Fills in the page as shown ("page" from earlier) and sends it."""
    values = page or shown(client.get(month(plan, number) + query))
    data = {name.replace("__", "-"): value for name, value in changes.items()}
    return client.post(month(plan, number) + query, values | data)


def entry(line=1):
    return ActivityProgress.objects.current().get(activity__line=line)


def lines(response):
    return [row.progress.activity.title for row in response.context["sheet"].rows]
