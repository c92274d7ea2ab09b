"""Temuan: the eight national findings, as totals and as the groups behind each number."""

from django.http import Http404
from django.urls import reverse
from django.views.generic import ListView

from accounts.lists import ExportMixin
from kpspams.models import KpspamsGroup
from monitoring.exports import FINDINGS_COLUMNS, finding_columns
from monitoring.findings import FINDINGS, FOUND_WORDS, NATIONAL_VILLAGES, findings_of, totals
from monitoring.forms.findings import FindingGroupsFilter, FindingsFilter


class JudgedGroups(ExportMixin, ListView):
    """Groups that stood on the day and may be seen, with their judgements."""

    filter_form = FindingsFilter
    paginate_by = 25

    def get_queryset(self):
        self.filters = self.filter_form(self.request.GET, user=self.request.user, searchable=False)
        groups = KpspamsGroup.objects.visible_to(self.request.user).standing(self.filters.day)
        groups = self.filters.narrow(groups).order_by("village__code", "name", "pk")
        return findings_of(groups, self.filters.day, self.filters.plan_year)

    def export_facts(self):
        return list((dict(super().export_facts()) | dict(self.filters.told())).items())

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"filters": self.filters, "day": self.filters.day}


class Findings(JudgedGroups):
    """The totals: over all, per kecamatan, per cohort."""

    template_name = "monitoring/findings.html"
    paginate_by = None
    export_title, export_columns = "Delapan temuan nasional per KPSPAMS", FINDINGS_COLUMNS

    def get_context_data(self, **kwargs):
        rows = self.object_list
        places, cohorts = {}, {}
        for row in rows:
            places.setdefault(row.group.village.subdistrict, []).append(row)
            for year in row.cohorts or [None]:
                cohorts.setdefault(year, []).append(row)
        return super().get_context_data(**kwargs) | {
            "count": len(rows),
            "totals": totals(rows),
            "national_villages": NATIONAL_VILLAGES,
            "breakdowns": [
                {
                    "id": "kecamatan",
                    "title": "Per kecamatan",
                    "head": "Kecamatan",
                    "rows": [
                        (str(place), "kecamatan", place.pk, len(of), totals(of))
                        for place, of in sorted(places.items(), key=lambda item: item[0].code)
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
                            totals(of),
                        )
                        for year, of in sorted(cohorts.items(), key=lambda item: item[0] or 0, reverse=True)
                    ],
                },
            ],
        }


class FindingGroups(JudgedGroups):
    """The groups behind one number."""

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
        rows = super().get_queryset()
        (self.total,) = (total for total in totals(rows) if total.finding == self.finding)
        found = [row for row in rows if row.judged[self.finding.key].found is self.filters.found]
        for row in found:
            row.judgement = row.judged[self.finding.key]
        return found

    def export_facts(self):
        return list((dict(super().export_facts()) | {"Keadaan": FOUND_WORDS[self.filters.found]}).items())

    def get_context_data(self, **kwargs):
        crumbs = [
            ("Beranda", reverse("monitoring:home")),
            ("Temuan", reverse("monitoring:findings")),
            (self.finding.label, ""),
        ]
        return super().get_context_data(**kwargs) | {"finding": self.finding, "total": self.total, "crumbs": crumbs}
