"""The main scenario: a training entered in one sitting, its participants and ticks, and the daftar hadir read back."""

import re
from datetime import date
from io import BytesIO

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from kpspams.models import Member
from tests import factories as make
from tests.e2e.scenarios.conftest import fits
from trainings.models import Attendance, Training

pytestmark = pytest.mark.browser

POSTS = {Member.Post.CHAIR: "Ketua", Member.Post.TREASURER: "Bendahara", Member.Post.TECHNICAL: "Teknisi"}


def make_cohort(villages: int) -> list:
    """Villages of TA 2017, each with a group of three."""
    cohort = []
    for number in range(1, villages + 1):
        village = make.VillageFactory(name=f"Jalan {number}")
        make.GrantAwardFactory(village=village, fiscal_year=2017)
        group = make.GroupFactory(village=village, name=f"Tirta {number}")
        for post, word in POSTS.items():
            make.MemberFactory(
                group=group,
                post=post,
                person__name=f"{word} Jalan {number}",
                person__sex="P" if post == Member.Post.TREASURER else "L",
            )
        cohort.append(village)
    return cohort


def log_training(page, title: str):
    """Fills in the one form for three days, with the sample agenda and the whole cohort."""
    page.goto("/pelatihan/")
    page.get_by_role("link", name="Catat pelatihan").first.click()
    page.get_by_label("Judul").fill(title)
    page.get_by_label(re.compile("^Tahun anggaran")).fill("2018")
    page.get_by_label(re.compile("^Tempat")).fill("Balai Uji")
    page.get_by_label(re.compile("^Tanggal mulai")).fill("2018-12-04")
    page.get_by_label(re.compile("^Jumlah hari")).fill("3")
    page.get_by_label(re.compile("3 hari .24 JP")).check()
    page.get_by_label(re.compile("TA 2017")).check()
    page.get_by_label(re.compile("Langsung daftarkan")).uncheck()
    page.get_by_role("button", name="Simpan pelatihan").click()
    expect(page.get_by_text(re.compile("tersimpan. Berikutnya"))).to_be_visible()
    return Training.objects.get(title=title)


def add_walk_in(page, name: str, village: str):
    page.get_by_label(re.compile("^Nama")).fill(name)
    page.get_by_label("Perempuan").check()
    page.get_by_label(re.compile("^Desa")).select_option(label=village)
    page.get_by_label(re.compile("^Unsur")).fill("Kader AMPL")
    page.get_by_label(re.compile("^Datang langsung")).check()
    page.get_by_role("button", name="Simpan dan tambah lagi").click()
    expect(page.get_by_text(f"{name} tersimpan sebagai peserta.")).to_be_visible()


def download(page, day: int, button: str) -> str:
    """Requests the sheet of one day from the page of the training, waits for the worker, returns the text."""
    row = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name=re.compile(f"^Hari ke-{day}")))
    row.get_by_role("button", name=button).click()
    training = page.url
    page.goto(training.split("/pelatihan")[0] + "/laporan/")
    newest = page.locator("tr[data-state]").first
    expect(newest).to_have_attribute("data-state", "ready", timeout=60_000)
    expect(newest).to_contain_text("Siap")
    assert fits(page)
    with page.expect_download() as found:
        newest.get_by_role("link", name=re.compile("Unduh PDF")).click()
    pages = PdfReader(BytesIO(found.value.path().read_bytes())).pages
    page.goto(training)
    return "\n".join(sheet.extract_text() for sheet in pages)


def test_a_training_is_logged_marked_and_printed(log_in, start_worker):
    make_cohort(4)
    start_worker()
    page = log_in(make.UserFactory(name="Staf Uji"))
    training = log_training(page, "Pelatihan Jalan Utama")
    assert [day.date for day in training.days.all()] == [date(2018, 12, 4), date(2018, 12, 5), date(2018, 12, 6)]
    assert sum(item.lesson_hours for day in training.days.all() for item in day.items.all()) == 24
    assert training.invitations.count() == 4
    assert training.participants.count() == 0
    assert fits(page)

    page.get_by_role("link", name="Pilih peserta").first.click()
    expect(page.get_by_label(re.compile("^Ketua Jalan 1 "))).to_be_checked()
    page.get_by_label(re.compile("^Teknisi Jalan 4 ")).uncheck()
    page.get_by_role("button", name="Daftarkan yang dicentang").click()
    expect(page.get_by_text("11 orang didaftarkan.")).to_be_visible()
    page.get_by_role("link", name="Tambah orang").first.click()
    add_walk_in(page, "Kader Datang", "Desa Jalan 2")
    page.get_by_role("link", name="Selesai").click()
    expect(page.get_by_role("heading", name=re.compile(r"^Peserta .*12 orang"))).to_be_visible()

    page.get_by_role("link", name="Kehadiran", exact=True).click()
    page.get_by_role("link", name=re.compile("^Hari ke-1.*12 belum")).click()
    for name, status in (("Bendahara Jalan 2", "Izin"), ("Ketua Jalan 3", "Tanpa keterangan")):
        page.get_by_role("group", name=re.compile(name)).get_by_role("radio", name=status).check()
    expect(page.locator("[data-unmarked]")).to_have_text("10")  # counted on tapping, not yet saved
    assert fits(page)
    assert not Attendance.objects.exists()
    page.get_by_role("button", name=re.compile("^Semua hadir")).click()
    expect(page.get_by_text("Kehadiran hari ke-1 tersimpan: 10 hadir, 1 izin, 1 tanpa keterangan.")).to_be_visible()
    marks = Attendance.objects.filter(session__day__training=training).values_list("status", flat=True)
    assert sorted(marks) == ["alpa"] + ["hadir"] * 10 + ["izin"]

    expect(page.locator("[data-total]")).to_have_text("10")
    expect(page.get_by_text("Ada isian yang belum tersimpan")).to_have_count(0)  # saved text is no draft any more

    people = list(training.participants.select_related("person").order_by("number"))
    page.goto(f"/pelatihan/{training.pk}/kehadiran/")
    filled = download(page, 1, "Cetak terisi")
    assert rows_of(filled, people) == [person.number for person in people]
    assert "DAFTAR HADIR" in filled
    assert "Selasa, 4 Desember 2018" in filled
    assert "Hadir 10; Terlambat 0; Izin 1; Sakit 0; Tanpa keterangan 1." in " ".join(filled.split())
    assert "PELATIHAN JALAN UTAMA" in filled

    page.goto(f"/pelatihan/{training.pk}/kehadiran/")
    blank = download(page, 2, "Cetak kosong")
    assert rows_of(blank, people) == [person.number for person in people]
    assert "Rabu, 5 Desember 2018" in blank
    assert "Tanda Tangan" in blank


def rows_of(text: str, people) -> list[int]:
    """The numbers before the names of these participants, in the order of the document; each name occurs once."""
    found = []
    for person in people:
        hits = re.findall(rf"(\d+)\s+{re.escape(person.person.name)}\s", text)
        assert len(hits) == 1, (person.person.name, hits)
        found.append((text.index(person.person.name), int(hits[0])))
    return [number for _, number in sorted(found)]


def test_the_training_is_logged_and_marked_without_script(log_in):
    make_cohort(2)
    page = log_in(make.UserFactory(), script=False)
    training = log_training(page, "Pelatihan Tanpa Skrip")
    page.goto(f"/pelatihan/{training.pk}/peserta/pilih/")
    page.get_by_role("button", name="Daftarkan yang dicentang").click()
    page.get_by_role("link", name="Kehadiran", exact=True).click()
    page.get_by_label(re.compile("^Ketua Jalan 1,")).first.select_option(label="Hadir")
    page.get_by_role("button", name=re.compile("Simpan kehadiran")).first.click()
    expect(page.get_by_text(re.compile("tersimpan: 1 hadir"))).to_be_visible()
    assert list(Attendance.objects.values_list("participant__person__name", "status")) == [("Ketua Jalan 1", "hadir")]
