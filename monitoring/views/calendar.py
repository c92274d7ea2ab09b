"""Kalender kegiatan: one month as weeks, or one day."""

from datetime import date

from django.urls import reverse
from django.utils.timezone import localdate
from django.views.generic import TemplateView

from monitoring.forms.calendar import FIRST_YEAR, LAST_YEAR, CalendarFilter
from monitoring.queries.calendar import KINDS, MAX_ENTRIES, entries_between, last_of_month, months_beside, weeks_of
from records import formats

Crumb = tuple[str, str]


def calendar_crumbs(*more: Crumb) -> list[Crumb]:
    return [("Beranda", reverse("monitoring:home")), ("Kalender", reverse("monitoring:calendar")), *more]


def month_name(month: date) -> str:
    return f"{formats.MONTHS[month.month - 1]} {month.year}"


class CalendarMonth(TemplateView):
    template_name = "monitoring/calendar.html"

    def get_context_data(self, **kwargs):
        filters = CalendarFilter(self.request.GET, user=self.request.user, searchable=False)
        month, day = filters.month, filters.day
        first, last = (day, day) if day else (month, last_of_month(month))
        entries, cut = entries_between(self.request.user, first, last, kind=filters.kind, district=filters.district)
        before, after = months_beside(month)
        title = formats.day_date(day) if day else month_name(month)
        return super().get_context_data(**kwargs) | {
            "filters": filters,
            "month": month,
            "day": day,
            "title": title,
            "month_title": month_name(month),
            "entries": entries,
            "cut": MAX_ENTRIES if cut else 0,
            "weeks": weeks_of(month, entries, localdate()) if entries and not day else [],
            "day_names": formats.DAYS,
            "before": before if before.year >= FIRST_YEAR else None,
            "after": after if after.year <= LAST_YEAR else None,
            "printed_period": f"{month:%Y-%m}",
            "printed_district": filters.printed_district,
            "this_month": localdate().replace(day=1),
            "kind_label": KINDS.get(filters.kind, ""),
            "crumbs": [*calendar_crumbs()[:1], ("Kalender", "")],
        }
