"""Values for an office's own Word file of a training: names, labels with an example, and the values themselves."""

import re
from collections.abc import Iterable
from datetime import date

from accounts.models import OfficeProfile
from documents.layout import blocks
from documents.layout.word_template import Fields
from documents.rendering.verification import signature_blocks
from documents.trainings import base, results, roster
from documents.trainings.base import BookEntry, TrainingContent
from documents.trainings.roster import Attendee
from records import formats
from trainings.models import AgendaItem, Training
from trainings.queries.invited import invited_people

# Name -> label and example.
VALUES = {
    "judul": ("nama surat", "Undangan"),
    "isi": ("kalimat-kalimat naskah surat, satu kalimat sebaris", "Dalam rangka … diharapkan kehadiran Saudara pada:"),
    "nomor": ("nomor surat, atau titik-titik", "005/017/DPMU/2026"),
    "tanggal": ("tanggal surat, atau titik-titik", "2 Maret 2026"),
    "kegiatan": ("nama pelatihan atau rapat", "Pelatihan Peningkatan Kapasitas KPSPAMS Tahun 2026"),
    "hari_tanggal": ("hari dan tanggal kegiatan", "Selasa s.d. Kamis, 10 s.d. 12 Maret 2026"),
    "tanggal_kegiatan": ("tanggal kegiatan", "10 s.d. 12 Maret 2026"),
    "lama": ("banyaknya hari", "3 (tiga)"),
    "pukul": ("jam mulai", "08.00 WIB s.d. selesai"),
    "tempat": ("tempat kegiatan", "Balai Desa Contoh"),
    "tahun_anggaran": ("tahun anggaran", "2026"),
    "program": ("nama program; kosong bila tidak ada", "Program Pamsimas III"),
    "penyelenggara": ("penyelenggara", "DPMU Kabupaten Contoh"),
    "jumlah_peserta": ("banyaknya peserta", "30 (tiga puluh)"),
    "jam_pelajaran": ("jumlah JP", "24"),
    "pemerintah": ("baris pertama kop", "PEMERINTAH KABUPATEN CONTOH"),
    "dinas": ("nama dinas pada tanggal surat", "Dinas Contoh"),
    "alamat_dinas": ("alamat dinas", "Jalan Contoh Nomor 1"),
    "kabupaten": ("nama kabupaten", "Contoh"),
    "kota": ("kota penandatanganan", "Contoh"),
    "jabatan_penanda": ("jabatan penanda tangan", "Ketua DPMU Kabupaten Contoh"),
    "nama_penanda": ("nama penanda tangan, atau titik-titik", "Nama Contoh, S.T."),
    "pangkat_penanda": ("pangkatnya", "Pembina, IV/a"),
    "nip_penanda": ("NIP-nya", "19700101 200003 1 001"),
    "kode_dokumen": ("kode dokumen portal", "UND-14-1EDDD1D3"),
}
PEOPLE = {
    "no": "No",
    "nama": "Nama",
    "jk": "L/P",
    "jabatan": "Jabatan/Unsur",
    "desa": "Desa",
    "kecamatan": "Kecamatan",
    "instansi": "Instansi",
    "kpspams": "KPSPAMS",
}
LISTS = {
    "peserta": PEOPLE,
    "desa_diundang": {"no": "No", "desa": "Desa", "kecamatan": "Kecamatan", "jumlah": "Jumlah", "jabatan": "Jabatan"},
    "narasumber": {"no": "No", "nama": "Nama", "jabatan": "Jabatan", "instansi": "Instansi", "materi": "Materi"},
    "panitia": {"no": "No", "nama": "Nama", "kedudukan": "Kedudukan dalam panitia"},
    "acara": {
        "no": "No",
        "hari": "Hari/tanggal",
        "pukul": "Pukul",
        "materi": "Materi",
        "jp": "JP",
        "oleh": "Narasumber",
    },
    "penanda_tangan": {
        "di_atas": "Kata di atas",
        "jabatan": "Jabatan",
        "nama": "Nama",
        "pangkat": "Pangkat",
        "nip": "NIP",
    },
}
FIELDS = Fields(frozenset(VALUES), {name: frozenset(columns) for name, columns in LISTS.items()})
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")  # characters that XML does not allow


def values_of(
    training: Training,
    title: str,
    content: TrainingContent,
    entry: BookEntry | None,
    people: list[Attendee],
    office: OfficeProfile | None,
    *,
    of_invited: bool,
) -> dict[str, str | list[dict[str, str]]]:
    """Values for all names of VALUES and LISTS; `entry`: number and day of the letter; `people`: its peserta, with
    `of_invited` those invited by name, counted with those whom the villages still have to name.
    """
    head = content["letterhead"]
    invited = invited_people(training)
    found: dict[str, str | list[dict[str, str]]] = {
        "judul": title,
        "isi": _wording(content),
        "nomor": entry["number"] if entry else base.DOTS,
        "tanggal": formats.date_id(date.fromisoformat(entry["dated_on"])) if entry else base.DOTS,
        "kegiatan": str(training),
        "hari_tanggal": content["weekdays"],
        "tanggal_kegiatan": content["span"],
        "lama": results.counted(len(base.dates(training))),
        "pukul": base.starts_at(training),
        "tempat": content["place"] or base.DOTS,
        "tahun_anggaran": str(training.fiscal_year),
        "program": base.programme(training),
        "penyelenggara": formats.in_sentence(training.organiser or content["document"]["office"]) or base.DOTS,
        "jumlah_peserta": results.counted(invited.total if of_invited else len(people)),
        "pemerintah": head["government"],
        "dinas": content["document"]["office"] or base.DOTS,
        "alamat_dinas": office.address if office else "",
        "kabupaten": training.district.name,
        "kota": (office.place if office else "") or base.SHORT_DOTS,
        "kode_dokumen": "",  # filled in when the file is made
        "peserta": [_person(number, one) for number, one in enumerate(people, 1)],
    }
    found |= _signers(content) | _agenda(training)
    found["desa_diundang"] = _numbered(
        {
            "desa": row.invitation.village.name,
            "kecamatan": row.invitation.village.subdistrict.name,
            "jumlah": str(row.count),
            "jabatan": row.invitation.post_words,
        }
        for row in invited.villages
    )
    found["panitia"] = _numbered(
        {"nama": row.person.name, "kedudukan": row.role} for row in training.committee.select_related("person")
    )
    return {name: _printable(value) for name, value in found.items()}


def _wording(content: TrainingContent) -> str:
    """The paragraphs of the letter in the current wording (documents.letters)."""
    body = content["body"] if blocks.has_body(content) else []
    return "\n".join(block["text"] for block in body if block["kind"] == "text")


def _person(number: int, one: Attendee) -> dict[str, str]:
    return {
        "no": str(number),
        "nama": one.name,
        "jk": one.sex,
        "jabatan": one.post,
        "desa": one.village_name,
        "kecamatan": one.subdistrict,
        "instansi": one.institution,
        "kpspams": one.group,
    }


def _signers(content: TrainingContent) -> dict[str, str | list[dict[str, str]]]:
    """All signers from left to right; the single values are those of the last, who signs the letter."""
    rows = [
        {
            "di_atas": block["above"],
            "jabatan": block["title"].rstrip(","),
            "nama": block["name"] or base.DOTS,
            "pangkat": block["rank"],
            "nip": block["nip"],
        }
        for block in signature_blocks(content)
    ]
    last = rows[-1] if rows else {"jabatan": base.DOTS, "nama": base.DOTS, "pangkat": "", "nip": ""}
    names = ("jabatan", "nama", "pangkat", "nip")
    return {**{f"{name}_penanda": last[name] for name in names}, "penanda_tangan": rows}


def _agenda(training: Training) -> dict[str, str | list[dict[str, str]]]:
    items: list[AgendaItem] = results.agenda(training)
    hours = sum(item.lesson_hours for item in items)
    rows = _numbered(
        {
            "hari": formats.day_date(item.day.date),
            "pukul": f"{formats.time_id(item.starts)} - {formats.time_id(item.ends)}",
            "materi": item.topic,
            "jp": str(item.lesson_hours or "-"),
            "oleh": results.people_of(item),
        }
        for item in items
    )
    speakers = _numbered(
        {
            "nama": one.name,
            "jabatan": one.position,
            "instansi": one.institution,
            "materi": "; ".join(one.topics),
        }
        for one in roster.speakers(training)
    )
    return {"jam_pelajaran": str(hours), "acara": rows, "narasumber": speakers}


def _numbered(rows: Iterable[dict[str, str]]) -> list[dict[str, str]]:
    return [{"no": str(number), **row} for number, row in enumerate(rows, 1)]


def _printable(value: str | list[dict[str, str]]) -> str | list[dict[str, str]]:
    if isinstance(value, str):
        return _CONTROL.sub("", value)
    return [{name: _CONTROL.sub("", text) for name, text in row.items()} for row in value]
