"""The demo as a whole: the real village list, and sixteen invented villages in which every state occurs."""

from datetime import date, datetime
from pathlib import Path

from django.apps import apps
from django.db import transaction

from accounts.models import District
from pamsimas.demo.accounts_file import seed_accounts_files
from pamsimas.demo.assessments import seed_assessments
from pamsimas.demo.association import seed_association
from pamsimas.demo.dossier import seed_dossiers
from pamsimas.demo.groups import seed_groups, seed_people
from pamsimas.demo.materials import seed_materials
from pamsimas.demo.office import seed_office, seed_users
from pamsimas.demo.places import seed_assignments, seed_facilities, seed_subdistricts, seed_villages
from pamsimas.demo.plans import seed_plans
from pamsimas.demo.progress import seed_damages, seed_progress
from pamsimas.demo.training import seed_trainings
from pamsimas.demo.visits import seed_visits
from records.models import SampleWipe
from villages.models import Village
from villages.services.village_list import import_list, read_list

KABUPATEN = "Mesuji"
CAMAT_OF = "18.11.96"  # Contoh Barat, in which the fasilitator works too
EDITION = "Kepmendagri 300.2.2-2430/2025"


def official_list() -> Path:
    return Path(apps.get_app_config("villages").path) / "data" / "villages_18_11.csv"


def is_loaded() -> bool:
    return Village.objects.filter(is_sample=True).exists()


def wiped_at() -> datetime | None:
    """When the sample data was removed for good; None while it was not."""
    return SampleWipe.objects.values_list("wiped_at", flat=True).first()


@transaction.atomic
def load(today: date) -> bool:
    """Loads everything or nothing; False when the demo is loaded already. Later changes of users stay.

    Facts of 2018 and 2019 keep their dates; boards, decrees, plans and checks of this year are relative to `today`.
    Raises CommandError when a sample account's name is taken.
    """
    if is_loaded():
        return False
    lines, _ignored = read_list(official_list())
    if Village.objects.filter(code__in=[line.code for line in lines]).count() < len(lines):
        import_list(lines, district_name=KABUPATEN, edition=EDITION)
    district = District.objects.get(code=lines[0].code[:5])
    subdistricts = seed_subdistricts(district)
    users = seed_users(district, subdistricts[CAMAT_OF])
    admin, staff = users["admin"], users["staf"]
    seed_office(district, admin)
    villages = seed_villages(subdistricts, staff)
    seed_assignments(villages, users["fasilitator"], today, admin)
    seed_facilities(villages, today, staff)
    seed_dossiers(villages, today, staff)
    people = seed_people(district, villages, staff)
    groups = seed_groups(villages, people, today, staff)
    seed_association(district, groups, today, staff)
    seed_plans(groups, users, today)
    seed_progress(groups, users, today)
    seed_damages(villages, users, today)
    seed_visits(villages, users, today)
    seed_trainings(district, villages, groups, people, users, today)
    seed_assessments(villages, staff, today)
    seed_accounts_files(staff)
    seed_materials(district, staff)
    return True
