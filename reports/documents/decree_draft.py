"""Rancangan Keputusan Kepala Desa on the board of a KPSPAMS, with its annex, for the village to number and sign.

It names only rules that hold for every village; what else the village decides by is added by hand (dotted line).
"""

from typing import Any

from django.template.loader import render_to_string

from accounts.models import User
from kpspams.models import KpspamsGroup, LegalDocument
from records import words
from reports.documents import decree_papers
from reports.documents.decree_papers import LINE, SHORT, SUBJECTS, clean, district_of
from reports.kinds import Kind

__all__ = ["SUBJECTS", "clean", "district_of"]

TEMPLATE_VERSION = 1
CODE_PREFIX = "SK"

# domain: village and water law, legal form
BASIS = [
    "Undang-Undang Nomor 6 Tahun 2014 tentang Desa sebagaimana telah diubah dengan Undang-Undang Nomor 3 Tahun 2024",
    "Peraturan Pemerintah Nomor 122 Tahun 2015 tentang Sistem Penyediaan Air Minum",
    "Peraturan Menteri Dalam Negeri Nomor 111 Tahun 2014 tentang Pedoman Teknis Peraturan di Desa",
    "Peraturan Menteri Dalam Negeri Nomor 18 Tahun 2018 tentang Lembaga Kemasyarakatan Desa dan Lembaga Adat Desa",
]

# The tasks of a KPSPAMS, shortened from the domain reference (kpspams, tasks).
TASKS = [
    "melaksanakan AD/ART dan keputusan musyawarah anggota",
    "menetapkan iuran bersama masyarakat untuk operasi, pemeliharaan, penyusutan, dan pengembangan sarana",
    "menghimpun, membukukan, dan mengelola dana kelompok",
    "mengoperasikan, memelihara, dan memperbaiki sarana serta melindungi sumber air",
    "menggerakkan perilaku hidup bersih dan sehat",
    "mengadakan rapat berkala dan mempertanggungjawabkan pengelolaan kepada masyarakat",
]


def label(parameters: dict) -> str:
    return "Rancangan Keputusan Kepala Desa dan lampirannya"


def collect(subject: KpspamsGroup, parameters: dict, user: User | None) -> dict[str, Any]:
    found = decree_papers.common(Kind.DECREE_DRAFT, subject, "Rancangan Keputusan Kepala Desa,")
    said = found["said"]
    return found | {
        "decider": found["head_title"].rstrip(",").upper(),
        "number": f"NOMOR {LINE} TAHUN {SHORT}",
        "about": f"PENETAPAN PENGURUS KELOMPOK PENGELOLA SISTEM PENYEDIAAN AIR MINUM DAN SANITASI (KPSPAMS) "
        f"“{subject.name.upper()}” {found['village'].upper()}",
        "basis": [*BASIS, *_own_rules(subject)],
        "tasks": TASKS,
        "signatures": [block | {"title": block["title"].upper()} for block in found["signed"]],
        "copies": [
            f"Bupati {found['district']} melalui Camat {found['subdistrict']}",
            f"Ketua {said['dpmu']} Kabupaten {found['district']}",
            f"Ketua BPD {found['village']}",
            "Yang bersangkutan",
        ],
    }


def render(snapshot: dict[str, Any]) -> str:
    return render_to_string("reports/documents/decree_draft.html", snapshot)


def _own_rules(group: KpspamsGroup) -> list[str]:
    """Perdes of this group that are recorded with number and day."""
    rules = LegalDocument.objects.filter(group=group, kind=LegalDocument.Kind.VILLAGE_RULE, in_process=False)
    return [
        f"Peraturan {group.village} Nomor {rule.number} tanggal {words.date_id(rule.dated_on)}"
        for rule in rules.exclude(number="").order_by("dated_on")
        if rule.dated_on
    ]
