"""A letter that went out stands: no other letter under its number."""

import uuid
from datetime import date
from unittest import mock

import pytest
from django.urls import reverse

from reports import tasks
from reports.models import Report
from reports.services import issuing, requests
from reports.services.sent_letters import AlreadySent
from tests import factories
from tests.documents.samples import make_training
from tests.pages import page_messages
from tests.reports.issues import made
from trainings.services import dates

pytestmark = pytest.mark.django_db
STANDS = "Satu nomor hanya untuk satu surat, jadi tidak dibuat surat lain dengan nomor itu."


@pytest.fixture
def training(office):
    training = make_training(villages=1, days=1)
    factories.SpjItemFactory(training=training, number="005/1", dated_on=date(2018, 11, 20))
    return training


def move(training, staff):
    dates.move_training(training, date(2018, 12, 11), by=staff)


def test_a_changed_letter_is_refused_under_its_number_in_any_form(training, staff):
    letter = made("invitation", training, staff, letter="one")
    move(training, staff)
    for options in ({"letter": "one"}, {"letter": "village"}, {"letter": "one", "signer": "office_head"}):
        for format in ("pdf", "docx"):
            with pytest.raises(AlreadySent) as error:
                requests.request_document("invitation", training, options, staff, format=format)
            assert (error.value.report, error.value.messages[0].endswith(STANDS)) == (letter, True)
            assert error.value.messages[0].startswith("“Undangan, satu surat untuk semua” nomor 005/1 sudah dicetak ")
    assert Report.objects.count() == 1


def test_an_unchanged_letter_is_printed_in_other_forms(training, staff):
    made("invitation", training, staff, letter="one")
    assert made("invitation", training, staff, letter="village").state == Report.State.READY


def test_a_new_number_or_a_withdrawal_allows_a_new_letter(training, staff):
    letter = made("invitation", training, staff)
    move(training, staff)
    issuing.withdraw(letter, "Belum dikirim", staff)
    letter.refresh_from_db()
    assert (letter.issue_status, letter.withdrawn_reason) == ("withdrawn", "Belum dikirim")
    second = made("invitation", training, staff)
    dates.move_training(training, date(2018, 12, 18), by=staff)
    training.spj_items.update(number="005/2")
    assert made("invitation", training, staff).snapshot["letter"]["number"] == "005/2"
    assert second.issue_status == "plain"


def test_a_letter_requested_before_the_move_and_read_after_it_is_refused_by_the_worker(training, staff):
    with mock.patch.object(tasks.render_report, "delay"):
        waiting = requests.request_document("invitation", training, {"letter": "village"}, staff)
    made("invitation", training, staff, letter="one")
    move(training, staff)
    with pytest.raises(AlreadySent):
        tasks.render_report(waiting.pk)
    waiting.refresh_from_db()
    assert (waiting.state, STANDS in waiting.error) == (Report.State.FAILED, True)


@pytest.mark.parametrize(
    ("kind", "item"),
    [("committee_decree", "sk_panitia"), ("memo", "nota_dinas")],
)
def test_every_numbered_letter_stands(training, staff, kind, item):
    factories.CommitteeMemberFactory(training=training)
    factories.SpjItemFactory(training=training, document=item, number="090/1", dated_on=date(2018, 11, 20))
    made(kind, training, staff)
    move(training, staff)
    with pytest.raises(AlreadySent, match="090/1"):
        made(kind, training, staff)


def test_the_button_shows_the_letter_that_stands_and_what_to_do(training, staff, client):
    letter = made("invitation", training, staff, letter="one")
    move(training, staff)
    client.force_login(staff)
    page = reverse("trainings:spj_item_list", args=[training.pk])
    sent = {"kind": "invitation", "subject": "training", "subject_id": training.pk, "letter": "one"}
    answer = client.post(
        reverse("reports:report_request"), sent | {"key": uuid.uuid4(), "kembali": page, "tombol": "a", "jangkar": "b"}
    )
    assert answer.url.startswith(f"{page}?cetakan={letter.pk}-a")
    (message,) = page_messages(answer)
    for part in (STANDS, "Surat perubahan jadwal</a>", "catat nomor barunya</a>", "cabut surat itu bila belum dikirim"):
        assert part in message
    detail = reverse("reports:report_detail", args=[letter.pk])
    assert reverse("reports:report_withdraw", args=[letter.pk]) in client.get(detail).text
    client.post(reverse("reports:report_withdraw", args=[letter.pk]), {"reason": "Belum dikirim"})
    assert reverse("reports:report_withdraw", args=[letter.pk]) not in client.get(detail).text
