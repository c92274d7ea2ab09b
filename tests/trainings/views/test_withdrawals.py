"""Several participants taken off the sheet at once."""

import pytest
from django.urls import reverse

from tests import factories as f
from tests.trainings.views.test_participants import errors, sentences, url
from trainings.models import Training


def states(people):
    for row in people:
        row.refresh_from_db()
    return [row.state for row in people]


def of(dataset, *rows):
    return url(dataset, "participant_withdraw_many") + "?" + "&".join(f"peserta={row.pk}" for row in rows)


def send(client, address, rows, reason="Surat desa"):
    return client.post(address, {"participants": [str(row.pk) for row in rows], "reason": reason}, follow=True)


def test_withdraw_many_names_all_then_takes_them_off_once(dataset, people, as_user):
    client = as_user(dataset.staff)
    address = of(dataset, people[0], people[2])
    form = client.get(address).context["form"]
    assert [label for _, label in form.fields["participants"].choices] == ["Ketua A, Desa A", "Ketua B, Desa B"]
    assert (form["participants"].initial, states(people)) == ([people[0].pk, people[2].pk], ["terdaftar"] * 4)
    assert errors(send(client, address, [], reason=" ")).keys() == {"participants", "reason"}
    done = send(client, address, [people[0], people[2]])
    assert sentences(done) == ["2 peserta batal ikut: Ketua A, Ketua B."]
    assert states(people) == ["batal", "terdaftar", "batal", "terdaftar"]
    again = send(client, address, [people[0], people[2]])
    assert sentences(again) == ["Semua yang dicentang sudah batal ikut sebelumnya."]


def test_withdraw_many_keeps_ticks_and_names_who_is_in_the_way(dataset, people, as_user):
    f.AttendanceFactory(participant=people[0], session=dataset.session)
    client = as_user(dataset.staff)
    address = of(dataset, people[0], people[1])
    assert client.get(address).context["form"]["participants"].initial == [people[1].pk]
    refused = send(client, address, people[:2])
    assert "Kehadiran Ketua A sudah tercatat, jadi tetap menjadi peserta." in errors(refused)["__all__"]
    assert refused.context["form"]["participants"].value() == [str(row.pk) for row in people[:2]]
    assert states(people) == ["terdaftar"] * 4


def test_withdraw_many_without_a_tick_says_so(dataset, people, as_user):
    client = as_user(dataset.staff)
    address = url(dataset, "participant_withdraw_many")
    empty = ["Belum ada yang dicentang. Centang nama peserta, lalu “Batalkan keikutsertaan”."]
    assert sentences(client.get(address, follow=True)) == empty
    assert sentences(client.post(address, follow=True)) == empty


def test_withdraw_many_finds_own_rows_of_this_training_only(dataset, people, as_user):
    other = f.ParticipantFactory(training=f.TrainingFactory(district=dataset.district), person=people[0].person)
    wrong = [
        (dataset.staff, [people[1], other]),
        (dataset.facilitator, [people[0], people[2]]),  # of another village
    ]
    for user, rows in wrong:
        client = as_user(user)
        address = of(dataset, *rows)
        assert [client.get(address).status_code, send(client, address, rows).status_code] == [404, 404]
    assert send(client, of(dataset, people[0]), [people[0], people[2]]).status_code == 404
    assert client.get(url(dataset, "participant_withdraw_many") + "?peserta=x").status_code == 404
    assert states([*people, other]) == ["terdaftar"] * 5


@pytest.mark.parametrize("state", [Training.State.CLOSED, Training.State.CANCELLED])
def test_withdraw_many_of_a_locked_training_changes_nothing(state, dataset, people, as_user):
    Training.objects.filter(pk=dataset.training.pk).update(state=state)
    answer = send(as_user(dataset.staff), of(dataset, people[0]), [people[0]])
    assert answer.redirect_chain == [(dataset.training.get_absolute_url(), 302)]
    assert states(people) == ["terdaftar"] * 4


def test_participant_list_offers_ticks_of_those_who_can_be_withdrawn(dataset, people, as_user):
    f.AttendanceFactory(participant=people[0], session=dataset.session)
    page = reverse("trainings:participant_list", args=[dataset.training.pk])
    ticks = {
        user: [row.pk for row in people if f'name="peserta" value="{row.pk}"' in as_user(user).get(page).text]
        for user in (dataset.staff, dataset.facilitator, dataset.official)
    }
    rest = [row.pk for row in people[1:]]
    assert ticks == {dataset.staff: rest, dataset.facilitator: [people[1].pk], dataset.official: []}
