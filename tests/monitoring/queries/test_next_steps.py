"""The next step of a village: red stages first, then the first missing one along the chain."""

from datetime import date

import pytest
import time_machine
from django.test import Client

from kpspams.models import Member
from monitoring.queries.next_steps import cards
from tests import factories as make
from villages.models import Village

DAY = date(2026, 1, 20)
pytestmark = pytest.mark.django_db


def step(village, on=DAY):
    rows = Village.objects.select_related("subdistrict__district__settings_row").filter(pk=village.pk)
    (card,) = cards(rows, on)
    return card.step and (card.step.label, card.step.url)


def test_a_village_is_led_from_step_to_step():
    village = make.VillageFactory()
    assert step(village) == ("Catat KPSPAMS", f"/kpspams/tambah/?desa={village.pk}")

    group = make.GroupFactory(village=village, formed_on=date(2018, 1, 1))
    assert step(village) == ("Catat SK", f"/kpspams/{group.pk}/dokumen/tambah/?jenis=sk")
    decree = make.LegalDocumentFactory(group=group, valid_until=date(2026, 1, 10))
    assert step(village) == ("Catat SK yang baru", f"/kpspams/{group.pk}/dokumen/tambah/?jenis=sk")
    decree.valid_until = None
    decree.save()
    for post, label in zip(Member.CORE, ("Ketua", "Sekretaris", "Bendahara"), strict=True):
        assert step(village) == (f"Isi jabatan {label}", f"/kpspams/{group.pk}/pengurus/tambah/?jabatan={post}")
        make.MemberFactory(group=group, post=post)

    assert step(village) == ("Buat rencana kerja 2026", f"/rencana-kerja/baru/?kpspams={group.pk}&tahun=2026")
    plan = make.WorkPlanFactory(group=group, year=2026)
    assert step(village) == ("Lanjutkan rencana kerja 2026", f"/rencana-kerja/{plan.pk}/ubah/")
    plan.steps.create(action="submit", on=date(2026, 1, 12))
    plan.steps.create(action="return", on=date(2026, 1, 13))
    assert step(village) == ("Perbaiki rencana kerja 2026", f"/rencana-kerja/{plan.pk}/ubah/")
    plan.steps.create(action="submit", on=date(2026, 1, 14))

    facility = make.FacilityFactory(village=village)
    assert step(village) == (f"Kunjungi dan cek {facility}", f"/desa/{village.pk}/kunjungan/catat/")
    make.ConditionCheckFactory(facility=facility, checked_on=DAY, functioning="sebagian")
    assert step(village) == (f"Laporkan kerusakan {facility}", f"/kerusakan/sarana/{facility.pk}/tambah/")
    damage = make.DamageReportFactory(facility=facility, since=date(2026, 1, 2))
    assert step(village) == (f"Lanjutkan kerusakan {facility}", f"/kerusakan/{damage.pk}/")
    make.ConditionCheckFactory(facility=facility, checked_on=DAY)
    type(damage).objects.filter(pk=damage.pk).update(state="berfungsi", working_again_on=DAY)
    assert step(village) is None

    invitation = make.InvitationFactory(village=village)
    make.TrainingSessionFactory(day__training=invitation.training, day__date=date(2026, 2, 1))
    address = f"/pelatihan/{invitation.training.pk}/peserta/pilih/"
    assert step(village) == ("Usulkan peserta pelatihan", address)
    # Red stages come first.
    make.ConditionCheckFactory(facility=facility, checked_on=DAY, functioning="tidak")
    assert step(village) == (f"Laporkan kerusakan {facility}", f"/kerusakan/sarana/{facility.pk}/tambah/")


def test_each_next_step_opens_for_the_fasilitator_of_the_village():
    """One tap to the form: no step links to a page that refuses."""
    facts = [
        {},
        {"group": True},
        {"group": True, "decree": {"dated_on": None, "number": "", "in_process": True}},
        {"group": True, "decree": {}},
    ]
    villages = []
    for fact in facts:
        village = make.VillageFactory()
        villages.append(village)
        if "group" in fact:
            group = make.GroupFactory(village=village, formed_on=date(2018, 1, 1))
            if "decree" in fact:
                make.LegalDocumentFactory(group=group, **fact["decree"])
    whole = make.GroupFactory(village=make.VillageFactory(), formed_on=date(2018, 1, 1))
    make.LegalDocumentFactory(group=whole)
    for post in Member.CORE:
        make.MemberFactory(group=whole, post=post)
    villages.append(whole.village)
    client = Client()
    with time_machine.travel("2027-01-20 03:00Z", tick=True):
        client.force_login(make.FacilitatorFactory(villages=villages))
        steps = [card.step for card in client.get("/").context["cards"]]
        assert [client.get(step.url).status_code for step in steps] == [200] * 5
    assert [step.label for step in steps] == [
        "Catat KPSPAMS",
        "Catat SK",
        "Lengkapi SK yang dalam proses",
        "Isi jabatan Ketua",
        "Buat rencana kerja 2027",
    ]
