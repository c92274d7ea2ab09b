"""Rekap usulan: proposals of the groups of a kabupaten for one year, per kecamatan, before budgets are prepared.

A "rekap administrasi": no number, no stamp, no official's name. The newest submitted plan of the year of each group
counts; drafts do not. Prioritas is the position of the activity in its plan (our assumption).
"""

from typing import TypedDict

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.timezone import localdate

from accounts.models import District, User
from documents.choices import Audience, Format
from documents.content import Parameters, Snapshot, option
from documents.district.base import YearDocument
from documents.issue_rules import on_request
from documents.layout import frame
from documents.layout.sheets import Cell, Ledger, total_of
from plans.models import WorkPlan
from plans.queries.plan_totals import plan_activities
from records import formats


class Proposal(TypedDict):
    village: str
    title: str
    volume: str
    cost: str
    amount: int
    source: str
    priority: str
    state: str


class ProposalPart(TypedDict):
    """The proposals of one kecamatan."""

    label: str
    rows: list[Proposal]
    amount: int
    subtotal: str


class ProposalRecapContent(Snapshot):
    heading: str
    about: str
    village_word: str
    parts: list[ProposalPart]
    total: str
    amount: int


class ProposalRecap(YearDocument[ProposalRecapContent]):
    kind, title, code_prefix = "proposal_recap", "Rekap usulan", "RU"
    formats = (Format.PDF, Format.XLSX)
    audience = Audience.DISTRICT
    issue_rule = on_request
    template = "documents/proposal_recap.html"

    def clean(self, subject: District, parameters: Parameters) -> Parameters:
        """Raises ValidationError for a year without plans."""
        year = option(parameters, "year") or str(localdate().year + 1)
        if not plans_of(subject, int(year), None).exists():
            raise ValidationError(f"Belum ada rencana kerja tahun {year} yang diajukan di {subject}.")
        return {"year": year}

    def collect(self, subject: District, parameters: Parameters, user: User | None) -> ProposalRecapContent:
        year, today = int(option(parameters, "year")), localdate()
        office = subject.office_on(today)
        terms = frame.office_terms(office)
        plans = list(plans_of(subject, year, user))
        parts: dict[str, ProposalPart] = {}
        for plan in plans:
            subdistrict = plan.group.village.subdistrict
            part = parts.setdefault(
                subdistrict.code, {"label": str(subdistrict), "rows": [], "amount": 0, "subtotal": ""}
            )
            for number, line in enumerate(plan_activities(plan), 1):
                fundings = list(line.fundings.all())
                securities = dict.fromkeys(funding.get_security_display() for funding in fundings)
                part["rows"].append(
                    {
                        "village": f"{plan.group.village.name} ({plan.group.name})",
                        "title": line.title,
                        "volume": f"{formats.number_id(line.volume)} {line.unit}",
                        "cost": formats.number_id(line.amount),
                        "amount": line.amount,
                        "source": "; ".join(funding.source.label for funding in fundings) or "Belum ada",
                        "priority": str(number),
                        "state": "; ".join(securities) or "Belum ada sumber",
                    }
                )
                part["amount"] += line.amount
        for part in parts.values():
            part["subtotal"] = formats.number_id(part["amount"])
        total = sum(part["amount"] for part in parts.values())
        return {
            "document": frame.head(
                title=f"Rekap usulan kegiatan KPSPAMS {subject} tahun {year}",
                subject="Rekap administrasi",
                office=office,
                dated=today,
                page_size=frame.page_size_of(office, wide=True),
                watermark=frame.SAMPLE_MARK if any(plan.group.is_sample for plan in plans) else "",
            ),
            "heading": f"REKAP USULAN KEGIATAN KPSPAMS TAHUN {year}",
            "about": f"{subject}, {len(plans)} KPSPAMS yang sudah mengajukan, keadaan per {formats.date_id(today)}",
            "village_word": terms["village"],
            "parts": list(parts.values()),
            "total": formats.number_id(total),
            "amount": total,
        }

    def xlsx(self, content: ProposalRecapContent) -> bytes:
        ledger = Ledger(content["document"], [30, 40, 14, 16, 28, 10, 28])
        ledger.heading([content["heading"], content["about"]])
        ledger.heads([content["village_word"], "Kegiatan", "Volume", "Biaya (Rp)", "Sumber", "Prioritas", "Status"])
        sums = []
        for part in content["parts"]:
            ledger.row([part["label"], *("" for _ in range(6))], bold=True)
            lines = [ledger.row(_cells(row)) for row in part["rows"]]
            total = total_of(3, lines, part["amount"])
            sums.append(ledger.row([f"Jumlah {part['label']}", "", "", total, "", "", ""], bold=True))
        ledger.row(["JUMLAH", "", "", total_of(3, sums, content["amount"]), "", "", ""], bold=True)
        return ledger.content()


def _cells(row: Proposal) -> list[Cell]:
    texts: list[Cell] = [row["village"], row["title"], row["volume"]]
    return [*texts, row["amount"], row["source"], row["priority"], row["state"]]


def plans_of(district: District, year: int, user: User | None) -> QuerySet[WorkPlan]:
    """The newest submitted plan of each group that is visible to `user`; None sees all."""
    rows = WorkPlan.objects.all() if user is None else WorkPlan.objects.visible_to(user)
    rows = rows.handed_in().filter(group__village__subdistrict__district=district, year=year)
    newest: dict[int, tuple[int, int]] = {}
    for pk, group, revision in rows.values_list("pk", "group", "revision"):
        newest[group] = max(newest.get(group, (-1, 0)), (revision, pk))
    chosen = [pk for _, pk in newest.values()]
    return (
        WorkPlan.objects.filter(pk__in=chosen)
        .select_related("group__village__subdistrict__district__settings_row")
        .order_by("group__village__code", "group__name", "pk")
    )
