"""Search for documents by verification code or by the kode dokumen in their footer."""

import re

from django.utils.timezone import localdate

from accounts.models import User
from accounts.search import MAX_HITS, Hit, SearchNoun, SearchResult, register
from records.formats import date_id
from reports.models import Report

REFERENCE = re.compile(r"[A-Z]+-\d+-([0-9A-F]{8})")


class Documents(SearchNoun):
    order = 60

    def found_by(self, user: User, text: str) -> SearchResult | None:
        """Documents within scope and audience. Case, spaces and the hyphen of the verification code are ignored."""
        typed = "".join(text.upper().split())
        reports = Report.objects.visible_to(user).with_subjects().order_by("-pk")
        if match := REFERENCE.fullmatch(typed):
            rows = [row for row in reports.filter(snapshot_sha__startswith=match[1].lower()) if row.reference == typed]
        else:
            code = typed.replace("-", "")
            rows = list(reports.filter(code=code)) if len(code) == 8 else []
        hits = [
            Hit(row.title, f"{row.subject_text}, {date_id(localdate(row.requested_at))}", row.get_absolute_url())
            for row in rows
        ]
        return SearchResult("Dokumen", hits[:MAX_HITS], len(hits)) if hits else None


register(Documents())
