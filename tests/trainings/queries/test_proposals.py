"""Villages that sent nobody, and the text of a reminder."""

from datetime import date
from urllib.parse import unquote

from tests import factories as f
from trainings.models import Participant, Training
from trainings.queries.proposals import beyond_quota, proposals, reminders


def shown(dataset):
    return [
        (row.village.name, row.registered, [u.name for u in row.facilitators]) for row in proposals(dataset.training)
    ]


def test_proposals_count_the_sheet_and_name_who_works_there(dataset, people):
    Participant.objects.filter(pk=people[0].pk).update(state="batal")
    assert shown(dataset) == [("A", 1, [dataset.facilitator.name]), ("B", 2, [])]
    assert [row.village.name for row in proposals(dataset.training, {dataset.dua.pk})] == ["B"]


def test_beyond_the_quota(dataset, people):
    dataset.training.invitations.filter(village=dataset.dua).update(quota=1)
    assert beyond_quota(dataset.training, {dataset.satu.pk, dataset.dua.pk}) == ["Desa B: 2 orang, diminta 1."]


def test_reminders_are_one_text_for_each_fasilitator_and_each_village_without(dataset):
    Training.objects.filter(pk=dataset.training.pk).update(
        proposal_deadline=date(2018, 11, 20), organiser="Dinas Contoh"
    )
    training = Training.objects.get(pk=dataset.training.pk)
    found = reminders(training)
    assert [(item.facilitator, [v.name for v in item.villages]) for item in found] == [
        (dataset.facilitator, ["A"]),
        (None, ["B"]),
    ]
    assert found[0].text == (
        f"Yth. Fasilitator {dataset.facilitator.name},\n\n"
        "Pelatihan KPSPAMS pada 4 Desember 2018 di Balai: belum ada peserta yang diusulkan dari\n"
        "- Desa A (3 orang: Ketua, Bendahara)\n\n"
        "Mohon nama, L/P, dan jabatan pesertanya paling lambat 20 November 2018. Terima kasih.\n"
        "Dinas Contoh"
    )
    assert found[1].text.startswith("Yth. Kepala Desa B,")
    assert unquote(found[0].whatsapp) == f"https://wa.me/?text={found[0].text}"


def test_nobody_is_reminded_who_proposed(dataset, people):
    assert reminders(dataset.training) == []


def test_proposals_ask_the_same_number_of_queries_for_2_and_7(dataset, django_assert_num_queries):
    for _ in range(5):
        invitation = f.InvitationFactory(training=dataset.training)
        f.AssignmentFactory(village=invitation.village, user=dataset.facilitator)
    with django_assert_num_queries(3):
        proposals(dataset.training)
