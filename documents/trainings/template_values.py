"""Values for an office's own Word file of a training, under the names of documents.trainings.template_fields."""

from collections.abc import Iterable
from datetime import date

from accounts.models import District, OfficeProfile
from documents.content import Snapshot
from documents.layout.blocks import BlockContent
from documents.rendering.verification import signature_blocks
from documents.trainings import base, results, roster
from documents.trainings.base import BookEntry, TrainingContent
from documents.trainings.roster import Attendee
from records import formats
from trainings.models import AgendaItem, Training
from trainings.queries.invited import invited_people


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
    invited = invited_people(training)
    found: dict[str, str | list[dict[str, str]]] = {
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
        "peserta": rows_of(people),
    }
    found |= office_values(title, content, training.district, office) | _agenda(training)
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
    return found


def office_values(
    title: str, content: TrainingContent | BlockContent, district: District, office: OfficeProfile | None
) -> dict[str, str | list[dict[str, str]]]:
    """The values of every letter of an office: title, letterhead, signers."""
    return {
        "judul": title,
        "pemerintah": content["letterhead"]["government"] if "letterhead" in content else "",
        "dinas": content["document"]["office"] or base.DOTS,
        "alamat_dinas": office.address if office else "",
        "kabupaten": district.name,
        "kota": (office.place if office else "") or base.SHORT_DOTS,
        "kode_dokumen": "",  # filled in when the file is made
        **_signers(content),
    }


def rows_of(people: list[Attendee]) -> list[dict[str, str]]:
    """The list `peserta`."""
    return [_person(number, one) for number, one in enumerate(people, 1)]


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


def _signers(content: Snapshot) -> dict[str, str | list[dict[str, str]]]:
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
