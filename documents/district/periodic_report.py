"""Laporan berkala for the head of the dinas: the state of a kabupaten at the end of a month or quarter.

PDF and XLSX are made from the same tables. No figure is computed here: each comes from the function of its own page.
"""

from datetime import date

from django.core.exceptions import ValidationError
from django.utils.timezone import localdate

from accounts.models import District, OfficeProfile, User
from documents.choices import Audience, Format
from documents.content import Head, Parameters, filter_of, option
from documents.digests import period_filter, reader
from documents.district.base import PeriodDocument
from documents.issue_rules import on_request
from documents.layout import blocks, figures, frame
from documents.layout.figures import NUMBER, RUPIAH, TEXT, Figure
from documents.layout.sheets import Ledger
from documents.periods import PERIODS, Period
from documents.signatures import Signing
from documents.signers import Letterhead, Signer, Slot
from monitoring.charts import CHARTS
from monitoring.queries.area import Area
from monitoring.queries.area_facts import AreaFacts
from monitoring.queries.chain import STATE_LABELS
from monitoring.queries.digest import ACTORS, Digest, digest_of
from records import formats
from trainings.models import Invitation, Training
from trainings.queries.indicator_rows import Sight
from trainings.queries.indicators import indicators

Chapter = tuple[str, list[str | figures.Table]]  # title with its charts (SVG) and tables in order
WIDTHS = [30, 26, *[18] * 8]  # letters of the columns of the sheet


class PeriodicContent(blocks.BlockContent):
    """`tables` are those of the body with their figures as numbers, for the sheet."""

    title: str
    as_of: str
    tables: list[figures.Table]


class PeriodicReport(PeriodDocument[PeriodicContent]):
    kind, title, code_prefix = "periodic_report", "Laporan berkala", "LB"
    formats = (Format.PDF, Format.XLSX)
    audience = Audience.DISTRICT
    of_all_villages = True
    takes_filter = True
    options = PERIODS
    issue_rule = on_request
    letterhead = Letterhead.OFFICE
    signers = (Signer(Slot.OFFICE_HEAD, "Mengetahui"), Signer(Slot.DPMU_HEAD))

    def clean(self, subject: District, parameters: Parameters) -> Parameters:
        """Raises ValidationError for a month or quarter that has not ended."""
        period = Period.of(option(parameters, "period")) or Period.ended_by(localdate(), 1)
        if period.end > localdate():
            raise ValidationError(f"{period.words} belum berakhir. Pilih bulan atau triwulan yang sudah lewat.")
        return {"period": period.code, "filter": period_filter(subject, parameters)}

    def collect(self, subject: District, parameters: Parameters, user: User | None) -> PeriodicContent:
        period = self.period_of(parameters)
        named = filter_of(parameters) | {"per": period.end.isoformat()}
        area = Area.of_district(named, reader(user, subject))
        facts, digest = AreaFacts(area), digest_of(area)
        office = subject.office_on(period.end)
        signing = Signing(self, subject, period.end, office)
        chapters: list[Chapter] = [
            ("Rantai hasil", _chain(facts, digest)),
            ("Yang belum dan siapa yang bertindak", [_missing(digest)]),
            ("Temuan pada KPSPAMS", _chart(facts, "temuan", 25)),
            ("Kegiatan yang terlambat", [_late(facts)]),
            (f"Pelatihan selama {period.words}", [_trainings(facts, period)]),
            ("Kerusakan SPAM yang belum selesai", [_damages(digest)]),
            (
                f"Realisasi rencana kerja {digest.year}",
                [*_chart(facts, "realisasi-per-triwulan", 35), *_chart(facts, "realisasi-per-sumber", 35)],
            ),
            ("Cakupan air minum", [_goals(digest), *_chart(facts, "cakupan", 22)]),
        ]
        return {
            "document": _head(subject, office, period, digest),
            "letterhead": signing.letterhead(),
            "title": f"LAPORAN BERKALA PAMSIMAS {period.words.upper()}",
            "as_of": digest.as_of,
            "tables": [part for _, parts in chapters for part in parts if not isinstance(part, str)],
            "body": [
                blocks.letterhead(),
                blocks.title("LAPORAN BERKALA PAMSIMAS", str(subject).upper(), period.words.upper()),
                blocks.center(digest.as_of),
                *_body(chapters),
                blocks.signatures(*signing.blocks(placed=frame.place_and_date(office, period.end))),
            ],
        }

    def xlsx(self, content: PeriodicContent) -> bytes:
        ledger = Ledger(content["document"], WIDTHS)
        ledger.heading([content["title"], content["as_of"]])
        for part in content["tables"]:
            figures.write(ledger, part)
        return ledger.content()


def _head(subject: District, office: OfficeProfile | None, period: Period, digest: Digest) -> Head:
    return frame.head(
        title=f"Laporan berkala {subject} {period.words}",
        subject=digest.as_of,
        office=office,
        dated=period.end,
        page_size=frame.page_size_of(office),
        watermark=frame.SAMPLE_MARK if digest.sample else "",
    )


def _body(chapters: list[Chapter]) -> list[blocks.Block]:
    """Numbered chapters; a table without rows is replaced by a sentence."""
    found: list[blocks.Block] = []
    for number, (name, parts) in enumerate(chapters, 1):
        found.append(blocks.heading(f"{number}. {name}"))
        for part in parts:
            if isinstance(part, str):
                found.append(blocks.drawing(part))
            elif part["rows"]:
                found.append(figures.block(part))
            else:
                found += blocks.paragraphs(f"{part['caption']}: tidak ada yang tercatat.")
    return found


def _chart(facts: AreaFacts, key: str, width: int) -> list[str | figures.Table]:
    """One chart and its table."""
    chart = CHARTS[key].of(facts)
    drawn = [str(chart.svg)] if chart.rows else []
    return [*drawn, figures.of_chart(chart, width)]


def _chain(facts: AreaFacts, digest: Digest) -> list[str | figures.Table]:
    counts: list[list[Figure]] = [
        [stage.label, *(item.count for item in stage.counts), stage.total] for stage in digest.stages
    ]
    heads = [("Tahap", 0, TEXT), *((label, 25, NUMBER) for label in STATE_LABELS.values()), ("Jumlah", 25, NUMBER)]
    steps: list[list[Figure]] = [
        [chain.village.name, chain.village.subdistrict.name, *(step.summary for step in chain.steps)]
        for chain in digest.chains
    ]
    columns = [("Desa", 28, TEXT), ("Kecamatan", 25, TEXT), *((stage.label, 0, TEXT) for stage in digest.stages)]
    funnel = CHARTS["corong"].of(facts)
    return [
        figures.table("Desa menurut tahap", heads, counts),
        *([str(funnel.svg)] if funnel.rows else []),
        figures.table("Keadaan tiap desa", columns, steps),
    ]


def _missing(digest: Digest) -> figures.Table:
    columns = [("Tahap", 35, TEXT), ("Belum", 14, NUMBER), ("Desa", 0, TEXT), ("Yang bertindak", 38, TEXT)]
    rows: list[list[Figure]] = [
        [item.label, len(item.red), ", ".join(chain.village.name for chain in item.red), ACTORS[item.key]]
        for item in digest.missing
    ]
    return figures.table("Desa yang belum", columns, rows)


def _late(facts: AreaFacts) -> figures.Table:
    columns = [
        *(("Desa", 32, TEXT), ("KPSPAMS", 32, TEXT), ("Kegiatan", 0, TEXT), ("Bulan", 22, TEXT)),
        ("Biaya", 30, RUPIAH),
    ]
    rows: list[list[Figure]] = [
        [
            plan.plan.group.village.name,
            plan.plan.group.name,
            line.activity.title,
            line.months_text,
            line.planned,
        ]
        for plan in facts.plans
        for line in plan.late
    ]
    return figures.table("Kegiatan yang terlambat", columns, sorted(rows, key=lambda row: (str(row[0]), str(row[1]))))


def _trainings(facts: AreaFacts, period: Period) -> figures.Table:
    """Trainings with an invitation of these villages and a day within the period."""
    invited = Invitation.objects.filter(village__in=facts.village_ids).values("training")
    found = Training.objects.visible_to(facts.user).exclude(state=Training.State.CANCELLED).with_dates()
    found = found.filter(pk__in=invited, first_day__lte=period.end, last_day__gte=period.start)
    rows = indicators(
        list(found.select_related("district__settings_row").order_by("first_day", "pk")),
        Sight.of(facts.user),
        period.end,
    )
    columns = [
        *(("Pelatihan", 0, TEXT), ("Tanggal", 40, TEXT), ("Terdaftar", 20, NUMBER)),
        *(("Hadir L", 16, NUMBER), ("Hadir P", 16, NUMBER)),
    ]
    return figures.table(
        "Pelatihan",
        columns,
        [
            [
                row.training.title,
                _days(row.first_day, row.last_day),
                row.registered.total,
                row.present.men if row.marked else None,
                row.present.women if row.marked else None,
            ]
            for row in rows
        ],
    )


def _days(first: date | None, last: date | None) -> str:
    return formats.span(first, last) if first and last else ""


def _damages(digest: Digest) -> figures.Table:
    columns = [
        *(("Kerusakan", 0, TEXT), ("Desa", 32, TEXT), ("Hari", 14, NUMBER), ("Ditangani oleh", 35, TEXT)),
        ("Perkiraan biaya", 30, RUPIAH),
    ]
    rows = [[row.what, row.village, row.days, row.who, row.cost] for row in digest.damages]
    return figures.table("Kerusakan yang belum selesai", columns, rows)


def _goals(digest: Digest) -> figures.Table:
    columns = [("Indikator", 0, TEXT), ("Capaian", 35, TEXT), (f"Target {digest.day.year}", 35, TEXT)]
    rows = [[goal.label, goal.reached, goal.target] for goal in digest.goals]
    return figures.table("Capaian dan target", columns, rows)
