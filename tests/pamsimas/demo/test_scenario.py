from collections import Counter
from datetime import date

import pytest
import time_machine
from django.apps import apps
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command
from django.db import models
from django.utils.timezone import localdate

from accounts.demo import DEMO_PASSWORD
from accounts.models import User
from kpspams.models import LegalDocument, Member
from monitoring.queries.chain import State, chains_of
from pamsimas.demo import scenario
from plans.models import PlanStep, WorkPlan
from records.models import Event
from tests.factories import UserFactory
from tests.pamsimas.demo.tables import APPS, snapshot
from trainings.models import Training
from villages.models import Facility, Person, Village


def village_rows(**filters):
    return Village.objects.filter(**filters).select_related("subdistrict__district__settings_row")


def test_outside_demo_mode_nothing_is_loaded(db, settings):
    settings.DEMO_MODE = False
    with pytest.raises(CommandError, match="mode contoh"):
        call_command("load_demo", verbosity=0)
    assert not Village.objects.exists()


def test_loading_again_changes_nothing(demo, settings, django_assert_max_num_queries):
    settings.DEMO_MODE = True
    before = snapshot()
    with django_assert_max_num_queries(3):
        call_command("load_demo", verbosity=0)
    assert snapshot() == before


def test_a_real_account_of_the_same_name_stops_the_load_whole(db, settings):
    settings.DEMO_MODE = True
    UserFactory(username="staf")
    before = snapshot()
    with pytest.raises(CommandError, match="staf dipakai akun sebenarnya"):
        call_command("load_demo", verbosity=0)
    assert snapshot() == before


def test_the_official_list_is_real_and_the_sixteen_are_marked(demo):
    assert Village.objects.filter(is_sample=False).count() == 105
    assert Village.objects.filter(is_sample=True).of_cohort(2017).count() == 16
    assert Village.objects.of_cohort(2017).count() == 16


def test_the_demo_accounts_open_here_in_demo_mode_only(demo, settings, rf):
    roles = {"admin": "admin", "staf": "staff", "fasilitator": "facilitator"}
    roles |= {"pejabat": "official", "camat": "camat"}
    request = rf.post("/masuk/", REMOTE_ADDR="127.0.0.1")
    for username, role in roles.items():
        settings.DEMO_MODE = True
        user = authenticate(request, username=username, password=DEMO_PASSWORD)
        assert (user.role, user.is_sample, user.district.code) == (role, True, "18.11")
        settings.DEMO_MODE = False
        assert authenticate(request, username=username, password=DEMO_PASSWORD) is None


def test_the_fasilitator_sees_six_villages_and_the_coming_bimtek(demo):
    user = User.objects.get(username="fasilitator")
    names = set(Village.objects.visible_to(user).values_list("name", flat=True))
    assert names == {f"Contoh {number}" for number in ("Satu", "Dua", "Tiga", "Empat", "Lima", "Enam")}
    assert list(user.officer_of.values_list("title", flat=True)) == ["Bimbingan Teknis Iuran dan Pembukuan KPSPAMS"]


def test_every_value_is_one_that_a_form_would_take(demo):
    """Bulk rows bypass the validation of the forms."""
    for app in APPS:
        for model in apps.get_app_config(app).get_models():
            if model is Event:  # no form writes it
                continue
            keys = [field.name for field in model._meta.fields if isinstance(field, models.ForeignKey)]
            for row in model._base_manager.all():
                row.clean_fields(exclude=keys)


def test_every_noun_has_the_event_of_its_making(demo):
    for model in (Village, Person, Facility, Member, LegalDocument, WorkPlan, Training):
        made = Event.objects.filter(kind=model._meta.label_lower, verb=Event.Verb.ADD)
        assert set(made.values_list("object_id", flat=True)) == set(model.objects.values_list("pk", flat=True))


def test_no_person_has_a_telephone_number_and_all_say_contoh(demo):
    people = Person.objects.all()
    assert people.exclude(phone="").count() == 0
    assert people.exclude(name__endswith=" (contoh)").count() == 0


def test_the_board_of_2018_in_the_sample_group(demo):
    board = Member.objects.filter(group__name="Tirta Contoh").current(date(2018, 12, 31))
    assert Counter(member.person.sex for member in board) == {"L": 6, "P": 4}
    assert {member.appointed_by.number for member in board} == {"188/07/2018"}


def test_every_stage_shows_every_state(demo):
    today = localdate()
    chains = chains_of(village_rows(is_sample=True), today, 2017) + chains_of(village_rows(is_sample=False), today)
    seen = {step.key: set() for step in chains[0].steps}
    for chain in chains:
        for step in chain.steps:
            seen[step.key].add(step.state)
    assert seen == {key: set(State) for key in seen}


def test_the_story_of_each_village(demo):
    chains = chains_of(village_rows(is_sample=True), localdate(), 2017)
    marks = {State.DONE: "+", State.HALF: "~", State.NONE: "-", State.UNKNOWN: "?"}
    chain_marks = {chain.village.name: "".join(marks[step.state] for step in chain.steps) for chain in chains}
    expected = {
        "Satu": "++++",
        "Dua": "++++",
        "Tiga": "+++~",
        "Empat": "++-+",
        "Lima": "+++~",
        "Enam": "+~+-",
        "Tujuh": "+~-+",
        "Delapan": "~+++",
        "Sembilan": "++~+",
        "Sepuluh": "+~-+",
        "Sebelas": "++++",
        "Dua Belas": "+--~",
        "Tiga Belas": "+--+",
        "Empat Belas": "~--+",  # without a group the plan is missing like the group
        "Lima Belas": "-+-?",
        "Enam Belas": "---?",
    }
    if localdate() <= date(localdate().year, 1, 31):  # before the deadline a missing plan is no finding
        expected = {name: word[:2] + word[2].replace("-", "~") + word[3] for name, word in expected.items()}
        expected["Empat Belas"] = "~-?+"
    assert chain_marks == {f"Contoh {name}": word for name, word in expected.items()}


@pytest.mark.parametrize("day", ["2027-01-01", "2027-12-31", "2028-02-29"])
def test_loaded_on_any_day_nothing_done_lies_ahead(db, day):
    with time_machine.travel(f"{day} 12:00 +0700", tick=False):
        assert scenario.load(localdate())
        today = localdate()
        assert not PlanStep.objects.filter(on__gt=today).exists()
        assert not LegalDocument.objects.filter(dated_on__gt=today).exists()
        assert not Member.objects.filter(starts_on__gt=today).exists()
        ending = LegalDocument.objects.get(group__name="Tirta Dharma", kind="sk", valid_until__gte=today)
        assert ending.ends_soon(today)
        assert Village.objects.visible_to(User.objects.get(username="fasilitator")).count() == 6
