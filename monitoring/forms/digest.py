"""Which villages a Ringkasan or a Lembar Desa is about."""

from accounts.models import District
from monitoring.forms.coverage import CoverageFilter
from monitoring.queries.chain import chains_of
from records.formats import date_id
from villages.models import Village


class DigestFilter(CoverageFilter):
    """One kabupaten; of it the newest cohort, unless others are asked for."""

    newest_cohort_first = True

    def narrow(self, rows, village=None):
        path = self.village if village is None else village
        of_one = {f"{path}__subdistrict__district" if path else "subdistrict__district": self.district}
        return super().narrow(rows.filter(**of_one), village)

    def villages(self):
        return super().villages().filter(subdistrict__district=self.district)

    def everywhere(self):
        """All villages of the kabupaten that this person sees: coverage is that of the whole."""
        return Village.objects.visible_to(self.user).filter(subdistrict__district=self.district)


class VillageDigestFilter(DigestFilter):
    """One village; of the filter only the day and the year of the plans are asked."""

    def __init__(self, data, *, user, village: Village):
        self.one = village
        kept = {name: data[name] for name in ("per", "tahun") if data.get(name)}
        super().__init__(kept, user=user, searchable=False)

    @property
    def district(self) -> District:
        return self.one.subdistrict.district

    def narrow(self, rows, village=None):
        return rows.filter(**{(self.village if village is None else village) or "pk": self.one.pk})

    def villages(self):
        rows = self.narrow(Village.objects.visible_to(self.user), "")
        return rows.select_related("subdistrict__district__settings_row")

    def everywhere(self):
        return self.villages()

    def chains(self, villages=None):
        """Of one village every grant counts."""
        return chains_of(villages or self.villages(), self.day, plan_year=self.plan_year)

    def told(self):
        return [("Desa", str(self.one)), ("Keadaan per", date_id(self.day))]

    @property
    def carried(self) -> dict[str, str]:
        return {name: text for name, text in super().carried.items() if name in ("per", "tahun")}
