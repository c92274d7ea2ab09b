"""Visibility of reports: the scope of the subject and the audience, checked for pages, lists and downloads."""

from django.db import models
from django.db.models import Q

from accounts.models import District
from accounts.rights import sees_all_phones, sees_whole_district
from documents.choices import Audience, IssueStatus
from jobs.models import Job
from kpspams.models import KpspamsGroup
from plans.models import DamageReport, WorkPlan
from trainings.models import Training
from villages.models import Village

ISSUED = [IssueStatus.IN_FORCE, IssueStatus.REPLACED, IssueStatus.WITHDRAWN]


class ReportQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Scope of the subject *and* audience of the document; both are checked for every page and download."""
        if not user.is_authenticated:
            return self.none()
        trainings = Training.objects.visible_to(user).values("pk")
        in_scope = (
            Q(training__in=trainings)
            | Q(day__training__in=trainings)
            | Q(session__day__training__in=trainings)
            | Q(work_plan__in=WorkPlan.objects.visible_to(user).values("pk"))
            | Q(group__in=KpspamsGroup.objects.visible_to(user).values("pk"))
            | Q(village__in=Village.objects.visible_to(user).values("pk"))
            | Q(district__in=District.objects.visible_to(user).values("pk"))
            | Q(damage__in=DamageReport.objects.visible_to(user).values("pk"))
        )
        rows = self.filter(in_scope, self._audience(user))
        return rows if sees_all_phones(user) else rows.without_phones()

    def without_phones(self):
        """Excludes the attendance sheets that print telephone numbers; most kinds have no such parameter."""
        return self.filter(Q(parameters__phones=False) | Q(parameters__phones__isnull=True))

    def _audience(self, user) -> Q:
        if user.is_office:
            return Q()
        if sees_whole_district(user):
            return ~Q(audience=Audience.OFFICE) & (~Q(audience=Audience.REQUESTER) | Q(by=user))
        named = Training.objects.filter(officers=user).values("pk")
        as_officer = Q(training__in=named) | Q(day__training__in=named) | Q(session__day__training__in=named)
        return (
            Q(audience=Audience.SUBJECT)
            | Q(audience=Audience.REQUESTER, by=user)
            | (Q(audience=Audience.DISTRICT) & as_officer)
        )

    def steered_by(self, user):
        """Documents that this user may cancel: their own, and for the office all that it sees."""
        rows = self.visible_to(user)
        return rows if user.is_office else rows.filter(by=user)

    def passing(self):
        """Documents that may be deleted: nobody is accountable for them, and no other row needs them."""
        ended = self.exclude(state__in=Job.UNDER_WAY).filter(bundle=None, schedule=None)
        return ended.exclude(issue_status__in=ISSUED)

    def unseen_by(self, user):
        """Ready documents that their requester has not seen yet; a bundle counts instead of its parts."""
        return self.visible_to(user).filter(by=user, state=Job.State.READY, seen_at=None, bundle=None)

    def with_subjects(self):
        """Loads what a list shows of each row in one query; defers the snapshot, which may be long."""
        return self.defer("snapshot").select_related(
            "by",
            "training",
            "day__training",
            "session__day__training",
            "work_plan__group__village",
            "group",
            "village",
            "district",
            "damage__facility",
        )
