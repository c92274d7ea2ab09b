import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied

from documents.villages import change_history
from documents.villages.history_parts import OF_TRAINING, OF_VILLAGE
from records import history
from records.models import Event
from records.models.editable import Once
from reports.services import requests
from tests import factories
from tests.documents.samples import pages_of, paper_of, table_of
from trainings.models import Training
from villages.models import Village

pytestmark = pytest.mark.django_db


def lines_of(subject):
    snapshot, _ = paper_of("change_history", subject)
    return table_of(snapshot, "Riwayat perubahan")["rows"]


@pytest.mark.parametrize(("whole", "parts"), [(Training, OF_TRAINING), (Village, OF_VILLAGE)])
def test_every_noun_that_is_a_part_has_its_way_to_the_whole(whole, parts):
    """The history includes every new model of a training, a village, a group, a plan or a water system."""
    known = {whole, *parts}
    missing = [
        model.__name__
        for model in apps.get_models()
        if issubclass(model, Once) and model not in known and model.PART_OF
        and model._meta.get_field(model.PART_OF).related_model in known - {Training, Village} | {whole}
    ]  # fmt: skip
    assert missing == []
    for model, path in parts.items():
        field = model._meta.get_field(path.split("__")[0])
        assert field.is_relation


def test_a_change_is_told_with_time_person_old_new_and_reason(office, staff):
    group = factories.GroupFactory(name="Tirta Lama")
    group.name = "Tirta Baru"
    group.change(by=staff, reason="Salah tulis")
    line = next(row for row in lines_of(group.village) if "nama kelompok" in row[2])
    assert (line[1], line[3:]) == ("Staf Uji", ["Tirta Lama", "Tirta Baru", "Salah tulis"])
    assert "WIB" in line[0]


def test_what_was_deleted_stays_and_what_is_private_is_not_told(office, staff):
    village = factories.VillageFactory(name="Uji Riwayat")
    test = factories.WaterTestFactory(village=village, lab="Laboratorium Uji")
    test.remove(by=staff, reason="Tertukar")
    history.record(village, Event.Verb.CHANGE, by=staff, changes={"nomor HP": None})
    history.record(village, Event.Verb.DOWNLOAD, by=staff)
    other = factories.WaterTestFactory(lab="Laboratorium Lain")
    other.remove(by=staff)
    shown = lines_of(village)
    assert [row[3:] for row in shown if "laboratorium" in row[2]] == [["Laboratorium Uji", "-", "Tertukar"]]
    assert ["diubah, isi tidak dicatat"] * 2 in [row[3:5] for row in shown]
    assert not any("Diunduh" in row[2] or "Lain" in row[3] for row in shown)


def test_parts_of_a_training_belong_to_its_history(office, staff):
    item = factories.AgendaItemFactory()
    participant = factories.ParticipantFactory(training=item.day.training)
    for row in (item, participant, item.day.training):
        history.record(row, Event.Verb.ADD, by=staff)
    assert {row[2] for row in lines_of(item.day.training)} == {
        f"Dibuat, {row._meta.verbose_name}: {row}" for row in (item, participant, item.day.training)
    }


def test_a_long_text_is_cut_so_that_its_row_fits_a_page(office, staff, monkeypatch):
    village = factories.VillageFactory()
    for number in range(3):
        history.record(village, Event.Verb.CHANGE, by=staff, changes={"isi": ["x" * 4_000, f"baru {number}"]})
    monkeypatch.setattr(change_history, "MAX_LINES", 2)
    snapshot, content = paper_of("change_history", village)
    rows = table_of(snapshot, "Riwayat perubahan")["rows"]
    assert [row[4] for row in rows] == ["baru 2", "baru 1"]
    assert rows[0][3].endswith("(4.000 huruf, selengkapnya di portal)")
    assert "memuat 2 yang terbaru" in " ".join(" ".join(pages_of(content)).split())


def test_the_history_is_for_the_office(office):
    village = factories.VillageFactory()
    for user in (factories.OfficialFactory(), factories.FacilitatorFactory(villages=[village])):
        with pytest.raises(PermissionDenied):
            requests.request_document("change_history", village, {}, user)
