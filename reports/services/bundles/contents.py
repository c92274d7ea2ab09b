"""Pages about a bundle: the table of contents of a ZIP, and the first page of a print file.

They are not documents of the portal: they are made while the bundle is packed, without a row or a kode dokumen.
"""

from django.utils import timezone

from documents.layout import block_pages, blocks, frame
from documents.rendering import pdf
from records import formats
from reports.models import ReportBundle

WHAT_IT_IS = "Berkas cetak: gabungan, bukan dokumen terbit"
MILLIMETRES = 25.4 / 72


def table_of_contents(bundle: ReportBundle, rows: list[list[str]]) -> pdf.Pdf:
    """`rows` are those of the CSV: berkas, desa, kode, dokumen, halaman, bita, sha-256, keterangan."""
    lines = [
        [name or "-", title, pages, formats.number_id(int(count)) if count else "", sha256, note]
        for name, _, _, title, pages, count, sha256, note in rows
    ]
    heads = [
        *(("Berkas", 70, "l"), ("Dokumen", 50, "l"), ("Hal.", 12, "r"), ("Bita", 20, "r"), ("SHA-256", 70, "l")),
        ("Keterangan", 0, "l"),
    ]
    return _page(
        bundle,
        "a4-wide",
        [
            blocks.title("DAFTAR ISI BERKAS", str(bundle).upper()),
            blocks.center(_request_line(bundle)),
            blocks.table(heads, lines, caption="Isi berkas", small=True),
            *blocks.paragraphs(
                "SHA-256 adalah sidik isi berkas: berkas yang berubah satu huruf pun mempunyai sidik lain. Dokumen "
                "yang tidak disertakan disebut dengan sebabnya."
            ),
        ],
    )


def print_cover(bundle: ReportBundle, rows: list[list[str]]) -> pdf.Pdf:
    """`rows`: number, village, document, paper size, pages, first page in the print file."""
    heads = [
        *(("No", 10, "c"), ("Desa", 40, "l"), ("Dokumen", 0, "l"), ("Kertas", 32, "l"), ("Halaman", 18, "r")),
        ("Mulai di halaman", 20, "r"),
    ]
    return _page(
        bundle,
        "a4",
        [
            blocks.title(WHAT_IT_IS.upper(), str(bundle).upper()),
            blocks.center(_request_line(bundle)),
            *blocks.paragraphs(
                "Halaman ini dan halaman sesudahnya digabung agar dapat dicetak sekaligus. Yang diarsipkan dan "
                "diperiksa adalah dokumen satu per satu di dalam ZIP, dengan sidik SHA-256 masing-masing. "
                "Nomor halaman di kaki setiap dokumen adalah nomor dokumen itu sendiri."
            ),
            blocks.table(heads, rows, caption="Dokumen dalam berkas cetak", small=True),
        ],
    )


def _request_line(bundle: ReportBundle) -> str:
    return f"{bundle.district}, diminta {formats.date_id(timezone.localtime(bundle.requested_at).date())}"


def _page(bundle: ReportBundle, page_size: str, body: list[blocks.Block]) -> pdf.Pdf:
    office = bundle.district.office_on(timezone.localdate(bundle.requested_at))
    document = frame.head(
        title=str(bundle),
        subject=_request_line(bundle),
        office=office,
        dated=timezone.localdate(bundle.requested_at),
        page_size=page_size,
        watermark="",
    )
    return pdf.make(block_pages.render({"document": {**document, "code": ""}, "body": body}))


def sheet(width: float, height: float) -> str:
    """The paper size of a page from its size in points: "F4 tegak", "A4 mendatar"."""
    short, long = sorted((round(width * MILLIMETRES), round(height * MILLIMETRES)))
    size = {(215, 330): "F4", (210, 297): "A4"}.get((short, long), f"{short} x {long} mm")
    return f"{size} {'mendatar' if width > height else 'tegak'}"
