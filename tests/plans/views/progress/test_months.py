"""Pelaksanaan: the page of one month, from a single tap to conflicts."""

from decimal import Decimal

import pytest
from django.urls import reverse

from plans.models import ActivityProgress, MonthReport, ProgressPhoto
from plans.queries.progress import plan_progress
from records.models import Event, StoredFile
from tests import factories as make
from tests.files import picture
from tests.pages import page_messages, shown
from tests.plans.views.progress.sheets import entry, lines, month, send, year

pytestmark = pytest.mark.django_db


def test_only_lines_that_are_due_or_late_are_asked(client, plan, electricity, meters, pipes, facilitator):
    page = client.get(month(plan))
    assert lines(page) == ["Listrik", "Meter"]
    assert [row.is_late for row in page.context["sheet"].rows] == [False, True]
    assert lines(client.get(month(plan) + "?semua=1")) == ["Listrik", "Pipa", "Meter"]


def test_one_tap_writes_the_share_of_the_month(client, plan, electricity, meters, facilitator):
    answer = send(client, plan, l1__choice="sesuai")
    assert (answer.status_code, answer["Location"]) == (302, year(plan))
    assert page_messages(answer) == ["Pelaksanaan Juni 2026 tersimpan: 1 kegiatan."]
    recorded = entry()
    assert (recorded.volume, recorded.as_planned, recorded.recorded_by, recorded.month) == (1, True, facilitator, 6)
    assert [(paid.source.code, paid.cost) for paid in recorded.fundings.all()] == [("iuran", 100_000)]
    assert ActivityProgress.objects.count() == 1
    assert Event.objects.of(recorded).get().by == facilitator
    assert MonthReport.objects.get().nothing is False


def test_a_late_line_is_finished_with_what_is_left(client, plan, meters, facilitator):
    make.ProgressFundingFactory(progress__activity=meters, progress__volume=4, progress__month=4, cost=40_000)
    send(client, plan, l2__choice="sesuai")
    recorded = ActivityProgress.objects.get(month=6)
    assert (recorded.volume, recorded.fundings.get().cost) == (11, 110_000)


def test_exceptions_are_typed(client, plan, meters, facilitator):
    gift = make.FundingSourceFactory(code="csr", label="Swasta/CSR", is_fee=False)
    own = meters.fundings.get().source_id
    answer = send(
        client,
        plan,
        l2__choice="lain",
        l2__volume="2,5",
        l2__obstacle="menunggu meter dari toko",
        l2__extra_source=str(gift.pk),
        l2__extra_cost="5.000",
        **{f"l2__cost_{own}": "20.000"},
    )
    assert answer.status_code == 302
    recorded = entry(2)
    assert (recorded.volume, recorded.obstacle, recorded.as_planned) == (
        Decimal("2.5"),
        "menunggu meter dari toko",
        False,
    )
    assert {paid.source.code: paid.cost for paid in recorded.fundings.all()} == {"iuran": 20_000, "csr": 5_000}


def test_building_work_asks_for_its_percent(client, plan, pipes, facilitator):
    answer = send(client, plan, query="?semua=1", l3__choice="lain", l3__volume="10")
    assert answer.status_code == 422
    assert [error["text"] for error in answer.context["sheet"].errors] == [
        "3. Pipa: Isi % fisik sampai akhir bulan ini; 0 bila belum ada yang dikerjakan."
    ]
    send(client, plan, query="?semua=1", l3__choice="lain", l3__volume="10", l3__percent="5")
    assert (entry(3).percent, entry(3).volume) == (5, 10)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"l1__choice": "ditunda"}, "1. Listrik: Tulis alasannya mengapa kegiatan ini ditunda."),
        ({"l1__choice": "lain"}, "1. Listrik: Isi volume bulan ini; 0 bila tidak ada yang dikerjakan."),
        ({"l1__choice": "lain", "l1__volume": "banyak"}, "1. Listrik: Tulis angka, misalnya 1 atau 2,5."),
        ({"l1__choice": "lain", "l1__volume": "-1"}, "1. Listrik: Volume tidak boleh negatif."),
        ({"l1__obstacle": "PLN padam"}, "1. Listrik: Pilih keadaan kegiatan ini."),
        ({"l1__choice": "entah"}, "1. Listrik: Pilih salah satu keadaan dari daftar."),
        ({"bulan__income": "seratus"}, "Tulis rupiah penuh, misalnya 1.450.000."),
        ({"bulan__nothing": "on", "l1__choice": "sesuai"}, "Ada kegiatan yang dilaporkan pada bulan ini."),
        ({}, "Belum ada yang diisi."),
    ],
)
def test_what_is_wrong_is_said_and_the_typing_stays(client, plan, electricity, facilitator, typed, sentence):
    answer = send(client, plan, **typed)
    assert answer.status_code == 422
    assert answer.context["sheet"].errors[0]["text"].startswith(sentence)
    assert not ActivityProgress.objects.exists()
    assert not MonthReport.objects.exists()
    page = answer.content.decode()
    assert all(value in page for value in typed.values() if value not in ("on", "entah"))


def test_put_off_with_a_reason(client, plan, electricity, facilitator):
    send(client, plan, l1__choice="ditunda", l1__obstacle="Musim hujan")
    assert (entry().status, entry().obstacle, entry().volume) == ("ditunda", "Musim hujan", None)


def test_nothing_happened(client, plan, electricity, facilitator):
    answer = send(client, plan, bulan__nothing="on", bulan__note="Semua panen", bulan__income="1.250.000")
    assert page_messages(answer) == ["Pelaksanaan Juni 2026 tersimpan: tidak ada kegiatan."]
    report = MonthReport.objects.get()
    assert (report.nothing, report.note, report.income) == (True, "Semua panen", 1_250_000)
    data = shown(client.get(month(plan)))
    data.pop("bulan-nothing", None)
    client.post(month(plan), data | {"l1-choice": "sesuai"})
    report.refresh_from_db()
    assert (report.nothing, report.income, entry().volume) == (False, 1_250_000, 1)


def test_sent_twice_is_told_once(client, plan, electricity, meters, facilitator):
    page = shown(client.get(month(plan)))
    typed = {"l1__choice": "sesuai", "l2__choice": "lain", "l2__volume": "3", "bulan__income": "500.000"}
    for _ in range(2):
        answer = send(client, plan, page=page, l1__photos=[picture()], **typed)
        assert answer.status_code == 302
    assert ActivityProgress.objects.count() == 2
    assert (MonthReport.objects.get().version, MonthReport.objects.get().income) == (1, 500_000)
    assert (ProgressPhoto.objects.count(), StoredFile.objects.count()) == (1, 1)


def test_a_correction_is_a_new_entry_and_the_history_stays(client, plan, electricity, facilitator):
    send(client, plan, l1__choice="sesuai")
    first = entry()
    assert page_messages(send(client, plan)) == ["Tidak ada yang diubah pada Juni 2026."]
    own = electricity.fundings.get().source_id
    send(client, plan, l1__choice="lain", l1__volume="1", **{f"l1__cost_{own}": "90.000"})
    now = entry()
    assert (now.corrects, now.fundings.get().cost) == (first, 90_000)
    page = client.get(reverse("plans:progress_line", args=[plan.group_id, plan.year, 1]))
    assert [row["entry"] for row in page.context["entries"]] == [now, first]
    assert "Sudah diperbaiki" in page.content.decode()
    assert client.get(year(plan)).context["progress"].realised == 90_000


def test_a_told_line_is_not_emptied(client, plan, electricity, facilitator):
    send(client, plan, l1__choice="sesuai")
    answer = send(client, plan, l1__choice="")
    assert "tidak dikosongkan" in answer.context["sheet"].errors[0]["text"]


def test_two_at_once_the_second_sees_both(client, plan, electricity, meters, facilitator):
    page = shown(client.get(month(plan)))
    other = make.UserFactory(name="Orang Kantor")
    client.force_login(other)
    send(client, plan, l1__choice="lain", l1__volume="1", l1__obstacle="Token habis", bulan__income="100.000")
    client.force_login(facilitator)
    answer = send(client, plan, page=page, l1__choice="sesuai", l2__choice="sesuai", bulan__income="200.000")
    assert answer.status_code == 409
    assert [(row["label"], row["mine"], row["theirs"]) for row in answer.context["conflict"]["rows"]] == [
        (
            "1. Listrik",
            "sesuai rencana; volume 1; Rp100.000",
            "volume 1; Token habis (dicatat Orang Kantor)",
        ),
        ("Penerimaan iuran bulan ini (Rp)", "Rp200.000", "Rp100.000"),
    ]
    assert ActivityProgress.objects.count() == 1
    answer = client.post(month(plan), shown(answer))
    assert answer.status_code == 302
    assert (entry().recorded_by, entry().corrects.recorded_by, entry(2).volume) == (facilitator, other, 15)
    assert MonthReport.objects.get().income == 200_000


def test_different_lines_at_once_are_no_conflict(client, plan, electricity, meters, facilitator):
    page = shown(client.get(month(plan)))
    client.force_login(make.UserFactory())
    send(client, plan, l1__choice="sesuai", bulan__note="Dari kantor")
    client.force_login(facilitator)
    assert send(client, plan, page=page, l2__choice="sesuai", bulan__income="1.000").status_code == 302
    report = MonthReport.objects.get()
    assert (ActivityProgress.objects.count(), report.note, report.income) == (2, "Dari kantor", 1_000)


def test_months_to_come_are_not_told(client, plan, electricity, facilitator):
    assert client.get(month(plan, 7))["Location"] == year(plan)
    assert client.post(month(plan, 7), {"version": "1:0", "l1-choice": "sesuai"}).status_code == 302
    assert not ActivityProgress.objects.exists()


def test_who_may_only_look_sees_what_was_told(client, plan, electricity, facilitator):
    send(client, plan, l1__choice="sesuai")
    client.force_login(make.OfficialFactory())
    page = client.get(month(plan)).content.decode()
    assert "Sesuai rencana" in page
    assert "Simpan pelaksanaan" not in page
    assert client.post(month(plan), {}).status_code == 403


@pytest.mark.parametrize("address", ["2026/13/", "2026/0/", "1999/1/", "3000/1/"])
def test_months_that_do_not_exist(client, plan, facilitator, address):
    assert client.get(f"/rencana-kerja/pelaksanaan/{plan.group_id}/{address}").status_code == 404


def test_any_line_may_be_reported_as_finished(client, plan, electricity, facilitator):
    send(client, plan, l1__choice="lain", l1__volume="0,9", l1__finished="on")
    assert (entry(1).volume, entry(1).percent) == (Decimal("0.9"), 100)
    page = client.get(month(plan))
    assert page.context["sheet"].rows[0]["finished"].value() is True


def test_a_percent_below_100_contradicts_finished(client, plan, electricity, facilitator):
    answer = send(client, plan, l1__choice="lain", l1__volume="1", l1__percent="60", l1__finished="on")
    assert [error["text"] for error in answer.context["sheet"].errors] == [
        "1. Listrik: Kegiatan yang sudah selesai berarti 100 %. Hapus centangnya, atau isi 100."
    ]


def test_taking_finished_back_asks_for_the_real_percent(client, plan, electricity, facilitator):
    send(client, plan, l1__choice="lain", l1__volume="1", l1__finished="on")
    answer = send(client, plan, l1__choice="lain", l1__volume="1", l1__percent="100", l1__finished="")
    assert [error["text"] for error in answer.context["sheet"].errors] == [
        "1. Listrik: Isi % fisik yang sebenarnya, sebab kegiatan ini belum selesai."
    ]
    send(client, plan, l1__choice="lain", l1__volume="1", l1__percent="80", l1__finished="")
    assert plan_progress(plan).by_line[1].percent() == 80
