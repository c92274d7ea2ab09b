import pytest

from plans.models import WorkPlan
from tests.factories import ActivityFactory
from tests.plans.plans import grid, row
from tests.plans.views.activities.grids import lines, seen, url

pytestmark = pytest.mark.django_db


def test_a_removal_of_a_locked_line_removes_nothing(client, plan, writer):
    ActivityFactory(plan=plan, line=1)
    WorkPlan.objects.filter(pk=plan.pk).update(status="submitted")
    client.post(url(plan, "activity_remove", 1))
    assert plan.activities.count() == 1


def test_one_line_is_added_and_changed_by_itself(client, plan, writer):
    answer = client.post(url(plan, "activity_create"), grid(row("n1", title="Listrik")), follow=True)
    assert "Kegiatan tersimpan: Listrik: 2 kali × Rp750.000 = Rp1.500.000." in answer.text
    client.post(url(plan, "activity_create"), grid(row("n1", area="B", title="SR baru"), **seen(plan)))
    client.post(url(plan, "activity_update", 1), grid(row("l1", title="Listrik PLN"), **seen(plan)))
    assert [(number, title) for number, _, title, *_ in lines(plan)] == [(1, "Listrik PLN"), (2, "SR baru")]


def test_a_new_line_sent_twice_is_one_line(client, plan, writer):
    data = grid(row("n1", title="Listrik"), **seen(plan))
    client.post(url(plan, "activity_create"), data)
    client.post(url(plan, "activity_create"), data)
    assert len(lines(plan)) == 1


def test_save_and_add_another_leads_to_an_empty_line(client, plan, writer):
    answer = client.post(url(plan, "activity_create"), grid(row("n1")) | {"lagi": "1"})
    assert answer.url == url(plan, "activity_create")


def test_an_empty_single_line_is_told_what_is_missing(client, plan, writer):
    data = grid(row("n1", area="", title="", volume="", unit="", unit_price=""))
    answer = client.post(url(plan, "activity_create"), data)
    assert answer.status_code == 422
    for words in ("Tulis kegiatannya.", "Isi volume.", "Isi harga satuan.", "Pilih bidang."):
        assert words in answer.text


def test_removing_asks_and_names_the_loss(client, plan, writer):
    ActivityFactory(plan=plan, line=1, title="Listrik")
    requested = client.get(url(plan, "activity_remove", 1))
    assert "Listrik: 2 kali × Rp750.000 = Rp1.500.000, beserta sumber dananya." in requested.text
    assert plan.activities.count() == 1
    for _ in range(2):
        assert client.post(url(plan, "activity_remove", 1)).status_code == 302
    assert plan.activities.count() == 0


def test_a_line_that_is_not_there_is_a_404(client, plan, writer):
    assert client.get(url(plan, "activity_update", 7)).status_code == 404
    assert client.get(url(plan, "activity_remove", 7)).status_code == 404


def test_a_card_changed_meanwhile_tells_both_and_takes_what_is_stored(client, plan, writer):
    ActivityFactory(plan=plan, line=1, position=1, title="Listrik")
    ActivityFactory(plan=plan, line=2, position=2, title="Pipa")
    before, card = seen(plan), url(plan, "activity_update", 1)
    client.post(card, grid(row("l1", title="Listrik rekan"), **before))
    answer = client.post(card, grid(row("l1", title="Listrik saya"), **before))
    assert answer.status_code == 409
    assert 'value="pakai:l1"' in answer.text
    assert 'value="Listrik saya"' in answer.text
    taken = client.post(card, grid(row("l1", title="Listrik saya"), **seen(plan), bentrok=["l1"], susun="pakai:l1"))
    assert 'value="Listrik rekan"' in taken.text
    # A single card ignores other values of `susun`.
    client.post(card, grid(row("l1", title="Listrik saya"), **seen(plan), susun="hapus:l1"))
    assert [title for _, _, title, *_ in lines(plan)] == ["Listrik rekan", "Pipa"]
