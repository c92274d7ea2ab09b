from datetime import date

import pytest
from django.core.exceptions import ValidationError

from documents.trainings import follow_up_plan
from tests import factories
from tests.documents.samples import make_training, pages_of, paper_of

pytestmark = pytest.mark.django_db


def tables(snapshot):
    return [block["rows"] for block in snapshot["body"] if block["kind"] == "table"]


def test_a_page_for_each_village_filled_or_blank(office):
    training = make_training(villages=2)
    village = training.invitations.first().village
    group = factories.GroupFactory(village=village, name="Tirta Uji")
    factories.MemberFactory(group=group, person__name="Ni Made Contoh")
    factories.VillageOfficialFactory(village=village, person__name="Kepala Uji", starts_on="2017-01-01")
    values = {"training": training, "village": village}
    factories.FollowUpFactory(
        **values,
        number=1,
        task="Menyusun rencana kerja",
        output="Rencana",
        due_on=date(2018, 12, 20),
        responsible="Ketua",
    )
    factories.FollowUpFactory(**values, number=2, task="Usul ke RKP Desa", due_text="Sebelum musrenbang desa")
    factories.FollowUpFactory(**values, number=3, task="Batal", dropped_on=date(2018, 12, 9), note="Tidak perlu")
    snapshot, content = paper_of("follow_up_plan", training)
    filled, blank = tables(snapshot)
    assert filled == [
        ["1", "Menyusun rencana kerja", "Rencana", "20 Desember 2018", "Ketua", "-"],
        ["2", "Usul ke RKP Desa", "-", "Sebelum musrenbang desa", "-", "-"],
    ]
    assert blank == [[str(number), "", "", "", "", ""] for number in range(1, 9)]
    pages = [" ".join(page.split()) for page in pages_of(content)]
    assert len(pages) == 2
    for line in ("KPSPAMS : Tirta Uji", "Desa/Kecamatan : Uji Desa 1/Uji Tengah", "Kepala Uji", "Ni Made Contoh"):
        assert line in pages[0], line
    assert "(....." in pages[1]


def test_two_groups_leave_the_name_to_the_pen(office):
    training = make_training(villages=1)
    village = training.invitations.get().village
    for name in ("Tirta Satu", "Tirta Dua"):
        factories.MemberFactory(group=factories.GroupFactory(village=village, name=name), person__name=f"Ketua {name}")
    _, content = paper_of("follow_up_plan", training)
    (page,) = pages_of(content)
    assert "KPSPAMS : Tirta Dua, Tirta Satu" in " ".join(page.split())
    assert "Ketua Tirta" not in page


def test_blank_sheets_hold_no_promise(office):
    training = make_training(villages=1)
    factories.FollowUpFactory(training=training, village=training.invitations.get().village)
    assert tables(paper_of("follow_up_plan", training, fill="kosong")[0]) == [
        [[str(number), "", "", "", "", ""] for number in range(1, 9)]
    ]


def test_a_village_that_promised_uninvited_has_its_page(office):
    training = make_training(villages=1)
    guest = factories.VillageFactory(name="Uji Tamu")
    factories.FollowUpFactory(training=training, village=guest, task="Ikut serta")
    assert [rows[0][1] for rows in tables(paper_of("follow_up_plan", training)[0])] == ["", "Ikut serta"]


def test_a_fasilitator_gets_own_villages(office):
    training = make_training(villages=2)
    first, second = (invitation.village for invitation in training.invitations.all())
    factories.FollowUpFactory(training=training, village=first, task="Milik lain")
    factories.FollowUpFactory(training=training, village=second, task="Milik sendiri")
    user = factories.FacilitatorFactory(villages=[second])
    assert [rows[0][1] for rows in tables(paper_of("follow_up_plan", training, user)[0])] == ["Milik sendiri"]


def test_a_village_that_sent_people_uninvited_has_its_page(office):
    training = make_training(villages=0)
    factories.ParticipantFactory(training=training, person__village=factories.VillageFactory(name="Uji Tamu"))
    _, content = paper_of("follow_up_plan", training)
    assert "Uji Tamu/Uji Tengah" in pages_of(content)[0]


def test_nobody_invited_is_refused_in_words(office):
    with pytest.raises(ValidationError, match="Belum ada desa yang diundang"):
        follow_up_plan.FollowUpPlan().clean(make_training(villages=0), {})


@pytest.mark.parametrize("villages", [1, 6])
def test_queries_do_not_grow_with_villages(office, django_assert_num_queries, villages):
    training = make_training(villages=villages)
    for invitation in training.invitations.all():
        factories.MemberFactory(group=factories.GroupFactory(village=invitation.village))
        factories.FollowUpFactory(training=training, village=invitation.village)
    with django_assert_num_queries(14):
        follow_up_plan.FollowUpPlan().collect(training, {"fill": "isi"}, None)
