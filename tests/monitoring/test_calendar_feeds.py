"""The address of a calendar: made, replaced and switched off by its person; the file under it, read strictly."""

import re
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from accounts import throttle
from monitoring.models import CalendarFeed
from monitoring.rules.icalendar import CalendarEvent, calendar_text, fold, without_phones
from monitoring.services.calendar_feeds import create_feed, hash_of
from records.models import Event
from tests import factories as make
from trainings.models import Training

PAGE, CREATE = reverse("monitoring:calendar_feed"), reverse("monitoring:calendar_feed_create")
REMOVE = reverse("monitoring:calendar_feed_remove")
STAMP = datetime(2018, 12, 1, 3, 0, tzinfo=UTC)


def renew(issue):
    return reverse("monitoring:calendar_feed_renew", args=[issue])


def file_of(token):
    return reverse("monitoring:calendar_file", args=[token])


def parse(content: bytes) -> list[dict[str, str]]:
    """The events of a calendar as RFC 5545 reads it; fails on what it forbids."""
    assert content.endswith(b"\r\n")
    assert not re.search(rb"(?<!\r)\n|\r(?!\n)", content)
    assert max(len(line) for line in content.split(b"\r\n")) <= 75
    lines = content.decode().replace("\r\n ", "").split("\r\n")[:-1]
    assert (lines[0], lines[-1]) == ("BEGIN:VCALENDAR", "END:VCALENDAR")
    assert "VERSION:2.0" in lines
    assert any(line.startswith("PRODID:") for line in lines)
    events: list[dict[str, str]] = []
    inside = False
    for line in lines[1:-1]:
        name, value = re.fullmatch(r"([A-Z-]+(?:;[A-Z]+=[A-Z]+)*):([^\x00-\x08\x0a-\x1f\x7f]*)", line).groups()
        if name in ("BEGIN", "END"):
            assert value == "VEVENT"
            assert inside == (name == "END")
            inside = name == "BEGIN"
            events += [{}] if inside else []
        elif inside:
            assert name not in events[-1]
            if name in ("SUMMARY", "LOCATION", "UID"):
                assert not re.search(r"(?<!\\)(?:\\\\)*[,;]|(?<!\\)(?:\\\\)*\\(?![\\;,nN])", value)
                value = re.sub(r"\\(.)", lambda found: {"n": "\n", "N": "\n"}.get(found[1], found[1]), value)
            events[-1][name] = value
    assert not inside
    for event in events:
        assert {"UID", "DTSTAMP", "SUMMARY", "STATUS"} <= event.keys()
        assert re.fullmatch(r"\d{8}T\d{6}Z", event["DTSTAMP"])
        assert {"DTSTART", "DTEND"} <= event.keys() or {"DTSTART;VALUE=DATE", "DTEND;VALUE=DATE"} <= event.keys()
    assert len({event["UID"] for event in events}) == len(events)
    return events


def test_calendar_text_escapes_folds_and_counts_octets():
    title = "Pelatihan, tahap II; “kader” C:\\air – " + "é" * 60 + "\r\nbaris dua"
    event = CalendarEvent("hari-1@x", title, date(2018, 12, 31), location="Aula, lantai 2", cancelled=True)
    (read,) = parse(calendar_text("Uji, uji", [event], STAMP).encode())
    assert read == {
        "UID": "hari-1@x",
        "DTSTAMP": "20181201T030000Z",
        "DTSTART;VALUE=DATE": "20181231",
        "DTEND;VALUE=DATE": "20190101",
        "SUMMARY": title.replace("\r\n", "\n"),
        "LOCATION": "Aula, lantai 2",
        "STATUS": "CANCELLED",
    }


@pytest.mark.parametrize("length", [74, 75, 76, 149, 150, 400])
@pytest.mark.parametrize("letter", ["a", "é", "“", "💧"])
def test_fold_keeps_every_letter(length, letter):
    folded = fold(letter * length)
    assert folded.replace("\r\n ", "") == letter * length
    assert all(1 < len(piece.encode()) <= 75 for piece in folded.split("\r\n"))


@pytest.mark.parametrize("number", ["0812-3456-7890", "+62 812 3456 7890", "(0726) 123456", "6281211112222"])
def test_without_phones_leaves_no_number(number):
    assert without_phones(f"Balai desa (Ibu Ani {number})").count("(nomor tidak ditampilkan)") == 1


@pytest.mark.parametrize("text", ["Angkatan 2018/2019", "TA 2018, hari ke-2", "Gedung 12, lantai 3"])
def test_without_phones_keeps_other_numbers(text):
    assert without_phones(text) == text


def test_calendar_file_has_what_its_person_may_see(db, client):
    today = timezone.localdate()
    village = make.VillageFactory()
    day = make.TrainingDayFactory(date=today, training__title="Bimtek", training__venue="Balai 0812 3456 7890")
    make.TrainingSessionFactory(day=day, starts=time(8), ends=time(12, 30))
    make.InvitationFactory(training=day.training, village=village)
    visit = make.VisitFactory(village=village, on=today + timedelta(days=1), by__name="Sari")
    make.VisitFactory(on=today)
    make.VisitFactory(village=village, on=today - timedelta(days=93))
    token = create_feed(make.FacilitatorFactory(villages=[village]))
    answer = client.get(file_of(token))
    assert (answer["Content-Type"], answer["Cache-Control"]) == ("text/calendar; charset=utf-8", "private, no-store")
    first, second = parse(answer.content)
    assert first["UID"].startswith(f"hari-{day.pk}@")
    assert second["UID"].startswith(f"kunjungan-{visit.pk}@")
    assert (first["DTSTART"], first["DTEND"]) == (f"{today:%Y%m%d}T010000Z", f"{today:%Y%m%d}T053000Z")
    assert first["LOCATION"] == "Balai (nomor tidak ditampilkan)"
    assert second["SUMMARY"] == f"Kunjungan {village}: Pemantauan rutin (Sari)"
    assert "DTSTART;VALUE=DATE" in second
    assert not client.cookies


def test_calendar_file_marks_what_was_cancelled(db, client):
    make.TrainingDayFactory(date=timezone.localdate(), training__state=Training.State.CANCELLED)
    (event,) = parse(client.get(file_of(create_feed(make.UserFactory()))).content)
    assert event["STATUS"] == "CANCELLED"
    assert event["SUMMARY"].startswith("DIBATALKAN: ")


def test_calendar_file_of_a_closed_account_is_that_of_an_unknown_token(db, client):
    user = make.UserFactory()
    token = create_feed(user)
    assert client.get(file_of(token)).status_code == 200
    unknown = client.get(file_of("B" * 22))
    yesterday = timezone.localdate() - timedelta(days=1)
    tomorrow = timezone.now() + timedelta(days=1)
    for fields in ({"is_active": False}, {"ends_on": yesterday}, {"password_until": tomorrow}, {"is_sample": True}):
        other = make.UserFactory(**fields)
        closed = client.get(file_of(create_feed(other)))
        assert (closed.status_code, closed.content) == (unknown.status_code, unknown.content) == (404, unknown.content)


def test_calendar_file_is_throttled(db, client, monkeypatch):
    token = create_feed(make.UserFactory())
    monkeypatch.setitem(throttle.THROTTLES, "calendar", throttle.Throttle(2, 60))
    assert [client.get(file_of(token)).status_code for _ in range(3)] == [200, 200, 429]
    monkeypatch.setitem(throttle.THROTTLES, "codes", throttle.Throttle(2, 60))
    assert [client.get(file_of("B" * 22)).status_code for _ in range(3)] == [404, 404, 429]


def test_calendar_feed_is_made_once_shown_in_its_session_and_kept_as_a_hash(db, client):
    user = make.UserFactory()
    client.force_login(user)
    for _ in range(2):  # a double click
        client.post(CREATE)
    address = client.get(PAGE).context["address"]
    token = re.search(r"/kalender/([\w-]{22})\.ics$", address)[1]
    assert CalendarFeed.objects.get().token_hash == hash_of(token)
    assert Event.objects.get(kind="accounts.user", object_id=user.pk).changes == {"alamat kalender": ["", "dibuat"]}
    client.force_login(user)
    client.session.flush()
    client.force_login(user)
    page = client.get(PAGE)
    assert (page.context["address"], token in page.content.decode()) == ("", False)


def test_calendar_feed_renewed_ends_the_address_before(db, client):
    user = make.UserFactory()
    first = create_feed(user)
    client.force_login(user)
    assert "Alamat lama tidak berlaku lagi." in client.get(renew(1)).content.decode()
    client.post(renew(1))
    address = client.get(PAGE).context["address"]
    client.post(renew(1))  # a double click
    assert client.get(PAGE).context["address"] == address != ""
    assert client.get(file_of(first)).status_code == 404
    assert client.get(address).status_code == 200
    changes = [event.changes["alamat kalender"] for event in Event.objects.order_by("pk")]
    assert changes == [["", "dibuat"], ["aktif", "diganti"]]


def test_calendar_feed_switched_off(db, client):
    user = make.UserFactory()
    token = create_feed(user)
    other = create_feed(make.UserFactory())
    client.force_login(user)
    for _ in range(2):
        client.post(REMOVE)
    assert [client.get(file_of(one)).status_code for one in (token, other)] == [404, 200]
    (event,) = Event.objects.filter(object_id=user.pk, kind="accounts.user").order_by("-pk")[:1]
    assert event.changes == {"alamat kalender": ["aktif", "dimatikan"]}


@pytest.mark.parametrize("field", ["user", "token_hash"])
def test_calendar_feed_constraints(db, field):
    create_feed(make.UserFactory())
    row = CalendarFeed.objects.get()
    values = {"user": make.UserFactory(), "token_hash": "0" * 64} | {field: getattr(row, field)}
    with pytest.raises(IntegrityError), transaction.atomic():
        CalendarFeed.objects.create(**values)
