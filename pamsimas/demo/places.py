"""Sample kecamatan and desa with officials, grants, water systems and checks."""

from datetime import date, timedelta
from decimal import Decimal

from accounts.models import Subdistrict
from pamsimas.demo.seeding import seed, table
from villages.models import (
    Assignment,
    ConditionCheck,
    Facility,
    GrantAward,
    Person,
    Programme,
    Village,
    VillageOfficial,
)

COHORT = 2017
HANDED_OVER = date(2018, 3, 20)
EDITION = "DATA CONTOH"
ASSIGNED = ["Contoh Satu", "Contoh Dua", "Contoh Tiga", "Contoh Empat", "Contoh Lima", "Contoh Enam"]

WORKS, PARTLY, BROKEN = (
    ConditionCheck.Functioning.WORKS,
    ConditionCheck.Functioning.PARTLY,
    ConditionCheck.Functioning.BROKEN,
)
RECENT, OLD = 40, 640  # days before the day of loading; a check older than twelve months is due again
# village: (name, state, days ago, cause, SR active, SR idle). Contoh Enam Belas has no water system on record.
FACILITIES = [
    ("Contoh Satu", "SPAM Contoh Satu", WORKS, RECENT, "", 120, 4),
    ("Contoh Dua", "SPAM Contoh Dua", WORKS, RECENT + 5, "", 120, 9),
    ("Contoh Tiga", "SPAM Dusun I", WORKS, RECENT + 2, "", 74, 3),
    ("Contoh Tiga", "SPAM Dusun III", BROKEN, RECENT + 2, "Panel listrik terbakar, menunggu suku cadang", 0, 38),
    ("Contoh Tiga", "SPAM Banyu Bening", WORKS, RECENT + 30, "", 41, 0),
    ("Contoh Empat", "SPAM Contoh Empat", WORKS, RECENT + 11, "", 66, 2),
    (
        "Contoh Lima",
        "SPAM Contoh Lima",
        PARTLY,
        RECENT + 8,
        "Debit sumur turun pada musim kemarau; air mengalir pagi saja",
        88,
        31,
    ),
    ("Contoh Enam", "SPAM Contoh Enam", BROKEN, RECENT + 14, "Pompa rusak sejak tiga bulan lalu", 0, 72),
    ("Contoh Tujuh", "SPAM Contoh Tujuh", WORKS, RECENT + 20, "", 93, 6),
    ("Contoh Delapan", "SPAM Contoh Delapan", WORKS, RECENT + 21, "", 58, 1),
    ("Contoh Sembilan", "SPAM Dusun I-II", WORKS, RECENT + 3, "", 131, 7),
    ("Contoh Sembilan", "SPAM Dusun Tiga", WORKS, RECENT + 3, "", 47, 0),
    ("Contoh Sepuluh", "SPAM Contoh Sepuluh", WORKS, RECENT + 60, "", 81, 12),
    ("Contoh Sebelas", "SPAM Contoh Sebelas", WORKS, RECENT + 33, "", 64, 5),
    ("Contoh Dua Belas", "SPAM Contoh Dua Belas", PARTLY, RECENT + 70, "Kebocoran pipa distribusi Dusun III", 72, 26),
    ("Contoh Tiga Belas", "SPAM Contoh Tiga Belas", WORKS, RECENT + 90, "", 55, 8),
    ("Contoh Empat Belas", "SPAM Contoh Empat Belas", WORKS, RECENT + 45, "", 39, 4),
    ("Contoh Lima Belas", "SPAM Contoh Lima Belas", WORKS, OLD, "", 50, 10),
]


def seed_subdistricts(district) -> dict[str, Subdistrict]:
    """The four kecamatan of the sixteen villages, by code."""
    return {
        code: Subdistrict.objects.get_or_create(code=code, defaults={"district": district, "name": name})[0]
        for code, name in sorted({(row["kecamatan_kode"], row["kecamatan"]) for row in table("villages")})
    }


def seed_villages(subdistricts, by) -> dict[str, Village]:
    """The sixteen villages by name, with their kepala desa and their grant of TA 2017."""
    rows = table("villages")
    villages = seed(
        [
            Village(
                subdistrict=subdistricts[row["kecamatan_kode"]],
                code=row["kode"],
                edition=EDITION,
                name=row["desa"],
                households=int(row["jumlah_kk"]),
                people=int(row["jumlah_jiwa"]),
                figures_year=COHORT,
                lat=Decimal(row["lat"]),
                lng=Decimal(row["lng"]),
            )
            for row in rows
        ],
        by,
    )
    heads = seed(
        [
            Person(
                district=village.subdistrict.district,
                village=village,
                name=row["kepala_desa"],
                sex=row["kepala_desa_jk"],
            )
            for village, row in zip(villages, rows, strict=True)
        ],
        by,
    )
    seed(
        [
            VillageOfficial(
                village=head.village, person=head, office=VillageOfficial.Office.HEAD, starts_on=date(2017, 12, 20)
            )
            for head in heads
        ],
        by,
    )
    programme = Programme.objects.get(code="PAMSIMAS-III")
    seed([GrantAward(village=village, programme=programme, fiscal_year=COHORT) for village in villages], by)
    return {village.name: village for village in villages}


def seed_assignments(villages, user, today: date, by):
    """The six villages of the fasilitator for the current year."""
    year = today.year
    seed(
        [
            Assignment(user=user, village=villages[name], starts_on=date(year, 1, 1), ends_on=date(year, 12, 31))
            for name in ASSIGNED
        ],
        by,
    )


def seed_facilities(villages, today: date, by):
    """Each water system with its checks: of the hand-over, of last year and the newest."""
    facilities, checks = [], []
    for step, (village_name, name, state, days, cause, active, idle) in enumerate(FACILITIES):
        village = villages[village_name]
        non_pamsimas = name == "SPAM Banyu Bening"
        facility = Facility(
            village=village,
            name=name,
            technology=Facility.Technology.DEEP_WELL,
            energy=Facility.Energy.SUN if non_pamsimas else Facility.Energy.ELECTRICITY,
            capacity_lps=Decimal("2.5") if active > 60 else Decimal("1.8"),
            reservoir_m3=Decimal(20) if active > 60 else Decimal(10),
            built_year=2021 if non_pamsimas else COHORT,
            funder=Facility.Funder.VILLAGE if non_pamsimas else Facility.Funder.PAMSIMAS,
            lat=village.lat + Decimal("0.002") * (1 + step % 3),
            lng=village.lng + Decimal("0.003"),
        )
        facilities.append(facility)
        seen = [
            (today - timedelta(days=days + 365), WORKS, "", active + idle, 0),
            (today - timedelta(days=days), state, cause, active, idle),
        ]
        if not non_pamsimas:
            seen.insert(0, (HANDED_OVER, WORKS, "", (active + idle) // 2, 0))
        for day, found, why, on, off in seen:
            served = on * 9 // 8
            checks.append(
                ConditionCheck(
                    facility=facility,
                    checked_on=day,
                    functioning=found,
                    cause=why,
                    checked_by="Fasilitator Contoh",
                    connections_active=on,
                    connections_inactive=off,
                    taps=2,
                    households=served,
                    people=served * 7 // 2,
                    hours={WORKS: Decimal(12), PARTLY: Decimal(4), BROKEN: Decimal(0)}[found],
                    recorded_by=by,
                )
            )
    seed(facilities, by)
    seed(checks, by)
