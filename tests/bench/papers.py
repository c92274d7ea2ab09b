"""The same two documents for both renderers, as plain values, without database access."""

from typing import Any

from documents.plans import work_plan
from documents.trainings import attendance_sheet
from documents.trainings.columns import Page, Part, Row, Who, table
from documents.trainings.roster import Attendee

NAMES = ["Sutrisno", "Rohmah", "Wayan Sari", "Mulyadi Hartono", "Siti Aminah Nurjanah"]
POSTS = ["Ketua KPSPAMS", "Bendahara KPSPAMS", "Seksi Teknik KPSPAMS"]
MONTHS = ["■" * 12, "□□□■□□□□□■□□", "□□■□□■□□■□□■"]


def _head(paper: str) -> dict[str, str]:
    return {
        "title": "Ukuran",
        "subject": "Ukuran",
        "office": "DINAS",
        "dated": "2018-12-04",
        "page_size": paper,
        "watermark": "",
        "code": "DH-1-00000000",
    }


def _block(title: str) -> dict[str, Any]:
    return {"above": "Mengetahui,", "title": title, "name": "Nama", "rank": "", "nip": "", "nip_line": True}


def sheet(rows: int) -> dict[str, Any]:
    """A daftar hadir of seven columns, to be signed."""
    columns, size = attendance_sheet.AttendanceSheet.columns, "f4"
    page = Page(Part.BLANK, Who.PARTICIPANTS, size, phones=True)
    return {
        "document": _head(size),
        "letterhead": {
            "government": "PEMERINTAH KABUPATEN MESUJI",
            "office": "DINAS PERUMAHAN DAN PERMUKIMAN",
            "lines": ["Jalan Contoh Nomor 1"],
            "emblem": "",
        },
        "title": "DAFTAR HADIR PESERTA",
        "activity": ["PELATIHAN PENINGKATAN KAPASITAS KPSPAMS TAHUN 2018", "PROGRAM PAMSIMAS III"],
        "place": "Balai Pertemuan",
        "filled": False,
        "phones": True,
        "who": "peserta",
        "invited_villages": 16,
        "sheets": [
            {
                "day": "Selasa, 4 Desember 2018",
                "day_number": 1,
                "days": 3,
                "time": "08.00 s.d. 16.30 WIB",
                "session": "",
                "sessions": 1,
                "lesson_hours": "7",
                "topics": "Tugas KPSPAMS",
                "totals": [],
                "signatures": [_block("Ketua DPMU,"), _block("Ketua Panitia,")],
                **table(columns, page, [_row(number) for number in range(1, rows + 1)]),
            }
        ],
        "recap": None,
    }


def _row(number: int) -> Row:
    attendee = Attendee(
        number=number,
        name=NAMES[number % 5],
        sex="LP"[number % 2],
        post=POSTS[number % 3],
        place="Contoh Satu/Contoh Barat",
        phone=f"0812-3456-{number % 10_000:04d}",
    )
    return Row(attendee, [f"{number}. ............"])


def plan(activities: int) -> dict[str, Any]:
    """A rencana kerja with this number of lines in six bidang."""
    numbers = iter(range(1, activities + 1))
    return {
        "document": _head("f4-wide"),
        "heading": "RENCANA KERJA TAHUNAN KPSPAMS “TIRTA CONTOH” TAHUN 2019",
        "status_line": "Diajukan tanggal 20 Januari 2019, belum disahkan",
        "facts": [["Desa", "Contoh Satu"], ["Kecamatan", "Contoh Barat"]],
        "month_heads": list(work_plan.MONTH_HEADS),
        "areas": [
            {
                "code": code,
                "label": "Teknis: operasi dan pemeliharaan",
                "subtotal": "35.925.000",
                "rows": [
                    {
                        "number": str(next(numbers)),
                        "title": "Perawatan berkala pompa submersibel dan panel listrik",
                        "location": "Rumah pompa",
                        "target": "Layanan 120 SR",
                        "volume": "12",
                        "unit": "bulan",
                        "unit_price": "1.450.000",
                        "amount": "17.400.000",
                        "source": "Iuran",
                        "responsible": "Seksi Teknik",
                        "months": MONTHS[line % 3],
                        "note": "",
                    }
                    for line in range(activities // 6 + (at < activities % 6))
                ],
            }
            for at, code in enumerate("ABCDEF")
        ],
        "total": "94.935.000",
        "total_words": "sembilan puluh empat juta rupiah",
        "sources": [{"label": "Iuran", "amount": "42.035.000", "secured": "42.035.000", "unsecured": "0"}],
        "funded": {"amount": "42.035.000", "secured": "42.035.000", "unsecured": "0"},
        "signatures": [
            _block(title) for title in ("Ketua,", "Sekretaris,", "Kepala Desa,", "Fasilitator,", "Ketua DPMU,")
        ],
        "signed_at": "Contoh Satu, ............",
        "fee": None,
    }


def sheet_html(rows: int) -> str:
    return attendance_sheet.AttendanceSheet().render(sheet(rows))


def plan_html(activities: int) -> str:
    return work_plan.WorkPlanDocument().render(plan(activities))


# The same tables as bare cells, for the other renderers. Widths in mm.

SHEET_COLUMNS = sheet(0)["sheets"][0]["columns"]
SHEET_HEAD = [column["head"] for column in SHEET_COLUMNS]
SHEET_WIDTHS = [column["width"] for column in SHEET_COLUMNS]
PLAN_KEYS = ["number", "title", "location", "target", "volume", "unit", "unit_price", "amount", "source", "responsible"]
PLAN_HEAD = [
    *["No", "Kegiatan", "Lokasi", "Sasaran", "Volume", "Satuan", "Harga", "Jumlah", "Sumber", "Penanggung"],
    *"JFMAMJJASOND",
    "Ket.",
]
PLAN_WIDTHS = [8, 50, 22, 28, 13, 14, 20, 22, 25, 22, *[4.5] * 12, 15]


def sheet_cells(rows: int) -> list[list[str]]:
    return sheet(rows)["sheets"][0]["rows"]


def plan_cells(activities: int) -> list[list[str]]:
    rows = []
    for area in plan(activities)["areas"]:
        for row in area["rows"]:
            months = ["x" if box == "■" else "" for box in row["months"]]
            rows.append([*(row[key] for key in PLAN_KEYS), *months, row["note"]])
    return rows
