"""Pengingat: waiting work chosen by each user; e-mails sent once; texts that only a user sends."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils.timezone import localdate

from monitoring.models import Reminder, ReminderChoice
from monitoring.queries.facilitator_messages import messages_for
from monitoring.services import reminders
from tests import factories as make
from tests.pages import send

pytestmark = pytest.mark.django_db
Kind, Channel = ReminderChoice.Kind, ReminderChoice.Channel
CHOICES = reverse("monitoring:reminder_choices")


@pytest.fixture
def village():
    return make.VillageFactory(name="Contoh Satu")


@pytest.fixture
def broken(village):
    return make.DamageReportFactory(facility__village=village)


@pytest.fixture
def facilitator(village):
    return make.FacilitatorFactory(villages=[village], email="fasilitator@contoh.test", name="Fasilitator Uji")


def chosen(user, kind, channel):
    ReminderChoice.objects.create(user=user, kind=kind, channel=channel)


def kinds(digest):
    return {matter.kind for matter in digest.matters}


def test_a_kind_that_is_not_wanted_is_silenced_and_told(facilitator, broken):
    before = reminders.digest_of(facilitator)
    assert Kind.DAMAGE in kinds(before)
    chosen(facilitator, Kind.DAMAGE, Channel.NONE)
    after = reminders.digest_of(facilitator)
    assert kinds(before) - kinds(after) == {Kind.DAMAGE}
    assert after.silenced == before.silenced + 1


def test_a_deadline_counts_the_groups_that_are_missing(facilitator, village, time_machine):
    time_machine.move_to(date(2026, 1, 20))
    group = make.GroupFactory(village=village)
    found = {m.url: m.count for m in reminders.digest_of(facilitator).matters if m.kind == Kind.PLAN_DUE}
    assert found == {f"{reverse('plans:plan_missing')}?tenggat=final-2026": 1}
    make.WorkPlanFactory(group=group, year=2026, status="submitted")
    assert Kind.PLAN_DUE not in kinds(reminders.digest_of(facilitator))


def test_without_a_mail_server_nothing_is_sent_and_nobody_is_offered_it(client, facilitator, broken):
    chosen(facilitator, Kind.DAMAGE, Channel.EMAIL)
    assert reminders.send_digests() == 0
    assert mail.outbox == []
    client.force_login(make.UserFactory(email="staf@contoh.test"))
    assert 'value="email"' not in client.get(CHOICES).content.decode()


def test_a_letter_goes_once_a_day_and_a_matter_once_a_week(settings, facilitator, broken):
    settings.EMAIL_URL = "smtp://localhost"
    settings.PORTAL_URL = "https://portal.contoh.test"
    chosen(facilitator, Kind.DAMAGE, Channel.EMAIL)
    monday = date(2026, 11, 23)
    assert [reminders.send_digests(monday + timedelta(days)) for days in (0, 0, 1, 7)] == [1, 0, 0, 1]
    letter = mail.outbox[0]
    assert letter.to == ["fasilitator@contoh.test"]
    assert "1 kerusakan SPAM belum selesai" in letter.body
    assert "https://portal.contoh.test/kerusakan/?keadaan=terbuka" in letter.body
    assert "Fasilitator Uji" not in letter.body + letter.subject


def test_who_may_no_longer_log_in_gets_no_letter(settings, facilitator, broken):
    settings.EMAIL_URL = "smtp://localhost"
    chosen(facilitator, Kind.DAMAGE, Channel.EMAIL)
    facilitator.ends_on = localdate() - timedelta(days=1)
    facilitator.save()
    assert reminders.send_digests() == 0


def test_a_letter_that_failed_is_tried_again(settings, facilitator, broken, monkeypatch):
    settings.EMAIL_URL = "smtp://localhost"
    chosen(facilitator, Kind.DAMAGE, Channel.EMAIL)

    def refuse(self, *arguments, **options):
        raise ConnectionRefusedError

    with monkeypatch.context() as patch:
        patch.setattr("django.core.mail.EmailMessage.send", refuse)
        assert reminders.send_digests() == 0
    assert not Reminder.objects.exists()
    assert reminders.send_digests() == 1


def test_choices_are_kept(client, facilitator):
    client.force_login(facilitator)
    assert send(client, CHOICES, damage="none").status_code == 302
    assert reminders.channels_of(facilitator)["damage"] == "none"
    answer = send(client, CHOICES, damage="sms")
    assert "damage" in answer.context["form"].errors


def test_one_text_for_each_fasilitator_with_their_number(facilitator, village):
    make.GrantAwardFactory(village=village)
    make.GrantAwardFactory(village=make.VillageFactory(name="Contoh Dua"))
    facilitator.phone = "+6281234567890"
    facilitator.save()
    (own, nobody) = messages_for(make.UserFactory())
    assert (own.user, own.villages) == (facilitator, 1)
    assert own.text.splitlines()[0] == "Yth. Fasilitator Uji,"
    assert "1. Desa Contoh Satu: Catat KPSPAMS" in own.text
    assert own.link.startswith("https://wa.me/6281234567890?text=Yth.")
    assert (nobody.user, "Desa Contoh Dua" in nobody.text) == (None, True)
