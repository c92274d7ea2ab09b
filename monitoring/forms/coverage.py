"""The filters of the page of coverage."""

from accounts.models import District
from monitoring.forms.area import ALL, AreaFilter


class CoverageFilter(AreaFilter):
    """One kabupaten: totals and targets are of one."""

    def fields_for_people(self):
        super().fields_for_people()
        self.fields["kabupaten"].empty_label = None
        self._put_away("tahun")

    def asked_district(self, subdistricts) -> int | None:
        return super().asked_district(subdistricts) or self.districts[0].pk

    @property
    def district(self) -> District | None:
        """The chosen kabupaten, else that of the kecamatan, else the first; None for an installation without any."""
        place = self.cleaned_data.get("kecamatan")
        return self.cleaned_data.get("kabupaten") or (place.district if place else next(iter(self.districts), None))

    @property
    def is_whole(self) -> bool:
        """Whether all villages of the kabupaten are asked for."""
        return self.whose == ALL and not any(
            self.cleaned_data.get(name) for name in ("kecamatan", "program", "fasilitator")
        )
