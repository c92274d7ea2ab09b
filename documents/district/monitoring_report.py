"""Laporan Hasil Monitoring: findings in each village in a month or quarter, with space for recommendations.

Findings are records with a day in the period: visits, checks of groups and water systems, steps of damages. An older
damage that is still open is listed as well, but does not make the village a visited one.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.timezone import localdate

from accounts.models import District, Subdistrict, User
from documents.choices import Audience
from documents.content import Parameters, filter_of, option
from documents.digests import period_filter, reader
from documents.district.base import PeriodDocument
from documents.issue_rules import on_request
from documents.layout import blocks, frame
from documents.periods import PERIODS, Period
from documents.signatures import Signing
from documents.signers import Letterhead, Signer, Slot
from fieldwork.models import Visit
from kpspams.models import GroupCheck
from monitoring.queries.area import Area
from plans.models import DamageReport
from records import formats
from villages.models import ConditionCheck, Village

TO_FILL = "...................."
COLUMNS = [
    *(("Desa", 35, "l"), ("Yang ditemukan", 0, "l"), ("Masalah", 60, "l"), ("Tindak lanjut", 60, "l")),
    ("Rekomendasi", 45, "l"),
]


@dataclass
class Seen:
    """The records about one village, in the order of their days."""

    found: list[tuple[date, str]] = field(default_factory=list)
    problems: list[tuple[date, str]] = field(default_factory=list)
    steps: list[tuple[date, str]] = field(default_factory=list)
    watched: bool = False  # somebody checked within the period


class MonitoringReport(PeriodDocument[blocks.BlockContent]):
    kind, title, code_prefix = "monitoring_report", "Laporan Hasil Monitoring", "LM"
    visit_button, filter_fields = "Cetak hasil monitoring", ("ta",)
    period_lengths = (1, 3)
    audience = Audience.DISTRICT
    of_all_villages = True
    takes_filter = True
    options = PERIODS
    issue_rule = on_request
    letterhead = Letterhead.OFFICE
    signers = (Signer(Slot.OFFICE_HEAD, "Mengetahui"), Signer(Slot.DPMU_HEAD))

    def clean(self, subject: District, parameters: Parameters) -> Parameters:
        """Raises ValidationError for a month or quarter that has not begun."""
        period = Period.of(option(parameters, "period")) or Period.ended_by(localdate(), 1)
        if period.start > localdate():
            raise ValidationError(f"{period.words} belum mulai. Pilih masa yang sudah berjalan atau lewat.")
        return {"period": period.code, "filter": period_filter(subject, parameters)}

    def collect(self, subject: District, parameters: Parameters, user: User | None) -> blocks.BlockContent:
        period = self.period_of(parameters)
        until = min(period.end, localdate())
        named = filter_of(parameters) | {"per": until.isoformat()}
        area = Area.of_district(named, reader(user, subject))
        villages = list(area.villages())
        seen = _seen(area.villages().order_by().values("pk"), period.start, until)
        office = subject.office_on(until)
        signing = Signing(self, subject, until, office)
        watched = sum(village.pk in seen and seen[village.pk].watched for village in villages)
        return {
            "document": frame.head(
                title=f"Laporan hasil monitoring {subject} {period.words}",
                subject=f"Monitoring {formats.span(period.start, until)}",
                office=office,
                dated=until,
                page_size=frame.page_size_of(office, wide=True),
                watermark=frame.SAMPLE_MARK if any(village.is_sample for village in villages) else "",
            ),
            "letterhead": signing.letterhead(),
            "body": [
                blocks.letterhead(),
                blocks.title("LAPORAN HASIL MONITORING PAMSIMAS", str(subject).upper(), period.words.upper()),
                blocks.facts(
                    [
                        ("Masa laporan", formats.span(period.start, until)),
                        ("Desa", area.cohort_label),
                        ("Desa dipantau", f"{watched} dari {len(villages)} desa"),
                    ]
                ),
                *_places(villages, seen),
                blocks.signatures(*signing.blocks(placed=frame.place_and_date(office, until))),
            ],
        }


def _seen(ids: QuerySet, starts: date, ends: date) -> dict[int, Seen]:
    """By village; six queries, independent of the number of villages."""
    found: dict[int, Seen] = defaultdict(Seen)
    for visit in Visit.objects.filter(village__in=ids, on__range=(starts, ends)):
        row = found[visit.village_id]
        row.watched = True
        row.found.append((visit.on, f"{visit.get_purpose_display()}: {visit.result}"))
        if visit.problem:
            row.problems.append((visit.on, visit.problem))
        if visit.follow_up:
            row.steps.append((visit.on, visit.follow_up))
    checks = ConditionCheck.objects.filter(facility__village__in=ids, checked_on__range=(starts, ends))
    for check in checks.select_related("facility"):
        row = found[check.facility.village_id]
        row.watched = True
        row.found.append((check.checked_on, f"{check.facility.name}: {check.get_functioning_display().lower()}"))
        if check.cause and check.functioning != ConditionCheck.Functioning.WORKS:
            row.problems.append((check.checked_on, f"{check.facility.name}: {check.cause}"))
    groups = GroupCheck.objects.filter(group__village__in=ids, checked_on__range=(starts, ends))
    for look in groups.select_related("group"):
        row = found[look.group.village_id]
        row.watched = True
        books = f", pembukuan {look.get_bookkeeping_display().lower()}" if look.bookkeeping else ""
        row.found.append((look.checked_on, f"{look.group}: {'' if look.active else 'tidak '}aktif{books}"))
    _add_damages(found, ids, starts, ends)
    return dict(found)


def _add_damages(found: dict[int, Seen], ids: QuerySet, starts: date, ends: date) -> None:
    """Damages that were open at the end of the period, and those with a step recorded within it."""
    changed = Q(since__range=(starts, ends)) | Q(steps__on__range=(starts, ends))
    known = DamageReport.objects.filter(facility__village__in=ids, since__lte=ends)
    keys = set(known.filter(changed).values_list("pk", flat=True))
    still = known.open_on(ends).exclude(pk__in=keys)
    for damage in known.filter(Q(pk__in=keys) | Q(pk__in=still.values("pk"))).select_related("facility"):
        row, old = found[damage.facility.village_id], damage.pk not in keys
        row.watched = row.watched or not old
        lasts = ", belum selesai" if old else ""
        row.problems.append((damage.since, f"Rusak: {damage.get_component_display()}, {damage.facility.name}{lasts}"))
        who = f"ditangani {damage.handled_by}" if damage.handled_by else "belum ada yang menangani"
        row.steps.append((damage.since, f"{damage.get_component_display()}: {who}"))


def _places(villages: list[Village], seen: dict[int, Seen]) -> list[blocks.Block]:
    """One chapter for each kecamatan: the findings, and the villages that were not checked."""
    places: dict[Subdistrict, list[Village]] = {}
    for village in villages:
        places.setdefault(village.subdistrict, []).append(village)
    body: list[blocks.Block] = []
    for number, (place, some) in enumerate(sorted(places.items(), key=lambda item: item[0].code), 1):
        body.append(blocks.heading(f"{number}. {place}"))
        rows = [
            [village.name, _lines(row.found), _lines(row.problems), _lines(row.steps), TO_FILL]
            for village in some
            if (row := seen.get(village.pk)) and row.watched
        ]
        if rows:
            body.append(blocks.table(COLUMNS, rows, caption=f"Hasil monitoring {place}", small=True))
        unwatched = [(village, seen.get(village.pk)) for village in some]
        unwatched = [(village, row) for village, row in unwatched if not (row and row.watched)]
        if unwatched:
            names = ", ".join(village.name for village, _ in unwatched)
            body += blocks.paragraphs(f"Belum dipantau pada masa ini: {names}.")
        if old := [f"{village.name}: {_lines(row.problems)}" for village, row in unwatched if row]:
            body += blocks.paragraphs(f"Kerusakan lama di desa yang belum dipantau: {'; '.join(old)}.")
    return body or blocks.paragraphs("Belum ada desa yang sesuai dengan filter ini.")


def _lines(parts: list[tuple[date, str]]) -> str:
    """The entries in the order of their days, each day once: "3 November 2025 pompa macet; panel mati. 5 November"."""
    days: dict[date, list[str]] = {}
    for day, text in sorted(parts):
        days.setdefault(day, []).append(text.rstrip(" ."))
    return ". ".join(f"{formats.date_id(day)} {'; '.join(texts)}" for day, texts in days.items()) or "-"
