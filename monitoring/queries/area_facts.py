"""Facts of one area for several charts and documents, each loaded once."""

from datetime import date

from django.db.models import QuerySet
from django.utils.functional import cached_property

from accounts.rights import sees_whole_district, villages_label
from kpspams.models import KpspamsGroup
from monitoring.queries.area import Area
from monitoring.queries.chain import Chain
from monitoring.queries.coverage import Registry
from monitoring.queries.findings import FacilityFindings, GroupFindings, facility_findings, findings_of
from plans.models import WorkPlan
from plans.queries.progress import PlanProgress, carried_out, load_progress
from records.formats import date_id
from villages.models import Facility


class AreaFacts:
    """The number of queries of each fact does not depend on the number of villages."""

    def __init__(self, area: Area):
        self.area, self.user = area, area.user
        self.sees_all = sees_whole_district(area.user)

    @property
    def day(self) -> date:
        return self.area.day

    @property
    def year(self) -> int:
        """The year whose plans count."""
        return self.area.plan_year or self.day.year

    @property
    def village_ids(self) -> QuerySet:
        return self.area.villages().order_by().values("pk")

    @cached_property
    def village_count(self) -> int:
        return self.area.villages().count()

    @cached_property
    def chains(self) -> list[Chain]:
        return self.area.chains()

    @cached_property
    def registry(self) -> Registry:
        return Registry(self.area.villages())

    @cached_property
    def plans(self) -> list[PlanProgress]:
        """The plans of the year in force on the day, with their progress until then."""
        rows = carried_out(WorkPlan.objects.visible_to(self.user), on=self.day).filter(year=self.year)
        rows = rows.filter(group__village__in=self.village_ids)
        plans = list(rows.select_related("group__village__subdistrict__district__settings_row"))
        return list(load_progress(plans, self.day).values())

    @cached_property
    def groups(self) -> list[GroupFindings]:
        """The groups that existed on the day, with their findings."""
        rows = self.area.narrow(KpspamsGroup.objects.visible_to(self.user).current(self.day), "village")
        return findings_of(rows.order_by("village__code", "name", "pk"), self.day, self.area.plan_year)

    @cached_property
    def facilities(self) -> list[FacilityFindings]:
        """The water systems of the villages with the findings of SAM."""
        rows = Facility.objects.visible_to(self.user).filter(village__in=self.village_ids)
        return facility_findings(rows, self.day)

    @cached_property
    def sample(self) -> bool:
        return self.area.villages().filter(is_sample=True).exists()

    @property
    def as_of(self) -> str:
        """ "Desa sasaran TA 2017. Keadaan per 31 Desember 2018." """
        chosen = [text if label == "Desa" else f"{label}: {text}" for label, text in self.area.labels[:-1]]
        own = [] if self.sees_all else [f"hanya {villages_label(self.user)}"]
        return f"{'; '.join([*chosen, *own])}. Keadaan per {date_id(self.day)}."
