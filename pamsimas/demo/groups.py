"""Sample groups: boards of 2018 and of today, decrees in every state, and checks."""

from dataclasses import dataclass
from datetime import date, timedelta

from kpspams.models import GroupCheck, KpspamsGroup, LegalDocument, Member
from pamsimas.demo.seeding import seed, table
from villages.models import Person, Programme

FOUNDED = date(2018, 2, 12)
TERM = 5  # validity of a decree in years


@dataclass(frozen=True)
class Scenario:
    """`decree`: state of the current SK: none, process, old (only that of 2018), or days until its end.

    `check` is (bookkeeping, fee system, income, cost of operation) of the latest check; None: never checked.
    """

    village: str
    name: str
    number: int
    decree: str | int = "none"
    since_2018: bool = True
    pamsimas: bool = True
    fee: tuple[int, int] = (5_000, 3_000)
    payers: int = 60
    check: tuple | None = ("lengkap", "meter", 2_100_000, 1_900_000)


IN_FORCE = 1_300  # days until the end of a decree that does not end soon
GROUPS = [
    Scenario("Contoh Satu", "Tirta Contoh", 7, IN_FORCE, payers=120, check=("lengkap", "meter", 3_780_000, 3_450_000)),
    Scenario(
        "Contoh Dua",
        "Tirta Makmur",
        9,
        IN_FORCE - 20,
        fee=(5_000, 2_000),
        payers=120,
        check=("tidak_lengkap", "meter", 2_650_000, 3_480_000),
    ),
    Scenario("Contoh Tiga", "Tirta Sari", 11, IN_FORCE - 60, payers=74),
    Scenario(
        "Contoh Tiga",
        "Banyu Bening",
        4,
        IN_FORCE - 300,
        since_2018=False,
        pamsimas=False,
        payers=41,
        check=("lengkap", "tetap", 820_000, 640_000),
    ),
    Scenario("Contoh Empat", "Tirta Rahayu", 5, IN_FORCE - 10, check=("tidak_lengkap", "tetap", 900_000, 1_240_000)),
    Scenario(
        "Contoh Lima",
        "Tirta Lestari",
        14,
        IN_FORCE - 90,
        payers=88,
        check=("tidak_lengkap", "meter", 1_700_000, 2_200_000),
    ),
    Scenario("Contoh Enam", "Way Tirta", 6, IN_FORCE - 40, payers=0, check=("tidak_ada", "tidak_ada", None, None)),
    Scenario("Contoh Tujuh", "Tirta Amerta", 12, IN_FORCE - 70, payers=93),
    Scenario("Contoh Delapan", "Sumber Tirta", 8, IN_FORCE - 150, payers=58),
    Scenario("Contoh Sembilan", "Tirta Mulya", 10, IN_FORCE - 30, payers=131),
    Scenario("Contoh Sembilan", "Tirta Dusun Tiga", 3, IN_FORCE - 400, since_2018=False, payers=47, check=None),
    Scenario("Contoh Sepuluh", "Tirta Jaya", 13, "process", payers=81),
    Scenario("Contoh Sebelas", "Tirta Dharma", 15, 60, payers=64),
    Scenario(
        "Contoh Dua Belas", "Banyu Urip", 16, -45, payers=72, check=("tidak_lengkap", "meter", 1_300_000, 1_950_000)
    ),
    Scenario("Contoh Tiga Belas", "Tirta Wening", 0, "none", payers=55, check=("tidak_ada", "tetap", 550_000, 700_000)),
    Scenario("Contoh Lima Belas", "Tirta Abadi", 18, IN_FORCE - 200, payers=50, check=None),
    Scenario("Contoh Enam Belas", "Tirta Harapan", 19, "old", payers=0, check=None),
]


def years_before(day: date, years: int) -> date:
    """The same day of an earlier year; 29 February becomes 28."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def seed_people(district, villages, by) -> list[tuple[dict, Person]]:
    """Each row of data/people.csv with its person, without telephone numbers, which might belong to somebody."""
    rows = table("people")
    people = seed(
        [
            Person(
                district=district, village=villages[row["desa"]], name=row["nama"], sex=row["jk"], hamlet=row["dusun"]
            )
            for row in rows
        ],
        by,
    )
    # Recorded a second time in capitals, to show "Mungkin tercatat ganda".
    known = people[0]
    name = known.name.removesuffix(" (contoh)")
    seed([Person(district=district, village=known.village, name=f"{name.upper()} (contoh)", sex=known.sex)], by)
    return list(zip(rows, people, strict=True))


def seed_groups(villages, people, today: date, by) -> dict[str, KpspamsGroup]:
    """The seventeen groups by name, with legal documents, posts and checks."""
    programme = Programme.objects.get(code="PAMSIMAS-III")
    groups = {}
    for scenario in GROUPS:
        groups[scenario.name] = KpspamsGroup(
            village=villages[scenario.village],
            name=scenario.name,
            is_pamsimas=scenario.pamsimas,
            programme=programme if scenario.since_2018 else None,
            legal_form=KpspamsGroup.LegalForm.LKD if scenario.pamsimas else KpspamsGroup.LegalForm.BUMDES,
            hamlets="Dusun I-III" if scenario.since_2018 else "Dusun III" if scenario.pamsimas else "Dusun IV",
            formed_on=FOUNDED - timedelta(days=12) if scenario.since_2018 else date(2021, 9, 6),
        )
    seed(groups.values(), by)
    documents, members = [], []
    for scenario in GROUPS:
        group = groups[scenario.name]
        board = [(row, person) for row, person in people if row["kelompok"] == scenario.name]
        made_documents, made_members = _documents_and_posts(scenario, group, board, today)
        documents += made_documents
        members += made_members
    seed(documents, by)
    seed(members, by)
    seed([check for scenario in GROUPS for check in _checks(scenario, groups[scenario.name], today, by)], by)
    return groups


def _documents_and_posts(scenario, group, board, today):
    """The decree of 2018 with its board, and the later one with its board, where there is one."""
    documents, members = [], []
    has_2018 = scenario.since_2018 and scenario.decree != "none"
    first = _decree(group, scenario.number, FOUNDED, date(2023, 2, 12)) if has_2018 else None
    later = _later_decree(scenario, group, today)
    starts = _term_starts(scenario, later, today)
    documents += [document for document in (first, later) if document]
    if scenario.decree not in ("none", "process", "old"):
        documents.append(LegalDocument(group=group, kind=LegalDocument.Kind.STATUTES, dated_on=group.formed_on))
    if scenario.name in ("Tirta Contoh", "Tirta Mulya"):
        rule = LegalDocument.Kind.VILLAGE_RULE
        documents.append(LegalDocument(group=group, kind=rule, number="03 Tahun 2018", dated_on=date(2018, 5, 14)))
    for row, person in board:
        post_2018, post_now = row["jabatan_2018"], row["jabatan_kini"]
        if post_2018:
            ends = starts - timedelta(days=1) if starts else None
            members.append(
                Member(group=group, person=person, post=post_2018, starts_on=FOUNDED, ends_on=ends, appointed_by=first)
            )
        if post_now and (starts or not post_2018):
            members.append(
                Member(
                    group=group,
                    person=person,
                    post=post_now,
                    acting=bool(row["plt"]),
                    starts_on=starts or group.formed_on,
                    appointed_by=later,
                )
            )
    return documents, members


def _later_decree(scenario, group, today):
    if scenario.decree == "process":
        return LegalDocument(group=group, kind=LegalDocument.Kind.DECREE, in_process=True)
    if isinstance(scenario.decree, str):
        return None
    ends = today + timedelta(days=scenario.decree)
    return _decree(group, scenario.number + 20, years_before(ends, TERM), ends)


def _term_starts(scenario, later, today) -> date | None:
    """The first day of the current board; None where that of 2018 continues."""
    if scenario.decree == "process":
        return today - timedelta(days=120)
    return later.dated_on if later else None


def _decree(group, number, dated_on, valid_until):
    return LegalDocument(
        group=group,
        kind=LegalDocument.Kind.DECREE,
        number=f"188/{number:02}/{dated_on.year}",
        dated_on=dated_on,
        valid_until=valid_until,
    )


def _checks(scenario, group, today, by):
    """Two checks a year apart, with the fee of that day."""
    if scenario.check is None:
        return
    bookkeeping, fee_system, income, cost = scenario.check
    no_fee = fee_system == GroupCheck.FeeSystem.NONE
    base_fee, tariff = scenario.fee
    for days in (420, 55):
        yield GroupCheck(
            group=group,
            checked_on=today - timedelta(days=days),
            active=True,
            bookkeeping=bookkeeping,
            has_asset_list=bookkeeping == GroupCheck.Bookkeeping.COMPLETE,
            fee_system=fee_system,
            base_fee=None if no_fee else base_fee if fee_system == "meter" else 20_000,
            tariff=tariff if fee_system == "meter" else None,
            payers=scenario.payers or None,
            income=income,
            operating_cost=cost,
            recorded_by=by,
        )
