"""Sample SPJ of the training of 2018, nearly complete, and the first documents of the meeting of last week."""

import io
from datetime import date

from PIL import Image, ImageDraw, ImageFont

from pamsimas.demo.materials import small_pdf
from pamsimas.demo.seeding import seed
from records.files import Judged
from records.formats import date_id
from records.models import StoredFile
from trainings.models import Narrative, SpjItem, Training, TrainingFile, TrainingSession
from trainings.queries.certificates import Pattern, certificate_roll
from trainings.services.certificates import Previewed, give, give_one

Document = SpjItem.Document
LAST_DAY = date(2018, 12, 6)
PATTERN = Pattern("{nomor}/SERT/CONTOH/XII/2018", 1, 3)
# Excused on the third day; the office decided all the same.
EXCEPTED = 11
EXCEPTION = "Tugas pengganti hari ketiga dinilai narasumber (contoh)"
# document: number, date, people in the list, whether the signed document is uploaded
PAPERS_2018 = {
    Document.TERMS: ("027/CONTOH-1/2018", date(2018, 10, 15), None, True),
    Document.COMMITTEE_DECREE: ("188/CONTOH-2/2018", date(2018, 11, 5), None, True),
    Document.ASSIGNMENT: ("800/CONTOH-3/2018", date(2018, 11, 19), None, True),
    Document.INVITATION: ("005/CONTOH-4/2018", date(2018, 11, 20), None, True),
    Document.MEMO: ("050/CONTOH-5/2018", date(2018, 11, 12), None, True),
    Document.SCHEDULE: ("", date(2018, 11, 20), None, True),
    Document.BIODATA: ("", None, None, True),
    Document.TESTS: ("", LAST_DAY, None, True),
    Document.EVALUATION: ("", LAST_DAY, None, True),
    Document.FOLLOW_UPS: ("", LAST_DAY, None, True),
    Document.OFFICIAL_MINUTES: ("027/CONTOH-6/2018", LAST_DAY, None, False),
    Document.CERTIFICATES: ("", LAST_DAY, 40, False),
    Document.TRANSPORT: ("", LAST_DAY, 42, True),
    Document.MATERIALS: ("", date(2018, 12, 4), 41, True),
}
CAPTIONS = [
    ("Pembukaan pelatihan", date(2018, 12, 4)),
    ("Diskusi kelompok menghitung iuran", date(2018, 12, 5)),
    ("Praktik pembukuan kas", date(2018, 12, 5)),
    ("Penyerahan RKTL desa", LAST_DAY),
]
COLOURS = ["#2f6f7e", "#6b7d4f", "#8a6a45", "#5c5c7a"]
SHEETS_HANDED_IN = 2  # of three: one scan is missing


def seed_accounts_files(by):
    """Needs trainings and assessments."""
    training = Training.objects.select_related("district__settings_row").get(
        is_sample=True, fiscal_year=2018, kind=Training.Kind.TRAINING
    )
    seed_certificates(training, by)
    seed_spj_items(training, PAPERS_2018, by)
    seed_photos(training, by)
    seed_sheets(training, by)
    seed_words(training, by)
    seed_meeting(by)


def seed_certificates(training, by):
    """Certificates by the rule, as on the page, and one with a reason."""
    due = [row.participant.pk for row in certificate_roll(training).due]
    give(training, Previewed(PATTERN, LAST_DAY, due), by=by)
    excepted = training.participants.get(number=EXCEPTED)
    give_one(training, excepted.pk, number=PATTERN.of(len(due)), dated_on=LAST_DAY, reason=EXCEPTION, by=by, key=None)


def seed_spj_items(training, documents, by):
    rows = []
    for document, (number, on, people, handed_in) in documents.items():
        file = kept_pdf(str(Document(document).label), training) if handed_in else None
        rows.append(SpjItem(training=training, document=document, number=number, dated_on=on, people=people, file=file))
    seed(rows, by)


def seed_photos(training, by):
    rows = []
    for (caption, on), colour in zip(CAPTIONS, COLOURS, strict=True):
        content = drawn(caption, colour)
        file = Judged(content, StoredFile.Type.JPEG, f"{caption}.jpg").keep(caption=caption, place=training.venue)
        rows.append(
            TrainingFile(
                training=training,
                kind=TrainingFile.Kind.PHOTO,
                file=file,
                caption=caption,
                taken_on=on,
                place=training.venue,
            )
        )
    seed(rows, by)


def seed_sheets(training, by):
    sessions = TrainingSession.objects.filter(day__training=training).select_related("day")[:SHEETS_HANDED_IN]
    seed(
        [
            TrainingFile(
                training=training,
                kind=TrainingFile.Kind.SHEET,
                session=session,
                file=kept_pdf(f"Daftar hadir {date_id(session.day.date)}", training),
                taken_on=session.day.date,
            )
            for session in sessions
        ],
        by,
    )


def seed_words(training, by):
    seed(
        [
            Narrative(
                training=training,
                background="KPSPAMS di desa penerima tahun 2017 baru terbentuk dan mulai mengelola SPAM sendiri. "
                "Pengurusnya memerlukan bekal tentang tugas, iuran, pembukuan, dan pemeliharaan.",
                purpose="Pengurus memahami tugasnya, dapat menghitung iuran yang menutup biaya, dan pulang dengan "
                "rencana tindak lanjut untuk menyusun rencana kerja tahun 2019.",
                note_taker="Petugas Contoh",
                discussion="Iuran di sebagian desa belum menutup biaya listrik dan honor operator.\n"
                "Pembukuan kas belum dikerjakan setiap bulan.\n"
                "Beberapa desa belum mempunyai SK kepengurusan yang baru.",
                decisions="Setiap desa menyusun rencana kerja tahun 2019 paling lambat 31 Januari 2019.\n"
                "Neraca kas ditempel di papan pengumuman setiap bulan.",
                obstacles="Dua desa tidak mengirim peserta. Hujan pada hari kedua membuat beberapa peserta terlambat.",
                recommendations="Kunjungan ke dua desa yang tidak hadir.\nPraktik pembukuan lebih lama.",
                bring="Fotokopi SK KPSPAMS\nAD/ART\nBuku kas\nDaftar pelanggan",
                copies_to="Camat Contoh Barat\nCamat Contoh Tengah",
            )
        ],
        by,
    )


def seed_meeting(by):
    """The meeting of last week: invitation sent, minutes begun, nothing signed uploaded."""
    meeting = Training.objects.filter(is_sample=True, kind=Training.Kind.MEETING).earliest("pk")
    on = meeting.days.get().date
    seed_spj_items(meeting, {Document.INVITATION: ("005/CONTOH-7", on, None, True)}, by)
    seed(
        [
            Narrative(
                training=meeting,
                chair="Ketua DPMU Contoh",
                note_taker="Petugas Contoh",
                discussion="Tiga desa melaporkan keadaan SPAM dan iurannya.\nPompa di Contoh Delapan perlu diganti.",
                decisions="Desa mengajukan penggantian pompa lewat APBDes perubahan.",
            )
        ],
        by,
    )


def kept_pdf(title: str, training) -> StoredFile:
    content = small_pdf(["DATA CONTOH", title, training.title, "Pengganti hasil pindai dokumen yang ditandatangani."])
    return Judged(content, StoredFile.Type.PDF, f"{title.replace('/', '-')}.pdf").keep()


def drawn(caption: str, colour: str) -> bytes:
    """An image without people: the caption on a plain background."""
    image = Image.new("RGB", (960, 720), colour)
    pen = ImageDraw.Draw(image)
    pen.rectangle((40, 40, 920, 680), outline="white", width=4)
    pen.text((80, 300), "DATA CONTOH", fill="white", font=ImageFont.load_default(size=56))
    pen.text((80, 390), caption, fill="white", font=ImageFont.load_default(size=40))
    written = io.BytesIO()
    image.save(written, "JPEG", quality=80)
    return written.getvalue()
