"""Speakers, committee and budget of the sample training of 2018. All names are invented."""

from pamsimas.demo.seeding import seed
from trainings.models import AgendaItem, AgendaSpeaker, BudgetLine, CommitteeMember, ResourcePerson, Training
from villages.models import Person

OFFICE = "Dinas Perumahan dan Permukiman"
# Text of the agenda -> name, L/P, institution, post, rank, expertise
SPEAKERS = {
    "Kepala Dinas": ("Ir. Rahmat Hidayat, M.T.", "L", OFFICE, "Kepala Dinas", "Pembina Utama Muda, IV/c", ""),
    "Ketua DPMU": ("Sri Wahyuni, S.T.", "P", OFFICE, "Ketua DPMU", "Penata Tingkat I, III/d", "Kebijakan air minum"),
    "Dinas PMD": ("Nyoman Suarta, S.Sos.", "L", "Dinas PMD", "Kepala Seksi", "Penata, III/c", "Peraturan desa, APBDes"),
    "Fasilitator Senior": ("Dewi Lestari", "P", "Fasilitator Pamsimas", "Fasilitator Senior", "", "Kelembagaan"),
    "Fasilitator Keuangan": ("Ketut Darma", "L", "Fasilitator Pamsimas", "Fasilitator Keuangan", "", "Pembukuan"),
    "Praktisi PDAM/Dinas PUPR": ("Joko Susilo, A.Md.", "L", "PDAM", "Kepala Teknik", "", "Operasi dan pemeliharaan"),
    "Dinas Kesehatan": (
        "Siti Nurjanah, S.K.M.",
        "P",
        "Dinas Kesehatan",
        "Sanitarian",
        "Penata Muda, III/a",
        "STBM, kualitas air",
    ),
    "Fasilitator": (
        "Agus Prasetyo",
        "L",
        "Fasilitator Pamsimas",
        "Fasilitator Masyarakat",
        "",
        "Iuran, rencana kerja",
    ),
}
MODERATOR = "Fasilitator Senior"
COMMITTEE = [
    ("Hendra Saputra, S.E.", "L", "Ketua", "Kepala Seksi Air Minum"),
    ("Ni Luh Sari", "P", "Sekretaris", "Pengadministrasi umum"),
    ("Rini", "P", "Bendahara", "Bendahara Pengeluaran Pembantu"),
    ("Yusuf Ma'ruf", "L", "Anggota", ""),
]
SUB_ACTIVITY, DPA = "Pembinaan kelompok pengelola air minum perdesaan (contoh)", "CONTOH/DPA/2018"
# Label, kode rekening, pagu, realisasi (rupiah)
BUDGET = [
    ("Alat tulis dan bahan peserta", "5.2.2.01.01", 2_400_000, 2_352_000),
    ("Fotokopi dan penjilidan", "5.2.2.06.02", 900_000, 875_000),
    ("Sewa gedung 3 hari", "5.2.2.07.02", 4_500_000, 4_500_000),
    ("Makan dan rapat 60 orang x 3 hari", "5.2.2.11.02", 9_000_000, 8_100_000),
    ("Honorarium narasumber", "5.2.1.02.01", 6_600_000, 6_600_000),
    ("Uang saku dan transport peserta", "5.2.2.15.01", 14_400_000, 12_600_000),
]


def seed_teaching(training: Training, by):
    """Persons on the agenda, panitia and budget of the training of 2018."""
    taught = _persons(training, [(name, sex, office) for name, sex, office, *_ in SPEAKERS.values()], by)
    rows = seed(
        [
            ResourcePerson(person=person, position=position, rank=rank, expertise=expertise)
            for person, (_, _, _, position, rank, expertise) in zip(taught, SPEAKERS.values(), strict=True)
        ],
        by,
    )
    by_text = dict(zip(SPEAKERS, rows, strict=True))
    seed(_appearances(training, by_text))
    organisers = _persons(training, [(name, sex, OFFICE) for name, sex, *_ in COMMITTEE], by)
    seed(
        [
            CommitteeMember(training=training, person=person, role=role, position=position, number=number)
            for number, (person, (_, _, role, position)) in enumerate(zip(organisers, COMMITTEE, strict=True), start=1)
        ],
        by,
    )
    seed(
        [
            BudgetLine(
                training=training,
                title=title,
                account_code=code,
                sub_activity=SUB_ACTIVITY,
                dpa_number=DPA,
                ceiling=ceiling,
                realised=realised,
            )
            for title, code, ceiling, realised in BUDGET
        ],
        by,
    )


def _persons(training, facts, by) -> list[Person]:
    return seed(
        [
            Person(district=training.district, name=f"{name} (contoh)", sex=sex, institution=office)
            for name, sex, office in facts
        ],
        by,
    )


def _appearances(training, by_text) -> list[AgendaSpeaker]:
    """Links each agenda item to its speaker, and each materi to a moderator."""
    found = []
    for item in AgendaItem.objects.filter(day__training=training):
        names = [item.speaker] if item.speaker in by_text else item.speaker.split(", ")
        speakers = [by_text[name] for name in names if name in by_text]
        found += [AgendaSpeaker(item=item, resource_person=row) for row in speakers]
        if item.kind == AgendaItem.Kind.TOPIC and speakers and by_text[MODERATOR] not in speakers:
            found.append(
                AgendaSpeaker(item=item, resource_person=by_text[MODERATOR], role=AgendaSpeaker.Role.MODERATOR)
            )
    return found
