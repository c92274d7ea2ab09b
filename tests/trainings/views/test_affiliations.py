"""One unsur for several participants at once."""

import pytest

from tests import factories as f
from tests.trainings.views.test_participants import errors, sentences, url


@pytest.fixture
def guests(dataset):
    """Two people of unsur BPD in different villages, numbers 11 and 12."""
    return [
        f.ParticipantFactory(
            training=dataset.training, person=f.PersonFactory(village=village, name=name), village=village,
            number=number, affiliation="BPD",
        )
        for number, (village, name) in enumerate([(dataset.satu, "Ani"), (dataset.dua, "Budi")], 11)
    ]  # fmt: skip


def of(dataset, *rows):
    return url(dataset, "participant_affiliation_many") + "?" + "&".join(f"peserta={row.pk}" for row in rows)


def send(client, address, rows, affiliation="Kader AMPL"):
    data = {"participants": [str(row.pk) for row in rows], "affiliation": affiliation}
    return client.post(address, data, follow=True)


def unsur(rows):
    for row in rows:
        row.refresh_from_db()
    return [row.affiliation for row in rows]


def test_affiliation_many_shows_the_old_one_and_changes_all_once(dataset, guests, as_user):
    client = as_user(dataset.staff)
    f.AttendanceFactory(participant=guests[0], session=dataset.session)  # who came may have it corrected
    address = of(dataset, *guests)
    assert f'name="peserta" value="{guests[0].pk}"' in client.get(url(dataset, "participant_list")).text
    labels = [label for _, label in client.get(address).context["form"].fields["participants"].choices]
    assert labels == ["Ani, Desa A – sekarang BPD", "Budi, Desa B – sekarang BPD"]
    assert errors(send(client, address, guests, affiliation=" ")).keys() == {"affiliation"}
    assert sentences(send(client, address, guests)) == ["Unsur 2 peserta diubah: Ani, Budi."]
    assert unsur(guests) == ["Kader AMPL"] * 2
    assert guests[0].events.first().changes["unsur"] == ["BPD", "Kader AMPL"]
    assert sentences(send(client, address, guests)) == ["Semua yang dicentang sudah berunsur itu."]


def test_affiliation_many_changes_nobody_when_one_prints_a_post(dataset, guests, people, as_user):
    client = as_user(dataset.staff)
    address = of(dataset, guests[0], people[0])
    form = client.get(address).context["form"]
    assert form["participants"].initial == [guests[0].pk]
    reason = "tidak dapat diubah: tercetak sebagai Ketua KPSPAMS; ubah jabatannya satu per satu."
    assert f"Ketua A, Desa A – {reason}" in [label for _, label in form.fields["participants"].choices]
    refused = send(client, address, [guests[0], people[0]])
    assert errors(refused)["__all__"][0].startswith("Ketua A tercetak sebagai Ketua KPSPAMS;")
    assert unsur([guests[0], people[0]]) == ["BPD", ""]


def test_affiliation_many_says_why_when_all_print_a_post(dataset, people, as_user):
    client = as_user(dataset.staff)
    answer = client.get(of(dataset, *people[:2]), follow=True)
    assert answer.redirect_chain == [(url(dataset, "participant_list"), 302)]
    assert sentences(answer) == [
        "“Ubah unsur” tidak dapat dijalankan: Ketua A tercetak sebagai Ketua KPSPAMS; ubah jabatannya satu per satu. "
        "Begitu pula 1 lainnya yang dicentang."
    ]


def test_affiliation_many_finds_own_rows_only(dataset, guests, as_user):
    client = as_user(dataset.facilitator)
    assert sentences(send(client, of(dataset, guests[0]), guests[:1])) == ["Unsur 1 peserta diubah: Ani."]
    assert send(client, of(dataset, *guests), guests).status_code == 404
    assert unsur(guests) == ["Kader AMPL", "BPD"]
