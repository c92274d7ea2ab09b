from datetime import UTC, date, datetime, time

import pytest
from django.core.exceptions import ValidationError

from documents import registry
from documents.rendering import printing
from tests import factories
from tests.documents.samples import make_training, paper_of, table_of, words_of
from trainings.models import ScheduleChange, SpjItem
from trainings.queries.spj import accounts_file
from trainings.services import dates, schedule_changes

pytestmark = pytest.mark.django_db
LETTER = registry.document("schedule_change")


def invited(**fields):
    """A training of three days whose undangan has a date; one village."""
    training = make_training(villages=1, **fields)
    factories.SpjItemFactory(training=training, number="005/12/DPMU/2018", dated_on=date(2018, 11, 20))
    return training


def moved(training, *days, place="Balai Uji, Brabasan", on=datetime(2018, 11, 25, tzinfo=UTC), invited=True):
    """The recorded schedule before the training was moved to its current days."""
    return ScheduleChange.objects.create(
        training=training, days=[day.isoformat() for day in days], place=place, changed_at=on, invited=invited
    )


def test_letter_cites_the_undangan_and_names_old_and_new_days(office):
    training = invited(recipients="Camat Uji")
    moved(training, date(2018, 11, 27), date(2018, 11, 28), date(2018, 11, 29), place="Aula Lama")
    factories.SpjItemFactory(
        training=training, document=SpjItem.Document.RESCHEDULE, number="005/15", dated_on=date(2018, 11, 26)
    )
    snapshot, content = paper_of("schedule_change", training)
    text = words_of(content)
    for line in (
        "Mesuji, 26 November 2018",
        "Nomor : 005/15",
        "Hal : Perubahan jadwal pelatihan",
        "Yth. 1. Camat Uji 2. Sdr. Kepala Desa (terlampir) di Tempat",
        "surat undangan kami Nomor 005/12/DPMU/2018 tanggal 20 November 2018",
        "Tembusan: 1. Camat Uji Tengah",
    ):
        assert line in text, line
    assert table_of(snapshot, "Perubahan")["rows"] == [
        ["Hari/tanggal", "Selasa s.d. Kamis, 27 s.d. 29 November 2018", "Selasa s.d. Kamis, 4 s.d. 6 Desember 2018"],
        ["Tempat", "Aula Lama", "Balai Uji, Brabasan"],
    ]
    assert snapshot["letter"] == {"number": "005/15", "dated_on": "2018-11-26"}
    word = printing.print_document(LETTER, training.pk, snapshot, "docx").content
    assert word[:2] == b"PK"


def test_only_what_changed_is_told_with_hour_and_agenda(office):
    training = invited(days=1)
    staff = factories.UserFactory(district=training.district)
    day, item = training.days.get(), training.days.get().items.get()
    factories.AgendaItemFactory(session=day.sessions.get(), topic="Penutupan", starts=time(15), ends=time(15, 30))
    schedule_changes.keep_agenda(training)
    day.items.filter(pk=item.pk).update(starts=time(7), ends=time(7, 45))
    day.items.filter(topic="Penutupan").delete()
    snapshot, _ = paper_of("schedule_change", training)
    assert table_of(snapshot, "Perubahan")["rows"] == [["Pukul", "08.00 WIB s.d. selesai", "07.00 WIB s.d. selesai"]]
    assert table_of(snapshot, "Susunan acara yang berubah")["rows"] == [
        ["Materi hari 1", "08.00 s.d. 09.30 WIB", "07.00 s.d. 07.45 WIB"],
        ["Penutupan", "15.00 s.d. 15.30 WIB", "(ditiadakan)"],
    ]
    dates.move_training(training, date(2018, 12, 11), by=staff)
    snapshot, _ = paper_of("schedule_change", training)
    assert [row[0] for row in table_of(snapshot, "Perubahan")["rows"]] == ["Hari/tanggal", "Pukul"]


def test_number_is_dotted_until_it_is_typed(office):
    training = invited()
    moved(training, date(2018, 11, 27))
    snapshot, content = paper_of("schedule_change", training)
    assert "Nomor : ....." in words_of(content)
    assert snapshot["letter"] is None


def test_the_first_change_after_the_undangan_is_what_it_said(office):
    training = invited()
    moved(training, date(2018, 11, 1), on=datetime(2018, 11, 10, tzinfo=UTC), invited=False)  # before the letter
    moved(training, date(2018, 11, 27))
    moved(training, date(2018, 11, 30), on=datetime(2018, 11, 26, tzinfo=UTC))
    snapshot, _ = paper_of("schedule_change", training)
    assert table_of(snapshot, "Perubahan")["rows"][0][1] == "Selasa, 27 November 2018"


@pytest.mark.parametrize("back", [True, False])
def test_without_a_change_or_a_dated_undangan_there_is_nothing_to_tell(office, back):
    training = make_training(villages=1, days=1)
    staff = factories.UserFactory(district=training.district)
    if back:
        factories.SpjItemFactory(training=training, number="005/1", dated_on=date(2018, 11, 20))
        for day in (date(2018, 12, 10), date(2018, 12, 4)):
            dates.move_training(training, day, by=staff)
    expected = "tidak ada yang berubah" if back else "Undangan belum bertanggal"
    with pytest.raises(ValidationError, match=expected):
        LETTER.clean(training, {})


def test_accounts_file_expects_it_once_days_moved_after_the_undangan(office):
    training = invited()
    expected = {row.document: row.expected for row in accounts_file(training).documents}
    assert not expected[SpjItem.Document.RESCHEDULE]
    dates.move_training(training, date(2018, 12, 11), by=factories.UserFactory(district=training.district))
    row = next(row for row in accounts_file(training).documents if row.document == SpjItem.Document.RESCHEDULE)
    assert (row.expected, row.hint) == (True, "Perlu: tanggal berubah sesudah undangan.")


def test_a_change_of_the_agenda_alone_may_be_announced_and_is_not_due(office):
    training = invited(days=1)
    schedule_changes.keep_agenda(training)
    day = training.days.get()
    factories.AgendaItemFactory(session=day.sessions.get(), topic="Penutupan", starts=time(15), ends=time(15, 30))
    assert LETTER.clean(training, {}) == {}
    accounts = accounts_file(training)
    (row,) = [row for row in accounts.others if row.document == SpjItem.Document.RESCHEDULE]
    assert row.hint.startswith("Tidak wajib: hanya susunan acara yang berubah sesudah undangan.")
    assert row not in accounts.missing
