"""The sample training from the invitation to the closed accounts file: 48 people, three days, desktop and phone."""

import re

import pytest
from playwright.sync_api import expect

from kpspams.models import Member
from records.models import Event
from tests import factories as make
from tests.e2e.scenarios.bundles import STAYED_AWAY, check_papers, read_bundle
from tests.e2e.scenarios.conftest import PHONE
from tests.e2e.scenarios.test_training import make_cohort
from trainings.models import Attendance, Participant, Training
from trainings.queries.figures import training_figures

pytestmark = pytest.mark.browser

TITLE = "Pelatihan Peningkatan Kapasitas KPSPAMS Uji"
# Difficult names: Balinese, apostrophes, a single name.
RENAMED = {
    "Ketua Jalan 4": "I Wayan Sudarma",
    "Bendahara Jalan 4": "Ni Luh Putu Ayu",
    "Ketua Jalan 5": "Sukirman",
    "Bendahara Jalan 5": "Siti Ma'rifah",
}
PROPOSED = "Nur'aini"
PRE, POST = [40, 50, 60, 50, 40, 60], [80, 90, 70, 80, 90, 70]
OWN_PAGES = ["", "acara/", "peserta/", "kehadiran/", "tes/", "rktl/", "spj/", "sertifikat/", "indikator/"]


class Journey:
    """The state shared by the steps: the page of staf, the phone of the fasilitator, the training."""

    training: Training

    def __init__(self, log_in, cohort):
        self.facilitator = make.FacilitatorFactory(name="Fasilitator Uji", villages=cohort[:2])
        self.page = log_in(make.UserFactory(name="Staf Uji"))
        self.phone = log_in(self.facilitator, PHONE)

    def open(self, path: str):
        self.page.goto(f"/pelatihan/{self.training.pk}/{path}")

    def see(self, path: str):
        """Opens the page on the phone, where nothing may extend beyond the edge."""
        answer = self.phone.goto(path if path.startswith("/") else f"/pelatihan/{self.training.pk}/{path}")
        assert answer.status == 200, path
        self.fits()

    def fits(self):
        assert self.phone.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], self.phone.url

    def tap(self, role: str, name, text):
        """Presses a button on the phone and reads the message."""
        self.phone.get_by_role(role, name=name).first.click()
        expect(self.phone.get_by_text(text).first).to_be_visible()
        self.fits()

    def press(self, name, text):
        self.page.get_by_role("button", name=name).first.click()
        expect(self.page.get_by_text(text).first).to_be_visible()


@pytest.fixture
def journey(log_in):
    cohort = make_cohort(16)
    for old, new in RENAMED.items():
        person = Member.objects.select_related("person").get(person__name=old).person
        person.name = new
        person.save()
    Member.objects.get(person__name="Teknisi Jalan 16").delete()  # a board of two: 47 people
    make.OfficeProfileFactory()
    make.SignatoryFactory()
    return Journey(log_in, cohort)


def plan(journey):
    page = journey.page
    page.goto("/pelatihan/baru/")
    page.get_by_label("Judul").fill(TITLE)
    page.get_by_label(re.compile("^Tahun anggaran")).fill("2018")
    page.get_by_label(re.compile("^Tempat")).fill("Balai Uji")
    page.get_by_label(re.compile("^Batas usulan", re.IGNORECASE)).fill("2018-11-30")
    page.get_by_label(re.compile("^Tanggal mulai")).fill("2018-12-04")
    page.get_by_label(re.compile("^Jumlah hari")).fill("3")
    page.get_by_label(re.compile("TA 2017")).check()
    page.get_by_label(re.compile("Fasilitator Uji")).check()
    journey.press("Simpan pelatihan", re.compile("tersimpan. Berikutnya"))
    training = journey.training = Training.objects.get(title=TITLE)
    assert (training.days.count(), training.invitations.count(), training.participants.count()) == (3, 16, 47)
    # Narasumber and panitia have pages of their own; here their documents only need somebody.
    make.AgendaSpeakerFactory(item=training.days.first().items.filter(lesson_hours__gt=0).first())
    make.CommitteeMemberFactory(training=training)


def propose(journey):
    journey.see("peserta/")
    journey.tap("link", "Tambah orang", "Orang yang belum tercatat")
    phone = journey.phone
    phone.get_by_label(re.compile("^Nama")).fill(PROPOSED)
    phone.get_by_label("Perempuan").check()
    phone.get_by_label(re.compile("^Desa")).select_option(label="Desa Jalan 1")
    phone.get_by_label(re.compile("^Unsur")).fill("Kader AMPL")
    journey.tap("button", "Simpan dan tambah lagi", re.compile(f"{PROPOSED} tersimpan sebagai peserta"))
    row = Participant.objects.get(person__name=PROPOSED)
    assert (row.training, row.proposed_by, row.late_proposal) == (journey.training, journey.facilitator, True)
    journey.open(f"peserta/?q={PROPOSED}")
    expect(journey.page.get_by_role("row").filter(has_text=PROPOSED)).to_contain_text("Usulan terlambat")


def mark(journey):
    journey.see("kehadiran/")
    journey.tap("link", re.compile("^Hari ke-1"), "Semua hadir (48 belum dicatat)")
    journey.tap("button", re.compile("^Semua hadir"), re.compile("tersimpan: 48 hadir"))
    for name in STAYED_AWAY:
        line = journey.phone.locator("fieldset.line").filter(has_text=name)
        line.locator("label.tap-alpa").click()
    expect(journey.phone.locator("[data-total]")).to_have_text("46")
    journey.tap("button", "Simpan kehadiran", re.compile("tersimpan: 46 hadir, 2 tanpa keterangan"))
    for day, other, word in ((2, "Ketua Jalan 2", "Izin"), (3, "Ketua Jalan 3", "Terlambat")):
        journey.open(f"kehadiran/?hari={day}")
        journey.page.get_by_role("button", name="Kosong jadi hadir").click()
        for name, status in [(other, word), *((name, "Tanpa keterangan") for name in STAYED_AWAY)]:
            journey.page.get_by_label(re.compile(f"^{name},")).select_option(label=status)
        journey.press(
            re.compile("Simpan kehadiran"), re.compile(f"hari ke-{day} tersimpan: 45 hadir, 1 {word.lower()}")
        )
    figures = training_figures(journey.training)
    assert (figures.registered.total, figures.present.men, figures.present.women) == (48, 30, 16)


def close_days(journey):
    for number, signed in enumerate((46, 45, 45), 1):
        journey.open("kehadiran/")
        journey.page.get_by_role("link", name=f"Tutup hari ke-{number}").click()
        journey.page.get_by_label(re.compile("^Tanda tangan")).fill(str(signed))
        if number == 3:
            journey.page.get_by_label("Penjelasan selisih").fill("Satu orang lupa menandatangani.")
        journey.press("Tutup hari", re.compile(f"Hari ke-{number} ditutup"))
    assert all(day.closed_at for day in journey.training.days.all())


def learn(journey):
    page, training = journey.page, journey.training
    journey.open("tes/soal/isi/")
    journey.press("Salin soal", re.compile("soal"))
    for phase, scores in (("pre", PRE), ("post", POST)):
        journey.open(f"tes/nilai/{phase}/?isi=nilai")
        for place, score in enumerate(scores):
            page.locator("input.mark-score").nth(place).fill(str(score))
        journey.press("Simpan nilai", re.compile("6 orang"))
    journey.open("evaluasi/butir/isi/")
    journey.press("Salin butir", re.compile("butir"))
    journey.open("evaluasi/")
    for place in range(5):
        for cell in page.locator("tr.new-row").nth(place).locator("input.mark-digit").all():
            cell.fill("34"[place % 2])
    journey.press("Simpan evaluasi", "Evaluasi tersimpan: 5 lembar dari 46 orang hadir.")
    journey.open("tes/")
    expect(page.get_by_text("Kenaikan rata-rata")).to_contain_text("30")
    assert training.test_questions.count() == 10


def promise(journey):
    journey.open("rktl/")
    journey.press("Isi dari templat untuk 16 desa yang masih kosong", "0 dari 96 kegiatan selesai")
    journey.see("rktl/")
    journey.see(f"/tindak-lanjut/?pelatihan={journey.training.pk}")
    journey.tap("link", "Menghitung ulang iuran", "Tandai selesai")
    journey.phone.get_by_role("link", name="Tandai selesai").click()
    journey.fits()
    journey.tap("button", "Tandai selesai", "Menghitung ulang iuran: selesai.")
    done = journey.training.follow_ups.exclude(done_on=None).get()
    assert done.village.name in ("Jalan 1", "Jalan 2")


def certify(journey):
    page = journey.page
    journey.open("sertifikat/")
    page.get_by_label("Pola nomor").fill("{nomor}/SERT/UJI/XII/2018")
    page.get_by_label("Tanggal sertifikat").fill("2018-12-06")
    page.get_by_role("button", name="Lihat pratinjau").click()
    journey.press("Berikan 45 sertifikat", "45 sertifikat diberikan.")
    assert journey.training.certificates.count() == 45
    refused = journey.training.participants.filter(certificate=None)
    assert {row.person.name for row in refused} == {*STAYED_AWAY, "Ketua Jalan 2"}


def fetch(journey) -> dict[str, list[str]]:
    """Ticks all of “Berkas lengkap”, waits for the worker and reads the result (tests.e2e.scenarios.bundles)."""
    journey.open("spj/")
    expect(journey.page.get_by_text("Hadir menurut kehadiran di portal: 46 orang (30 L, 16 P).")).to_be_visible()
    journey.page.locator(".btn", has_text="Berkas lengkap").first.click()
    for box in journey.page.locator("input[name=isi]").all():  # blank forms and the closed class are not ticked
        box.check()
    journey.page.get_by_role("button", name="Susun berkas").click()
    whole = journey.page.locator("tr[id^=berkas-]")
    expect(whole).to_have_attribute("data-state", re.compile("^ready"), timeout=300_000)
    assert "gagal" not in whole.inner_text()
    with journey.page.expect_download() as found:
        journey.page.get_by_role("link", name="Unduh ZIP").click()
    return read_bundle(found.value.path().read_bytes())


def correct(journey):
    """A closed day changes only with a reason, which remains readable; the choices survive the refusal."""
    journey.open("kehadiran/?hari=2")
    cell = journey.page.get_by_label(re.compile("^Ketua Jalan 2,"))
    cell.select_option(label="Sakit")
    journey.press(re.compile("Simpan kehadiran"), "Belum tersimpan")
    mark = Attendance.objects.get(participant__person__name="Ketua Jalan 2", session__day__date="2018-12-05")
    assert mark.status == Attendance.Status.EXCUSED
    expect(cell).to_have_value("sakit")
    journey.page.get_by_label("Alasan perubahan").fill("Surat keterangan sakit menyusul.")
    journey.press(re.compile("Simpan kehadiran"), re.compile("hari ke-2 tersimpan: 45 hadir, 1 sakit"))
    mark.refresh_from_db()
    assert mark.status == Attendance.Status.SICK
    assert Event.objects.filter(reason="Surat keterangan sakit menyusul.").exists()
    journey.open("kehadiran/?hari=2")
    expect(journey.page.get_by_text("Surat keterangan sakit menyusul.").first).to_be_visible()


def test_a_whole_training_at_desk_and_phone(journey, start_worker):
    start_worker()
    for step in (plan, propose, mark, close_days, learn, promise, certify):
        step(journey)
    for path in OWN_PAGES:
        journey.see(path)
    check_papers(journey.training, fetch(journey))
    correct(journey)
