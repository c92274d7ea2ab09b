"""The three-day training and the sample plan of the tests of documents."""

import csv
import io
from datetime import date, time

from pypdf import PdfReader

from accounts.models import DistrictSettings
from documents import registry
from documents.rendering import printing
from plans.rules.months import months_to_mask
from tests import factories
from trainings.models import Attendance
from villages.models import Person

# The sample plan (docs/domain/work-plan.md): bidang, volume, satuan, harga, sumber, bulan.
PLAN = """\
A|Pembayaran listrik PLN untuk pompa|12|bulan|1450000|Iuran|1 2 3 4 5 6 7 8 9 10 11 12
A|Perawatan berkala pompa submersibel dan panel listrik|2|kali|750000|Iuran|4 10
A|Pengurasan dan pembersihan menara air|4|kali|250000|Iuran|3 6 9 12
A|Perbaikan kebocoran pipa dan aksesori|12|bulan|200000|Iuran|1 2 3 4 5 6 7 8 9 10 11 12
A|Penggantian meter air rusak|15|unit|275000|Iuran|5 6 7
A|Pengadaan pompa submersibel cadangan|1|unit|9500000|Swasta/CSR|8
B|Pemasangan sambungan rumah (SR) baru|20|SR|850000|Swadaya|8 9 10
B|Perpanjangan pipa distribusi PVC 2 inci|350|m|65000|APBDes|7 8
C|Rapat rutin pengurus|12|kali|75000|Iuran|1 2 3 4 5 6 7 8 9 10 11 12
C|Rapat anggota tahunan dan LPJ pengurus|1|kali|1750000|Iuran|12
D|Pencatatan meter, penagihan iuran, dan pembukuan|12|bulan|480000|Iuran|1 2 3 4 5 6 7 8 9 10 11 12
D|Insentif operator pompa|12|bulan|600000|Iuran|1 2 3 4 5 6 7 8 9 10 11 12
E|Pemeriksaan kualitas air di laboratorium|2|contoh|850000|APBD Kabupaten|3 9
E|Penyuluhan PHBS/CTPS di posyandu dan sekolah|4|kali|300000|APBDes|2 5 8 11
F|Penanaman pohon di sekitar sumur bor|50|batang|15000|Swadaya|11
"""
AREAS = {
    "A": "Teknis: operasi dan pemeliharaan",
    "B": "Pengembangan pelayanan",
    "C": "Kelembagaan",
    "D": "Administrasi dan keuangan",
    "E": "Kesehatan, PHBS, dan kualitas air",
    "F": "Perlindungan sumber air/lingkungan",
}
SOURCES = ["Iuran", "Swadaya", "APBDes", "APBD Kabupaten", "Swasta/CSR"]


def make_training(villages=3, per_village=3, days=3, **fields):
    """A training of `days` days, one session each, with participants of invited villages, without attendance."""
    values = {
        "title": "Pelatihan Peningkatan Kapasitas KPSPAMS Tahun 2018",
        "programme": factories.ProgrammeFactory(code="P3", name="Pamsimas III"),
        "venue": "Balai Uji, Brabasan",
    }
    training = factories.TrainingFactory(**(values | fields))
    for number in range(days):
        day = factories.TrainingDayFactory(training=training, date=date(2018, 12, 4 + number))
        session = factories.TrainingSessionFactory(day=day, name="Harian", starts=time(8), ends=time(16, 30))
        factories.AgendaItemFactory(session=session, topic=f"Materi hari {number + 1}", lesson_hours=7 + number)
    number = 0
    for at in range(villages):
        village = factories.VillageFactory(name=f"Uji Desa {at + 1}")
        factories.InvitationFactory(training=training, village=village)
        for post in ("KET", "BEN", "TEK")[:per_village]:
            number += 1
            sex = Person.Sex.FEMALE if post == "BEN" else Person.Sex.MALE
            person = factories.PersonFactory(village=village, name=f"Peserta Nomor {number}", sex=sex)
            factories.ParticipantFactory(training=training, person=person, number=number, post=post)
    return training


def mark(training, **statuses):
    """Marks everybody present, except those given by number: mark(training, n4="izin")."""
    for day in training.days.all():
        for session in day.sessions.all():
            for participant in training.participants.all():
                status = statuses.get(f"n{participant.number}", "hadir")
                if status:
                    Attendance.objects.create(participant=participant, session=session, status=status)


def make_plan(**fields):
    """The sample plan: 15 activities, Rp94.935.000."""
    village = factories.VillageFactory(name="Contoh Satu")
    group = factories.GroupFactory(village=village, name="Tirta Contoh")
    factories.LegalDocumentFactory(group=group, number="188/07/2018")
    values = {"year": 2019, "payers": 120, "base_fee": 5_000, "tariff": 3_000}
    plan = factories.WorkPlanFactory(group=group, **(values | fields))
    for number, row in enumerate(csv.reader(io.StringIO(PLAN), delimiter="|"), 1):
        area, title, volume, unit, price, source, months = row
        activity = factories.ActivityFactory(
            plan=plan,
            line=number,
            area=factories.WorkAreaFactory(code=area, label=AREAS[area], order=ord(area)),
            title=title,
            location="Dusun I-III",
            volume=int(volume),
            unit=unit,
            unit_price=int(price),
            months=months_to_mask(int(month) for month in months.split()),
            responsible="Seksi Teknik",
        )
        factories.ActivityFundingFactory(
            activity=activity,
            source=factories.FundingSourceFactory(
                code=source.lower(), label=source, order=SOURCES.index(source), is_fee=source == "Iuran"
            ),
        )
    return plan


def print_phones():
    """Switches the phone column on for the kabupaten of the tests."""
    DistrictSettings.objects.update_or_create(district=factories.DistrictFactory(), defaults={"phone_on_sheet": True})


def pages_of(content: bytes) -> list[str]:
    """The text of each page, with its line breaks."""
    return [page.extract_text() for page in PdfReader(io.BytesIO(content)).pages]


def words_of(content: bytes) -> str:
    """All text on one line, single spaces."""
    return " ".join(" ".join(pages_of(content)).split())


def paper_of(kind: str, subject, user=None, **parameters):
    """Snapshot and bytes of a document with these options; without `user` its scope is unlimited."""
    module = registry.document(kind)
    snapshot = module.collect(subject, module.clean(subject, parameters), user)
    return snapshot, printing.print_document(registry.document(kind), subject.pk, snapshot).content


def table_of(snapshot, caption: str) -> dict:
    """The first table with this caption in a document made of blocks."""
    return next(block for block in snapshot["body"] if block["kind"] == "table" and block["caption"] == caption)
