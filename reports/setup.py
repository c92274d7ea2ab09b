"""Setup step: the first document."""

from django.db.models import Exists, OuterRef

from accounts.rights import Right
from accounts.setup import SetupStep, register
from reports.models import Report

register(
    SetupStep(
        order=120,
        key="cetakan",
        label="Cetakan pertama",
        why="Periksa kop dan penanda tangan pada contoh, sebelum surat yang sebenarnya keluar.",
        done=lambda: Exists(Report.objects.filter(by__district=OuterRef("pk"))),
        right=Right.REQUEST_REPORTS,
        button="Lihat contoh dokumen",
        url_name="reports:document_settings",
        of_district=True,
    )
)
