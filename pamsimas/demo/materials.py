"""Sample learning materials: small generated files, so that the demo links to no external site."""

import hashlib

from django.core.files.base import ContentFile

from pamsimas.demo.seeding import seed
from records.models import StoredFile
from trainings.models import LearningMaterial

PRACTICE = [
    "DATA CONTOH",
    "Praktik baik: iuran yang menutup BOP",
    "",
    "1. Hitung biaya listrik, honor operator, dan perbaikan rutin setahun.",
    "2. Bagi dengan jumlah pembayar dan 12 bulan.",
    "3. Bandingkan dengan iuran sekarang; bahas selisihnya dalam rapat anggota.",
    "4. Tempel neraca tiap bulan di papan pengumuman dusun.",
]


def seed_materials(district, by):
    """Two public materials and one for the office."""
    rows = [
        ("Praktik baik: iuran yang menutup BOP", "Iuran dan pembukuan", "PB 4", "kpspams", True),
        ("Ringkasan tugas KPSPAMS", "Kelembagaan", "PB 2.1", "semua", True),
        ("Catatan fasilitator: menghidupkan kembali pembukuan", "Pendampingan", "", "fasilitator", False),
    ]
    seed(
        [
            LearningMaterial(
                district=district, title=title, topic=topic, code=code, audience=audience, is_open=is_open,
                summary="Bahan contoh, bukan bahan resmi.", file=_kept(title),
            )
            for title, topic, code, audience, is_open in rows
        ],
        by,
    )  # fmt: skip


def _kept(title: str) -> StoredFile:
    content = small_pdf([PRACTICE[0], title, *PRACTICE[2:]])
    stored = StoredFile(
        sha256=hashlib.sha256(content).hexdigest(), bytes=len(content), type=StoredFile.Type.PDF, name=f"{title}.pdf"
    )
    stored.file.save("contoh.pdf", ContentFile(content), save=False)
    stored.save()
    return stored


def small_pdf(lines: list[str]) -> bytes:
    """A PDF with one page of text in a standard font; needs no renderer, so the demo loads anywhere."""
    text = "BT /F1 12 Tf 72 770 Td 20 TL " + " ".join(f"({_escaped(line)}) Tj T*" for line in lines) + " ET"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R /Lang (id) >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        " /Resources << /Font << /F1 5 0 R >> >> >>",
        f"<< /Length {len(text)} >>\nstream\n{text}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    content, starts = "%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        starts.append(len(content))
        content += f"{number} 0 obj\n{body}\nendobj\n"
    table = "".join(f"{start:010} 00000 n \n" for start in starts)
    size = len(objects) + 1
    tail = f"trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{len(content)}\n%%EOF\n"
    return f"{content}xref\n0 {size}\n0000000000 65535 f \n{table}{tail}".encode("ascii")


def _escaped(line: str) -> str:
    return line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
