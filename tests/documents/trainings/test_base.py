from datetime import date, time

import pytest

from documents import registry
from documents.signers import Signer
from documents.trainings import base, roster
from tests import factories
from trainings.queries.schedule_changes import schedule_today

pytestmark = pytest.mark.django_db


def on(*days, **fields):
    training = factories.TrainingFactory(**fields)
    for day in days:
        factories.TrainingDayFactory(training=training, date=day)
    return training


def signing(training):
    return registry.document("schedule").signing(training, date(2018, 12, 4))


@pytest.mark.parametrize(
    ("days", "text"),
    [
        ([date(2018, 12, 4)], "Selasa, 4 Desember 2018"),
        ([date(2018, 12, 4), date(2018, 12, 5), date(2018, 12, 6)], "Selasa s.d. Kamis, 4 s.d. 6 Desember 2018"),
        ([date(2018, 11, 30), date(2018, 12, 1)], "Jumat s.d. Sabtu, 30 November s.d. 1 Desember 2018"),
        ([date(2018, 12, 4), date(2018, 12, 11)], "Selasa, 4 Desember 2018; dan Selasa, 11 Desember 2018"),
        ([], "........................................"),
    ],
)
def test_days_are_written_as_an_office_writes_them(days, text):
    assert base.weekdays(on(*days)) == text


def test_the_time_is_that_of_the_first_thing_that_begins():
    training = on(date(2018, 12, 4))
    assert base.starts_at(training) == "................ WIB s.d. selesai"
    session = factories.TrainingSessionFactory(day=training.days.get(), starts=time(8), ends=time(16))
    factories.AgendaItemFactory(session=session, starts=time(7, 30), ends=time(8))
    assert base.starts_at(training) == "07.30 WIB s.d. selesai"
    assert schedule_today(training).starts == time(7, 30)


@pytest.mark.parametrize(
    ("venue", "online", "text"),
    [
        ("Balai Uji", False, "Balai Uji"),
        ("", True, "Daring"),
        ("Zoom DPMU", True, "Zoom DPMU (daring)"),
        ("", False, ""),
    ],
)
def test_place(venue, online, text):
    assert on(venue=venue, online=online).place == text


@pytest.mark.parametrize("name", ["Pamsimas III", "Program Pamsimas III"])
def test_programme_says_the_word_once(name):
    training = on(
        programme=factories.ProgrammeFactory(code=name[:8], name=name), title="Pelatihan Uji", wave="Angkatan II"
    )
    assert base.activity(training) == [
        "PELATIHAN UJI",
        "PROGRAM PAMSIMAS III KABUPATEN MESUJI",
        "(Angkatan II)",
    ]


def test_documents_print_the_printed_name_of_a_programme():
    row = factories.ProgrammeFactory(code="P22", name="Pamsimas (sejak 2022)", printed_name="Program Pamsimas")
    assert base.activity(on(programme=row, title="Rapat"))[1] == "PROGRAM PAMSIMAS KABUPATEN MESUJI"


def test_a_missing_number_prints_dots_and_is_not_stored():
    training = on(date(2018, 12, 4))
    item = base.book_entry(training, "undangan")
    assert item.pk is None
    assert base.number_or_dots(item) == "." * 40
    factories.SpjItemFactory(training=training, number="005/1")
    assert base.number_or_dots(base.book_entry(training, "undangan")) == "005/1"


def test_each_place_of_signature_has_a_title_when_nobody_is_set():
    training = on(date(2018, 12, 4))
    titles = {
        slot: signing(training).block(Signer(slot))["title"]
        for slot in (
            "dpmu_head",
            "committee_head",
            "office_head",
            "budget_user",
            "pptk",
            "finance_officer",
            "treasurer",
            "secretary",
            "regent",
        )
    }
    assert titles == {
        "dpmu_head": "Ketua DPMU Kabupaten Mesuji,",
        "committee_head": "Ketua Panitia,",
        "office_head": "Kepala Dinas,",
        "budget_user": "Pengguna Anggaran/Kuasa Pengguna Anggaran,",
        "pptk": "Pejabat Pelaksana Teknis Kegiatan,",
        "finance_officer": "Pejabat Penatausahaan Keuangan SKPD,",
        "treasurer": "Bendahara Pengeluaran,",
        "secretary": "Sekretaris Daerah,",
        "regent": "Bupati Mesuji,",
    }


def test_who_signed_then_signs_the_paper_of_that_day():
    training = on(date(2018, 12, 4))
    factories.SignatoryFactory(slot="pptk", name="Dulu", valid_from=date(2018, 1, 1))
    factories.SignatoryFactory(slot="pptk", name="Kini", valid_from=date(2020, 1, 1))
    assert signing(training).block(Signer("pptk"))["name"] == "Dulu"


@pytest.mark.parametrize(("sent", "chosen"), [(7, 7), ("7", 7), ("", None), (None, None)])
def test_a_chosen_village_is_a_key_however_it_was_sent(sent, chosen):
    assert roster.chosen_village({"village": sent}) == chosen
