"""A small dated dataset of 2025, with an unknown value beside each known figure; and readers of the formats
of a figure.
"""

import csv
import io
from dataclasses import dataclass
from datetime import date
from html import unescape

from django.urls import reverse
from django.utils.html import strip_tags
from openpyxl import load_workbook

from accounts.models import DistrictSettings
from plans.rules.months import months_to_mask
from tests import factories as make
from trainings.models import Attendance, SpjItem

EARLY, LATE = date(2025, 1, 25), date(2025, 12, 31)  # both have plans, the first has nothing else


@dataclass
class Dataset:
    staff: object
    known: object  # the village with many facts
    quiet: object  # the village without facts after its plan was approved
    plan: object
    quiet_plan: object
    training: object

    @property
    def district(self):
        return self.staff.district


def make_dataset() -> Dataset:
    staff = make.AdminFactory(district=make.DistrictFactory())
    DistrictSettings.objects.create(district=staff.district, public_page=True, recorded_since=2017)
    known = make.VillageFactory(name="Contoh Satu", households=1_311, people=5_237, figures_year=2024)
    quiet = make.VillageFactory(name="Contoh Dua", subdistrict=known.subdistrict)
    for place in (known, quiet):
        make.GrantAwardFactory(village=place, fiscal_year=2024)
    _water(known, quiet)
    plan, quiet_plan = _plans(known, quiet)
    return Dataset(staff, known, quiet, plan, quiet_plan, _training(known, quiet))


def _water(known, quiet):
    works = make.FacilityFactory(village=known, name="SPAM Kulon", built_year=None)
    make.FacilityFactory(village=known, name="SPAM Wetan", built_year=2025)
    make.FacilityFactory(village=quiet, name="SPAM Lor", built_year=None)
    make.ConditionCheckFactory(
        facility=works, checked_on=date(2025, 11, 1), connections_active=1_153, households=1_207, people=4_813
    )
    make.DamageReportFactory(
        facility=works, since=date(2025, 12, 5), component="pipa", stopped=False, estimated_cost=7_350_000
    )
    make.DamageReportFactory(facility=works, since=date(2025, 12, 20), component="pompa", stopped=False)


def _plans(known, quiet):
    plans = []
    for place, name in ((known, "Tirta Satu"), (quiet, "Tirta Dua")):
        group = make.GroupFactory(village=place, name=name, formed_on=date(2024, 3, 1))
        plans.append(make.ApprovedPlanFactory(group=group, year=2025))
    make.GroupCheckFactory(
        group=plans[0].group, checked_on=date(2025, 10, 1), bookkeeping="tidak_lengkap", fee_system="abonemen",
        income=431_000, operating_cost=433_000,
    )  # fmt: skip
    sources = [
        make.FundingSourceFactory(code=code, label=label, is_fee=code == "iuran", order=order)
        for order, (code, label) in enumerate((("iuran", "Iuran"), ("apbdes", "APBDes"), ("csr", "Swasta/CSR")))
    ]
    areas = [
        make.WorkAreaFactory(code=code, label=label, order=order)
        for order, (code, label) in enumerate((("A", "Teknis"), ("B", "Pengembangan"), ("C", "Kelembagaan")))
    ]
    lines = [(0, 0, 12, 103_000, range(1, 13)), (1, 1, 1, 5_900_000, [7]), (2, 2, 3, 211_000, [3, 6, 9])]
    for plan in plans:
        for number, (area, source, volume, price, months) in enumerate(lines, 1):
            line = make.ActivityFactory(
                plan=plan, line=number, area=areas[area], title=f"Pekerjaan {number}", volume=volume,
                unit_price=price, months=months_to_mask(months),
            )  # fmt: skip
            security = "apbdes" if source == 1 else "diusulkan"
            make.ActivityFundingFactory(activity=line, source=sources[source], security=security)
    for month, cost in ((2, 101_000), (4, 107_000), (5, 109_000)):  # of line 1 only; lines 2 and 3 have no progress
        make.ProgressFundingFactory(
            progress__activity=plans[0].activities.get(line=1), progress__month=month, source=sources[0], cost=cost
        )
    make.MonthReportFactory(group=plans[0].group, year=2025, month=2, income=419_000)
    return plans


def _training(known, quiet):
    """Two villages with three places each: seven lines of one village, two of them of one person, two uninvited."""
    training = make.TrainingFactory(title="Pelatihan Uji", fiscal_year=2025, cohort_year=2024)
    sessions = [make.TrainingSessionFactory(day__training=training, day__date=date(2025, 4, day)) for day in (8, 9)]
    SpjItem.objects.create(training=training, document=SpjItem.Document.INVITATION, dated_on=date(2025, 3, 20))
    for place in (known, quiet):
        make.InvitationFactory(training=training, village=place, quota=3)
    people = [make.PersonFactory(village=known, name=f"Orang {n}", sex="P" if n % 2 else "L") for n in range(7)]
    people[1].merged_into = people[0]
    people[1].save()
    rows = [
        make.ParticipantFactory(training=training, person=person, village=known, number=number, walk_in=number >= 6)
        for number, person in enumerate(people, 1)
    ]
    for row in rows[:-1]:  # the last one has no attendance
        status = "izin" if row.number == 3 else "hadir"
        Attendance.objects.create(participant=row, session=sessions[0], status=status)
    return training


def page_text(html: str) -> str:
    """The text of a page or drawing, with single spaces."""
    return " ".join(unescape(strip_tags(html.replace("<", " <"))).split())


def page(client, name, *args, **query):
    answer = client.get(reverse(name, args=args), query)
    assert answer.status_code == 200
    return page_text(answer.content.decode())


def absent(words, **forms) -> dict[str, list[str]]:
    """{format: the missing words} of the formats that lack any."""
    found = {name: [word for word in words if word not in text] for name, text in forms.items()}
    return {name: lacking for name, lacking in found.items() if lacking}


def rows_of_csv(answer):
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def rows_of_xlsx(answer):
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    heads, *rows = load_workbook(io.BytesIO(content), read_only=True).worksheets[0].values
    return [dict(zip(heads, row, strict=True)) for row in rows]


def cell(value):
    return "" if value is None else str(value)
