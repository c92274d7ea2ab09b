"""Sample dossiers: a former name, the life cycle, water tests, STBM, assets."""

from datetime import date, timedelta

from pamsimas.demo.places import BROKEN, HANDED_OVER, PARTLY, RECENT, WORKS
from pamsimas.demo.seeding import seed
from villages.models import Asset, AssetCheck, SanitationMark, TimelineEntry, VillageName, WaterTest

SEEN_BY = "Fasilitator Contoh"
# Life cycle of a village of TA 2017 until the hand-over; the first village has all steps.
FACILITATION_STEPS = [
    ("Sosialisasi Tingkat Kabupaten", date(2016, 9, 6), ""),
    ("Sosialisasi Tingkat Desa", date(2016, 9, 20), "Balai desa"),
    ("Penyusunan Surat Minat dan Proposal", date(2016, 10, 4), ""),
    ("Penetapan Calon Desa Sasaran", date(2017, 1, 17), "Desa sasaran TA 2017"),
    ("Pembentukan/Revitalisasi KKM", date(2017, 2, 14), ""),
    ("IMAS II", date(2017, 3, 7), ""),
    ("Pleno Pembentukan/Revitalisasi KPSPAMS", date(2017, 4, 11), ""),
    ("RKP Desa", date(2017, 5, 30), ""),
    ("Pencairan Termin I", date(2017, 7, 12), ""),
    ("Konstruksi", date(2017, 8, 1), "Mulai dikerjakan Satlak"),
    ("Uji Fungsi", date(2018, 2, 27), ""),
    ("Serah Terima (BAST) kepada Desa", HANDED_OVER, ""),
    ("Serah Kelola kepada KPSPAMS", HANDED_OVER, ""),
]
STEPS_OF_OTHERS = {"Penetapan Calon Desa Sasaran", "Uji Fungsi", "Serah Terima (BAST) kepada Desa"}
FORMER = {"Contoh Dua": ("Contoh Dwi", date(2017, 12, 31))}
# village: days before the loading, fit, note
WATER = {
    "Contoh Satu": (120, True, ""),
    "Contoh Tiga": (130, True, ""),
    "Contoh Lima": (110, False, "Besi melebihi batas; disarankan aerasi dan saringan"),
}
PILLARS = {
    "Contoh Satu": [(1, date(2019, 11, 12)), (2, date(2021, 8, 3))],
    "Contoh Dua": [(1, date(2022, 6, 21))],
    "Contoh Sembilan": [(1, date(2023, 5, 9))],
}
PARTS = [(Asset.Kind.DEEP_WELL, 1), (Asset.Kind.PUMP, 1), (Asset.Kind.TOWER, 1), (Asset.Kind.DISTRIBUTION, 3)]
# village: the asset that is not in order, its state, and the reason
TROUBLE = {
    "Contoh Lima": (Asset.Kind.DEEP_WELL, PARTLY, "Debit turun pada musim kemarau"),
    "Contoh Enam": (Asset.Kind.PUMP, BROKEN, "Gulungan pompa terbakar"),
}


def seed_dossiers(villages, today: date, by):
    """Needs the water systems of the villages."""
    seed(
        [
            TimelineEntry(village=village, step=step, on=on, note=note)
            for name, village in villages.items()
            for step, on, note in FACILITATION_STEPS
            if name == "Contoh Satu" or step in STEPS_OF_OTHERS
        ],
        by,
    )
    seed(
        [
            VillageName(village=villages[name], name=former, valid_until=until, source="DATA CONTOH")
            for name, (former, until) in FORMER.items()
        ],
        by,
    )
    seed(
        [
            WaterTest(
                village=villages[name],
                facility=villages[name].facilities.first(),
                sampled_on=today - timedelta(days=days),
                lab="Laboratorium Contoh",
                fit=fit,
                note=note,
            )
            for name, (days, fit, note) in WATER.items()
        ],
        by,
    )
    seed(
        [
            SanitationMark(village=villages[name], pillar=pillar, on=on)
            for name, pillars in PILLARS.items()
            for pillar, on in pillars
        ],
        by,
    )
    _seed_assets(villages, today, by)


def _seed_assets(villages, today, by):
    assets, checks = [], []
    for name in ("Contoh Satu", "Contoh Lima", "Contoh Enam"):
        facility = villages[name].facilities.first()
        for kind, units in PARTS:
            asset = Asset(facility=facility, kind=kind, units=units)
            trouble, found, why = TROUBLE.get(name, (None, WORKS, ""))
            seen = (found, why) if kind == trouble else (WORKS, "")
            assets.append(asset)
            for days, (state, note) in ((RECENT + 365, (WORKS, "")), (RECENT, seen)):
                checks.append(
                    AssetCheck(
                        asset=asset,
                        checked_on=today - timedelta(days=days),
                        functioning=state,
                        note=note,
                        checked_by=SEEN_BY,
                        recorded_by=by,
                    )
                )
    seed(assets, by)
    seed(checks, by)
