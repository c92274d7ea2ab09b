"""Sample association of the kabupaten with members of both kinds and two meetings."""

from datetime import date, timedelta

from kpspams.models import Association, AssociationMeeting, AssociationMembership
from pamsimas.demo.seeding import seed

FORMED = date(2019, 3, 14)
LEFT = "Way Tirta"  # was a member for two years
NOT_MEMBERS = {"Tirta Harapan", "Tirta Abadi", "Tirta Dusun Tiga"}


def seed_association(district, groups, today, by):
    """`groups` as plant_groups gives them; three of them never joined, one left."""
    (association,) = seed(
        [Association(district=district, name="Asosiasi SPAMS Perdesaan Contoh", formed_on=FORMED)], by
    )
    memberships = []
    for group in groups.values():
        if group.name in NOT_MEMBERS:
            continue
        joined = max(FORMED, group.formed_on or FORMED) + timedelta(days=30)
        left = joined + timedelta(days=730) if group.name == LEFT else None
        memberships.append(AssociationMembership(association=association, group=group, starts_on=joined, ends_on=left))
    seed(memberships, by)
    meetings = [
        ("Pembentukan asosiasi dan pemilihan pengurus", FORMED, 31, "Pengurus terpilih untuk lima tahun."),
        ("Iuran anggota dan pinjam pakai alat", today - timedelta(days=96), 24, "Jadwal pinjam pakai alat disepakati."),
    ]
    seed(
        [
            AssociationMeeting(
                association=association, held_on=day, place="Balai Desa Contoh Satu", topic=topic, attended=attended,
                decisions=decisions,
            )
            for topic, day, attended, decisions in meetings
        ],
        by,
    )  # fmt: skip
