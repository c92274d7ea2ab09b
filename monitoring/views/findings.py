"""Pages of findings (Temuan): the eight national findings, as totals and as the groups behind each number."""

from django.http import Http404
from django.urls import reverse
from django.views.generic import ListView

from accounts.lists import ExportMixin
from kpspams.models import KpspamsGroup
from monitoring.exports import FINDINGS_COLUMNS, finding_columns
from monitoring.forms.findings import FindingGroupsFilter, FindingsFilter
from monitoring.queries.findings import (
    FINDINGS,
    FOUND_LABELS,
    NATIONAL_VILLAGES,
    facility_findings,
    findings_of,
    totals,
)
from monitoring.queries.overdue import overdue_of
from villages.models import Facility


class JudgedList(ExportMixin, ListView):
    """Visible groups that existed on the day, with their assessments; `facilities`: the water systems."""

    filter_form = FindingsFilter
    paginate_by = 25

    def get_queryset(self):
        self.filters = self.filter_form(self.request.GET, user=self.request.user, searchable=False)
        groups = KpspamsGroup.objects.visible_to(self.request.user).current(self.filters.day)
        groups = self.filters.narrow(groups).order_by("village__code", "name", "pk")
        self.facilities = facility_findings(
            self.filters.narrow_facilities(Facility.objects.visible_to(self.request.user)), self.filters.day
        )
        return findings_of(groups, self.filters.day, self.filters.area.plan_year)

    def export_facts(self):
        return list((dict(super().export_facts()) | dict(self.filters.area.labels)).items())

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"filters": self.filters, "day": self.filters.day}


class Findings(JudgedList):
    """Page of the totals: over all, per kecamatan, per cohort."""

    template_name = "monitoring/findings.html"
    paginate_by = None
    export_title, export_columns = "Temuan nasional per KPSPAMS", FINDINGS_COLUMNS

    def get_context_data(self, **kwargs):
        groups, facilities = self.object_list, self.facilities
        places = self._parts(lambda row: [row.village.subdistrict])
        cohorts = self._parts(lambda row: row.cohorts or [None])
        return super().get_context_data(**kwargs) | {
            "count": len(groups),
            "overdue": overdue_of(groups, self.filters.day, self.filters.area.plan_year),
            "facility_count": len(facilities),
            "totals": totals(groups, facilities),
            "national_villages": NATIONAL_VILLAGES,
            "breakdowns": [
                {
                    "id": "kecamatan",
                    "title": "Per kecamatan",
                    "head": "Kecamatan",
                    "rows": [
                        (str(place), "kecamatan", place.pk, len(of), totals(of, seen))
                        for place, (of, seen) in sorted(places.items(), key=lambda item: item[0].code)
                    ],
                },
                {
                    "id": "penerima",
                    "title": "Per desa penerima",
                    "head": "Desa penerima",
                    "note": "Desa yang menerima bantuan lebih dari sekali dihitung pada tiap tahunnya.",
                    "rows": [
                        (
                            f"TA {year}" if year else "Bukan desa penerima",
                            "ta" if year else "",
                            year,
                            len(of),
                            totals(of, seen),
                        )
                        for year, (of, seen) in sorted(cohorts.items(), key=lambda item: item[0] or 0, reverse=True)
                    ],
                },
            ],
        }

    def _parts(self, keys_of):
        """{key: (groups, water systems)} of all rows."""
        found: dict = {}
        for number, rows in enumerate((self.object_list, self.facilities)):
            for row in rows:
                for key in keys_of(row):
                    found.setdefault(key, ([], []))[number].append(row)
        return found


class FindingGroups(JudgedList):
    """Page of the groups, or water systems, behind one number."""

    template_name = "monitoring/finding_groups.html"
    filter_form = FindingGroupsFilter

    def dispatch(self, request, *args, **kwargs):
        if kwargs["finding"] not in FINDINGS:
            raise Http404(f"No finding {kwargs['finding']}")
        self.finding = FINDINGS[kwargs["finding"]]
        self.export_title = self.finding.label
        self.export_columns = finding_columns(self.finding.key)
        return super().dispatch(request, *args, **kwargs)

    def get_queryset(self):
        groups = super().get_queryset()
        (self.total,) = (total for total in totals(groups, self.facilities) if total.finding == self.finding)
        rows = self.facilities if self.finding.of_water else groups
        found = [row for row in rows if row.judged[self.finding.key].found is self.filters.found]
        for row in found:
            row.judgement = row.judged[self.finding.key]
        return found

    def export_facts(self):
        return list((dict(super().export_facts()) | {"Keadaan": FOUND_LABELS[self.filters.found]}).items())

    def get_context_data(self, **kwargs):
        crumbs = [
            ("Beranda", reverse("monitoring:home")),
            ("Temuan", reverse("monitoring:findings")),
            (self.finding.label, ""),
        ]
        return super().get_context_data(**kwargs) | {"finding": self.finding, "total": self.total, "crumbs": crumbs}
