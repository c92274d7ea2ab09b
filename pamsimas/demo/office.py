"""Sample office: accounts, former names of the dinas, signatories."""

from datetime import date

from django.contrib.auth.hashers import make_password
from django.core.management.base import CommandError

from accounts.demo import DEMO_PASSWORD
from accounts.models import OfficeProfile, Signatory, User
from pamsimas.demo.seeding import seed

# The names are public and dated (docs/domain/office.md); addresses stay empty until the office fills them.
OFFICES = [
    (date(2018, 1, 1), "DINAS PERUMAHAN DAN PERMUKIMAN", "Disperkim"),
    (date(2020, 1, 1), "DINAS PERUMAHAN DAN KAWASAN PERMUKIMAN", "Perkim"),
    (date(2025, 1, 1), "DINAS PERUMAHAN, KAWASAN PERMUKIMAN DAN PERTANAHAN", "Disperkimtan"),
]
# The third has no name: a missing signatory prints dots.
SIGNATORIES = [
    (Signatory.Slot.DPMU_HEAD, "Ketua DPMU Kabupaten Mesuji", "(nama contoh)"),
    (Signatory.Slot.COMMITTEE_HEAD, "Ketua Panitia", "(nama contoh)"),
    (Signatory.Slot.OFFICE_HEAD, "Kepala Dinas", ""),
]


def seed_users(district, subdistrict) -> dict[str, User]:
    """Accounts of the demo. admin and staf may both approve, so that each can approve plans of the other; the camat is
    of `subdistrict`.

    Raises CommandError when one of the names belongs to a real account.
    """
    users = [
        User(username="admin", name="Admin Contoh", role=User.Role.ADMIN, may_approve=True),
        User(username="staf", name="Staf Contoh", role=User.Role.STAFF, may_approve=True),
        User(
            username="fasilitator",
            name="Fasilitator Contoh",
            role=User.Role.FACILITATOR,
            facilitator_type=User.FacilitatorType.SUSTAINABILITY,
        ),
        User(username="pejabat", name="Pejabat Contoh", role=User.Role.OFFICIAL),
        User(username="camat", name="Camat Contoh", role=User.Role.CAMAT, subdistrict=subdistrict),
    ]
    taken = User.objects.filter(username__in=[user.username for user in users]).values_list("username", flat=True)
    if taken:
        raise CommandError(
            f"Nama pengguna {', '.join(taken)} dipakai akun sebenarnya; data contoh tidak dapat dimuat di sini."
        )
    password = make_password(DEMO_PASSWORD)  # hashed once: Argon2 is slow on purpose
    for user in users:
        user.district, user.password = district, password
    return {user.username: user for user in seed(users)}


def seed_office(district, by):
    """Adds profiles and signatories, unless the office has entered real ones."""
    if not district.office_profiles.exists():
        profiles = [
            OfficeProfile(
                district=district,
                valid_from=valid_from,
                government_line="PEMERINTAH KABUPATEN MESUJI",
                office_name=name,
                short_name=short,
                place="Mesuji",
            )
            for valid_from, name, short in OFFICES
        ]
        seed(profiles, by)
    if not district.signatories.exists():
        first = OFFICES[0][0]
        seed(
            [
                Signatory(district=district, slot=slot, valid_from=first, title_line=title, name=name)
                for slot, title, name in SIGNATORIES
            ],
            by,
        )
