"""Documents that a user requested with the buttons of a page: the newest of each button, in one query for each page."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from accounts.models import District
from documents import registry
from monitoring.queries.area_choices import ALL
from reports.models import Report
from reports.models.subjects import Subject, column_of

PRESSED = "cetakan"  # in the URL of the page: "<report>-<button>", the document just requested
SHOWN_FOR = timedelta(hours=8)  # a working day; older documents are under Laporan (our assumption)
MAX_SHOWN = 60  # newest first; no page has as many buttons


@dataclass(frozen=True)
class PrintButton:
    """The request of one button."""

    kind: str
    subject: Subject
    format: str
    options: Mapping[str, Any] = field(default_factory=dict)

    @property
    def code(self) -> str:
        """The same on every view of the page, so that the URL can refer to the button."""
        parts = [self.kind, column_of(self.subject), str(self.subject.pk), self.format]
        parts += [f"{name}={value}" for name, value in sorted(self.options.items())]
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:10]

    def requests(self, report: Report) -> bool:
        """Whether the button requests this document: same kind, subject, format and options."""
        same_row = getattr(report, f"{column_of(self.subject)}_id") == self.subject.pk
        if not same_row or (report.kind, report.format) != (self.kind, self.format or "pdf"):
            return False
        return self._choices(report.parameters) == self._choices(self.options)

    def _choices(self, parameters: Mapping[str, Any]) -> dict[str, str]:
        """The chosen options without defaults and without the labels that belong to keys of rows.

        A request names its kabupaten and "all villages" in the filter, although the button may not.
        """
        flat = {**parameters, **parameters.get("filter", {})}
        named = {name for name in flat if name.endswith("_name")} | {"filter", "phones"}
        chosen = {name: str(value) for name, value in flat.items() if name not in named}
        defaults = {name: next(iter(values)) for name, values in registry.document(self.kind).options.items()}
        defaults["ta"] = ALL
        if isinstance(self.subject, District):
            defaults["kabupaten"] = str(self.subject.pk)
        return {name: value for name, value in chosen.items() if defaults.get(name) != value}


class PagePrints:
    """For one view of a page: the user's newest document of each button, and an anchor for each."""

    def __init__(self, request: HttpRequest):
        self.user = request.user
        report, _, self.pressed_button = request.GET.get(PRESSED, "").partition("-")
        self.pressed = int(report) if report.isascii() and report.isdecimal() and len(report) < 19 else 0
        self.anchors: set[str] = set()
        self.wait = False
        self._rows: list[Report] | None = None

    @classmethod
    def of(cls, request: HttpRequest) -> "PagePrints":
        found: PagePrints | None = getattr(request, "page_prints", None)
        if found is None:
            found = cls(request)
            request.page_prints = found  # type: ignore[attr-defined]
        return found

    def anchor(self, code: str) -> str:
        """An id that is unique on the page, although two buttons may request the same."""
        anchor, count = f"cetak-{code}", 1
        while anchor in self.anchors:
            count += 1
            anchor = f"cetak-{code}-{count}"
        self.anchors.add(anchor)
        return anchor

    def newest(self, button: PrintButton) -> Report | None:
        """The document this button just requested, else its newest document of today, or None."""
        if self.pressed_button == button.code:
            for report in self.rows:
                if report.pk == self.pressed and report.kind == button.kind:
                    return self.shown(report)
        return self.shown(next((report for report in self.rows if button.requests(report)), None))

    def newest_of_kind(self, kind: str, subject: Subject) -> Report | None:
        column = f"{column_of(subject)}_id"
        rows = (row for row in self.rows if row.kind == kind and getattr(row, column) == subject.pk)
        return self.shown(next(rows, None))

    def shown(self, report: Report | None) -> Report | None:
        """The same document; the page refreshes itself as long as one of its documents is in progress."""
        self.wait = self.wait or bool(report and report.is_under_way)
        return report

    @property
    def rows(self) -> list[Report]:
        if self._rows is None:
            recent = Q(by=self.user, bundle=None, schedule=None, requested_at__gte=timezone.now() - SHOWN_FOR)
            rows = Report.objects.visible_to(self.user).filter(recent | Q(pk=self.pressed))
            rows = rows.exclude(state=Report.State.CANCELLED)
            self._rows = list(rows.with_subjects().order_by("-pk")[:MAX_SHOWN])
        return self._rows


def page_of(address: str) -> str:
    """The path of a page of this portal; empty for anything else."""
    safe = address.startswith("/") and url_has_allowed_host_and_scheme(address, allowed_hosts=None)
    return address if safe else ""


def back_to(address: str, report: Report, code: str, anchor: str) -> str:
    """The page of a button, which then shows this document beside the button; empty for a foreign URL."""
    if not page_of(address):
        return ""
    parts = urlsplit(address)
    query = [(name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True) if name != PRESSED]
    query.append((PRESSED, f"{report.pk}-{code}"))
    place = f"#{anchor}" if anchor.isascii() and anchor.replace("-", "").isalnum() else ""
    return f"{parts.path}?{urlencode(query)}{place}"
