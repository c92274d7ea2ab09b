"""Laporan Bulanan Fasilitator: the visits of one month by village, their findings, and the villages without a visit.

A fasilitator gets their own, whatever was chosen; the office that of any fasilitator, or of all together.
"""

from collections import Counter
from datetime import date

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.timezone import localdate

from accounts.models import District, User
from documents.choices import Audience
from documents.content import Parameters, filter_of, option
from documents.digests import reader
from documents.district.base import PeriodDocument
from documents.issue_rules import on_request
from documents.layout import blocks, frame
from documents.periods import MONTHS, Period
from documents.signatures import Signing
from documents.signers import Letterhead, Signer, Slot
from fieldwork.models import Visit
from fieldwork.queries.visit_findings import findings_of_visits
from records import formats
from villages.models import Assignment, Village

EVERYBODY = "Semua fasilitator"
COLUMNS = [
    *(("No", 10, "c"), ("Tanggal", 28, "l"), ("Desa", 35, "l"), ("Tujuan", 28, "l"), ("Yang ditemui", 35, "l")),
    *(("Hasil", 0, "l"), ("Masalah", 45, "l"), ("Tindak lanjut", 45, "l")),
]


class VisitReport(PeriodDocument[blocks.BlockContent]):
    kind, title, code_prefix = "visit_report", "Laporan Bulanan Fasilitator", "LF"
    visit_button, filter_fields = "Cetak laporan bulanan", ("fasilitator",)
    audience = Audience.DISTRICT
    takes_filter = True
    options = MONTHS
    issue_rule = on_request
    names_people = True
    letterhead = Letterhead.OFFICE
    signers = (Signer(Slot.DPMU_HEAD, "Mengetahui"),)
    other_signers = "Fasilitator"

    def clean(self, subject: District, parameters: Parameters) -> Parameters:
        """Raises ValidationError for a month that has not begun."""
        period = Period.of(option(parameters, "period")) or Period.containing(localdate(), 1)
        if period.start > localdate():
            raise ValidationError(f"{period.words} belum mulai. Pilih bulan ini atau yang sudah lewat.")
        person = filter_of(parameters).get("fasilitator", "")
        return {"period": period.code, "filter": {"fasilitator": person} if person else {}}

    def collect(self, subject: District, parameters: Parameters, user: User | None) -> blocks.BlockContent:
        period = self.period_of(parameters)
        until = min(period.end, localdate())
        eyes, person = reader(user, subject), _person(subject, parameters, user)
        seen = Village.objects.visible_to(eyes).filter(subdistrict__district=subject)
        visits = Visit.objects.visible_to(eyes).filter(village__in=seen.values("pk"), on__range=(period.start, until))
        visits = visits.filter(by=person) if person else visits
        rows = list(visits.select_related("village", "by").order_by("village__name", "village__code", "on", "pk"))
        villages = _villages(seen, person, period.start, until)
        visited = {row.village_id for row in rows}
        left = [village for village in villages if village.pk not in visited]
        office = subject.office_on(until)
        signing = Signing(self, subject, until, office)
        name = person.name if person else EVERYBODY
        own = frame.block("Fasilitator,", name=person.name if person else "") | {
            "place_date": frame.place_and_date(office, until)
        }
        return {
            "document": frame.head(
                title=f"Laporan bulanan fasilitator, {name}, {period.words}",
                subject=f"Kunjungan desa {formats.span(period.start, until)}",
                office=office,
                dated=until,
                page_size=frame.page_size_of(office, wide=True),
                watermark=frame.SAMPLE_MARK
                if any(row.is_sample for row in (*villages, *(v.village for v in rows)))
                else "",
            ),
            "letterhead": signing.letterhead(),
            "body": [
                blocks.letterhead(),
                blocks.title("LAPORAN BULANAN FASILITATOR", period.words.upper()),
                blocks.facts(
                    [
                        ("Fasilitator", name),
                        ("Kabupaten", str(subject)),
                        ("Masa laporan", formats.span(period.start, until)),
                        ("Kunjungan", _sums(rows)),
                        ("Desa dikunjungi", f"{len(villages) - len(left)} dari {len(villages)} desa"),
                    ]
                ),
                blocks.heading("1. Kunjungan"),
                *_table(rows, of_all=person is None),
                blocks.heading("2. Desa yang belum dikunjungi"),
                *blocks.paragraphs(f"{', '.join(village.name for village in left)}." if left else "Tidak ada."),
                blocks.signatures(*signing.blocks(), own),
            ],
        }


def _person(subject: District, parameters: Parameters, user: User | None) -> User | None:
    """None: all of them together."""
    if user and user.is_facilitator:
        return user
    key = filter_of(parameters).get("fasilitator")
    people = User.objects.facilitators().filter(district=subject)
    return people.filter(pk=key).first() if key else None


def _villages(seen: QuerySet[Village], person: User | None, starts: date, ends: date) -> list[Village]:
    """The villages assigned to the person (or, for all together, to anybody) on some day of the month."""
    held = Assignment.objects.overlapping(starts, ends)
    held = held.filter(user=person) if person else held
    return list(seen.filter(pk__in=held.values("village")).order_by("name", "code"))


def _sums(rows: list[Visit]) -> str:
    """ "5 kunjungan: 3 pemantauan rutin, 2 kerusakan SPAM"."""
    if not rows:
        return "Belum ada kunjungan yang dicatat"
    counts = Counter(Visit.Purpose(row.purpose) for row in rows)
    parts = [
        f"{counts[purpose]} {purpose.label[0].lower()}{purpose.label[1:]}"
        for purpose in Visit.Purpose
        if counts[purpose]
    ]
    return f"{len(rows)} kunjungan: {', '.join(parts)}"


def _found(row: Visit, ticked: list[str]) -> str:
    """The visitor's text and the ticked findings."""
    return f"{row.result} Dicatat: {'; '.join(ticked)}." if ticked else row.result


def _table(rows: list[Visit], *, of_all: bool) -> list[blocks.Block]:
    if not rows:
        return blocks.paragraphs("Tidak ada kunjungan yang dicatat pada masa ini.")
    ticked = findings_of_visits(rows)
    lines = [
        [
            str(number),
            formats.date_id(row.on),
            row.village.name,
            f"{row.get_purpose_display()}, {row.by.name}" if of_all else row.get_purpose_display(),
            row.people_met or "-",
            _found(row, [finding.text for finding in ticked[row.pk]]),
            row.problem or "-",
            row.follow_up or "-",
        ]
        for number, row in enumerate(rows, 1)
    ]
    return [blocks.table(COLUMNS, lines, caption="Kunjungan", small=True)]
