"""The demo as a whole: the real village list, and sixteen invented villages in which every state occurs."""

from datetime import date
from pathlib import Path

from django.apps import apps
from django.db import transaction

from accounts.models import District
from pamsimas.demo.accounts_file import plant_accounts_files
from pamsimas.demo.assessments import plant_assessments
from pamsimas.demo.association import plant_association
from pamsimas.demo.dossier import plant_dossiers
from pamsimas.demo.groups import plant_groups, plant_people
from pamsimas.demo.materials import plant_shelf
from pamsimas.demo.office import plant_office, plant_users
from pamsimas.demo.places import plant_assignments, plant_facilities, plant_villages
from pamsimas.demo.plans import plant_plans
from pamsimas.demo.progress import plant_damages, plant_progress
from pamsimas.demo.training import plant_trainings
from pamsimas.demo.visits import plant_visits
from villages.models import Village
from villages.services.village_list import import_list, read_list

KABUPATEN = "Mesuji"
EDITION = "Kepmendagri 300.2.2-2430/2025"


def official_list() -> Path:
    return Path(apps.get_app_config("villages").path) / "data" / "villages_18_11.csv"


def is_loaded() -> bool:
    return Village.objects.filter(is_sample=True).exists()


@transaction.atomic
def load(today: date) -> bool:
    """Lays everything down, or nothing; False when it stands already. What people changed since stays as it is.

    Facts of 2018 and 2019 keep their dates; boards, decrees, this year's plans and checks lie around `today`.
    Raises CommandError when a sample account's name is taken.
    """
    if is_loaded():
        return False
    lines, _ignored = read_list(official_list())
    if Village.objects.filter(code__in=[line.code for line in lines]).count() < len(lines):
        import_list(lines, district_name=KABUPATEN, edition=EDITION)
    district = District.objects.get(code=lines[0].code[:5])
    users = plant_users(district)
    admin, staff = users["admin"], users["staf"]
    plant_office(district, admin)
    villages = plant_villages(district, staff)
    plant_assignments(villages, users["fasilitator"], today, admin)
    plant_facilities(villages, today, staff)
    plant_dossiers(villages, today, staff)
    people = plant_people(district, villages, staff)
    groups = plant_groups(villages, people, today, staff)
    plant_association(district, groups, today, staff)
    plant_plans(groups, users, today)
    plant_progress(groups, users, today)
    plant_damages(villages, users, today)
    plant_visits(villages, users, today)
    plant_trainings(district, villages, groups, people, users, today)
    plant_assessments(villages, staff, today)
    plant_accounts_files(staff)
    plant_shelf(district, staff)
    return True
