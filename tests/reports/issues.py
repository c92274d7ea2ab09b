"""Issued documents for tests: a closed day, an approved plan, and the setting that asks for a code."""

from datetime import date

from django.utils import timezone

from documents.models import DocumentSetting
from reports import tasks
from reports.models import Report
from reports.services import requests
from tests import factories
from tests.documents.samples import make_plan, make_training, mark


def coded(kind: str) -> None:
    DocumentSetting.objects.update_or_create(district=factories.DistrictFactory(), kind=kind, defaults={"coded": True})


def closed_training(**fields):
    """Two villages, one day, everybody present, day and training closed."""
    training = make_training(villages=2, days=1, **fields)
    mark(training)
    training.days.update(closed_at=timezone.now())
    training.state = "closed"
    training.save()
    return training


def approved_plan(staff, **fields):
    plan = make_plan(**fields)
    plan.submit(by=staff, on=date(2019, 1, 20))
    plan.approve(by=factories.AdminFactory(may_approve=True), on=date(2019, 1, 30))
    return plan


def made(kind, subject, by, **parameters) -> Report:
    """The report after the worker has made it."""
    report = requests.request_document(kind, subject, parameters, by=by)
    tasks.render_report(report.pk)
    report.refresh_from_db()
    return report
