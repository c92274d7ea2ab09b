"""Berita acara pemeriksaan kerusakan: recorded facts are printed, others are printed as unknown."""

from datetime import date

import pytest
import time_machine
from django.core.exceptions import ValidationError

from documents import registry
from documents.plans import damage_minutes
from documents.rendering import printing
from tests import factories
from tests.documents.samples import words_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(date(2026, 11, 24), tick=False):
        yield


@pytest.fixture
def damage(office):
    village = factories.VillageFactory(name="Contoh Satu", postal_code="34697")
    facility = factories.FacilityFactory(village=village, name="SPAM Dusun I")
    factories.GroupFacilityFactory(group__village=village, group__name="Tirta Contoh", facility=facility)
    damage = factories.DamageReportFactory(
        facility=facility,
        since=date(2026, 10, 1),
        description="Pompa terbakar <b>sesudah</b> petir",
        connections_affected=1_120,
        estimated_cost=9_500_000,
    )
    factories.DamageStepFactory(report=damage, on=date(2026, 10, 2))
    return damage


def snapshot(damage):
    return damage_minutes.DamageMinutes().collect(damage, {}, None)


def made(damage):
    return words_of(printing.print_document(registry.document("damage_minutes"), damage.pk, snapshot(damage)).content)


def test_the_minutes_of_an_inspection(damage):
    factories.DamageStepFactory(report=damage, state="diperiksa", on=date(2026, 10, 5), note="Gulungan putus")
    text = made(damage)
    for message in (
        "DESA CONTOH SATU",
        "PEMERIKSAAN KERUSAKAN SPAM DUSUN I",
        "Pada hari ini Senin tanggal Lima bulan Oktober tahun Dua Ribu Dua Puluh Enam (05-10-2026)",
        'telah diperiksa kerusakan SPAM Dusun I yang dikelola oleh KPSPAMS "Tirta Contoh"',
        "Pompa terbakar <b>sesudah</b> petir",
        "Terdampak 1.120 SR",
        "Perkiraan biaya Rp9.500.000",
        "Air sementara dari belum diketahui",
        "Diperiksa, 5 Oktober 2026: Gulungan putus",
        "Petugas Pemeriksa,",
        "Ketua KPSPAMS Tirta Contoh,",
        "Mengetahui, Kepala Desa Contoh Satu,",
    ):
        assert message in text, message


def test_before_an_inspection_it_is_dated_by_the_report(damage):
    assert "Jumat tanggal Dua bulan Oktober" in made(damage)
    assert "telah dilaporkan kerusakan" in made(damage)


def test_days_without_water_are_told_when_it_works_again(damage):
    type(damage).objects.filter(pk=damage.pk).update(state="berfungsi", working_again_on=date(2026, 10, 20))
    damage.refresh_from_db()
    assert "Berfungsi kembali 20 Oktober 2026, 20 hari tanpa air" in made(damage)


def test_a_sample_is_marked(damage):
    damage.facility.is_sample = True
    damage.facility.save()
    assert snapshot(damage)["document"]["watermark"] == "DATA CONTOH"


def test_without_a_step_there_is_no_day(damage):
    damage.steps.all().delete()
    with pytest.raises(ValidationError, match="belum mempunyai langkah"):
        damage_minutes.DamageMinutes().clean(damage, {})


def test_the_minutes_of_a_repaired_damage_say_so(damage):
    factories.DamageStepFactory(report=damage, state="berfungsi", on=date(2026, 10, 20))
    damage.state, damage.working_again_on = "berfungsi", date(2026, 10, 20)
    damage.save()
    text = made(damage)
    assert "telah diperbaiki dan berfungsi kembali kerusakan SPAM Dusun I" in text
    assert "telah dilaporkan" not in text
    assert snapshot(damage)["document"]["dated"] == "2026-10-20"
