"""The page after a form was sent again with other content: photos are added, then a change or a new record."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from fieldwork.models import EntryRequest, Visit
from plans.models import DamageReport
from records.models import Event, SentForm
from records.tasks import delete_expired_drafts
from tests.conventions.walks.walk import Page, html_of
from tests.files import picture

VISIT = {"on": "2024-05-05", "people_met": "Ketua", "result": "Iuran dibahas."}
DAMAGE = {"since": "2024-05-05", "reported_on": "2024-05-06", "component": "pompa", "description": "Pompa mati"}


@pytest.fixture
def facilitator(client, dataset):
    client.force_login(dataset.people["facilitator"])
    return dataset.people["facilitator"]


def fresh(client, address):
    return next(form for form in Page(html_of(client.get(address))).forms if "request_key" in form.controls)


def sent_again(client, address, first, second, photos=("photos", "photos")):
    """The 409 of a form sent twice, each time with a different photo."""
    data = fresh(client, address).untouched()
    assert client.post(address, data | first | {photos[0]: [picture(size=(100, 80))]}).status_code == 302
    both = [picture(size=(100, 80)), picture(size=(90, 70))]
    return client.post(address, data | second | {photos[1]: both})


def press(client, answer, **buttons):
    """Sends the form of the conflict page as a browser would, by its first button or to another button's URL."""
    form = next(form for form in Page(html_of(answer)).forms if "request_key" in form.controls)
    return client.post(buttons.get("to") or form.action or answer.request["PATH_INFO"], form.untouched())


def sent(model):
    """Rows made by a form. Those of the dataset have explicit ids, which on PostgreSQL may be higher."""
    return model.objects.exclude(request_key=None)


def visit_address(dataset):
    return reverse("fieldwork:visit_create", args=[dataset.village.pk])


def test_other_words_of_a_visit_are_a_conflict_and_the_new_photo_is_added(client, facilitator, dataset):
    count = Visit.objects.count()
    answer = sent_again(client, visit_address(dataset), VISIT, VISIT | {"result": "Iuran naik."})
    visit = sent(Visit).latest("pk")
    conflict = answer.context["conflict"]
    assert (answer.status_code, Visit.objects.count(), visit.result) == (409, count + 1, "Iuran dibahas.")
    assert conflict["rows"] == [
        {"name": "result", "label": "Hasil", "mine": "Iuran naik.", "theirs": "Iuran dibahas.", "fixed": False}
    ]
    assert (conflict["added"], visit.photos.count()) == (1, 2)
    text = Page(html_of(answer)).text
    assert "1 foto ditambahkan." in text
    assert "sekali lagi: peramban" not in text


def test_mine_changes_the_stored_visit_with_an_event(client, facilitator, dataset):
    answer = sent_again(client, visit_address(dataset), VISIT, VISIT | {"result": "Iuran naik."})
    visit, count = sent(Visit).latest("pk"), Visit.objects.count()
    assert press(client, answer).status_code == 302
    visit.refresh_from_db()
    assert (Visit.objects.count(), visit.result, visit.version) == (count, "Iuran naik.", 2)
    assert visit.events.first().verb == Event.Verb.CHANGE


def test_the_second_button_makes_a_record_of_its_own(client, facilitator, dataset):
    answer = sent_again(client, visit_address(dataset), VISIT, VISIT | {"result": "Iuran naik."})
    count, address = Visit.objects.count(), answer.context["conflict"]["another_url"]
    assert press(client, answer, to=address).status_code == 302
    assert list(sent(Visit).order_by("-pk").values_list("result", flat=True)[:2]) == ["Iuran naik.", "Iuran dibahas."]
    assert Visit.objects.count() == count + 1


def test_mine_meets_what_somebody_changed_meanwhile(client, facilitator, dataset):
    answer = sent_again(client, visit_address(dataset), VISIT, VISIT | {"result": "Iuran naik."})
    visit = sent(Visit).latest("pk")
    visit.result = "Diubah kantor."
    visit.change(by=dataset.people["admin"])
    assert press(client, answer).status_code == 409
    visit.refresh_from_db()
    assert visit.result == "Diubah kantor."


def test_the_same_words_with_a_further_photo_are_saved_with_it(client, facilitator, dataset):
    answer = sent_again(client, visit_address(dataset), VISIT, VISIT)
    assert (answer.status_code, sent(Visit).latest("pk").photos.count()) == (302, 2)


def test_a_damage_report_keeps_its_first_words_and_takes_the_photo(client, facilitator, dataset):
    address = reverse("plans:damage_create", args=[dataset.facility.pk])
    answer = sent_again(client, address, DAMAGE, DAMAGE | {"description": "Pipa pecah", "reported_on": "2024-05-07"})
    damage = sent(DamageReport).latest("pk")
    rows = {row["name"]: row["fixed"] for row in answer.context["conflict"]["rows"]}
    assert (answer.status_code, damage.description, damage.photos.count()) == (409, "Pompa mati", 2)
    assert rows == {"description": False, "reported_on": True}  # the day of the report is a separate step


def test_a_titip_entri_takes_the_photo_and_offers_a_new_one_only(client, facilitator, dataset):
    address, typed = reverse("fieldwork:entry_create"), {"village": dataset.village.pk, "form": "pemeriksaan"}
    data = fresh(client, address).untouched()
    forms = [value for value in fresh(client, address).controls["form"].options if value]
    typed["form"] = forms[0]
    assert client.post(address, data | typed | {"photos": [picture(size=(100, 80))]}).status_code == 302
    answer = client.post(address, data | typed | {"note": "Lain", "photos": [picture(size=(90, 70))]})
    entry, count = sent(EntryRequest).latest("pk"), EntryRequest.objects.count()
    conflict = answer.context["conflict"]
    assert (answer.status_code, entry.note, entry.photos.count()) == (409, "", 2)
    assert (conflict["update"], conflict["submit_label"]) == ("", "Simpan sebagai catatan baru")
    assert EntryRequest.objects.count() == count


def test_the_same_key_at_another_address_is_other_content(client, dataset):
    client.force_login(dataset.people["admin"])
    first = reverse("fieldwork:visit_create", args=[dataset.village.pk])
    other = dataset.people["stranger"].assignments.get().village_id
    data = fresh(client, first).untouched() | VISIT
    assert client.post(first, data).status_code == 302
    answer = client.post(reverse("fieldwork:visit_create", args=[other]), data)
    assert (answer.status_code, Visit.objects.filter(village=other, result=VISIT["result"]).exists()) == (409, False)


def test_a_key_of_another_person_is_answered_without_the_name_of_the_row(client, dataset):
    address = visit_address(dataset)
    client.force_login(dataset.people["admin"])
    data = fresh(client, address).untouched()
    assert client.post(address, data | VISIT | {"result": "Rahasia kantor."}).status_code == 302
    client.force_login(dataset.people["facilitator"])
    answer = client.post(address, data | VISIT)
    conflict = answer.context["conflict"]
    assert (answer.status_code, conflict["another_person"], "row" in conflict) == (409, True, False)
    assert "Rahasia kantor." not in html_of(answer)
    assert press(client, answer).status_code == 302


def test_what_was_sent_is_forgotten_after_the_drafts_are(client, facilitator, dataset):
    client.post(visit_address(dataset), fresh(client, visit_address(dataset)).untouched() | VISIT)
    note = SentForm.objects.get()
    assert note.row == sent(Visit).latest("pk")
    SentForm.objects.update(sent_at=timezone.now() - timedelta(days=34))
    delete_expired_drafts()
    assert SentForm.objects.count() == 1
    SentForm.objects.update(sent_at=timezone.now() - timedelta(days=36))
    delete_expired_drafts()
    assert SentForm.objects.count() == 0


@pytest.mark.parametrize("field", ["new_phone"])
def test_telephone_numbers_are_compared_but_not_kept(client, dataset, field):
    client.force_login(dataset.people["admin"])
    address = reverse("kpspams:member_create", args=[dataset.group.pk])
    typed = {"new_name": "Orang Baru", "new_sex": "L", "post": "SEK", "starts_on": "2024-01-01"}
    data = fresh(client, address).untouched() | typed
    assert client.post(address, data | {field: "081234567890"}).status_code == 302
    assert "81234567890" not in str(SentForm.objects.get().shown)
    answer = client.post(address, data | {field: "081234567891"})
    assert answer.status_code == 409
    assert [row["theirs"] for row in answer.context["conflict"]["rows"]] == ["(terisi, tidak ditampilkan)"]


class TestDoubles:
    """The same visit, damage or titipan under another key, after "Kembali": one confirmation."""

    @pytest.fixture
    def pages(self, dataset):
        return {
            "visit": (visit_address(dataset), VISIT),
            "damage": (reverse("plans:damage_create", args=[dataset.facility.pk]), DAMAGE),
            "entry": (
                reverse("fieldwork:entry_create"),
                {"village": dataset.village.pk, "form": "desa", "note": "Satu"},
            ),
        }

    def send(self, client, address, typed):
        data = fresh(client, address).untouched() | typed | {"photos": [picture(size=(100, 80))]}
        return client.post(address, data)

    @pytest.mark.parametrize(
        ("noun", "spelled"),
        [
            ("visit", {"result": " iuran   DIBAHAS. "}),
            ("damage", {"description": "pompa mati"}),
            ("entry", {"note": "satu"}),
        ],
    )
    def test_the_same_text_of_the_same_day_is_asked_about_once(self, client, facilitator, pages, noun, spelled):
        address, typed = pages[noun]
        assert self.send(client, address, typed).status_code == 302
        requested = self.send(client, address, typed | spelled)
        assert requested.status_code == 200
        assert "Catatan yang sama sudah ada" in Page(html_of(requested)).text
        assert self.send(client, address, typed | spelled | {"still_save": "on"}).status_code == 302

    @pytest.mark.parametrize(
        ("noun", "other"),
        [
            ("visit", {"result": "Iuran dan tarif dibahas."}),
            ("visit", {"on": "2024-05-06"}),
            ("damage", {"component": "pipa"}),
            ("damage", {"since": "2024-05-04"}),
            ("entry", {"form": "sarana"}),
            ("entry", {"note": "Dua"}),
        ],
    )
    def test_another_text_or_day_is_saved_at_once(self, client, facilitator, pages, noun, other):
        address, typed = pages[noun]
        assert [self.send(client, address, data).status_code for data in (typed, typed | other)] == [302, 302]

    @pytest.mark.parametrize("noun", ["visit", "damage", "entry"])
    def test_what_another_person_wrote_is_not_asked_about(self, client, dataset, pages, noun):
        address, typed = pages[noun]
        for who in ("admin", "facilitator"):
            client.force_login(dataset.people[who])
            assert self.send(client, address, typed).status_code == 302
