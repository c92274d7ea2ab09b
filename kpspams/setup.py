"""Groups: a step of setting the portal up."""

from django.db.models import Exists, OuterRef

from accounts.rights import Right
from accounts.setup import SetupStep, register
from kpspams.models import KpspamsGroup

register(
    SetupStep(
        order=90,
        key="kpspams",
        label="KPSPAMS",
        why="Kelompok dengan pengurus dan SK-nya; dari berkas, atau satu per satu pada halaman desa.",
        done=lambda: Exists(KpspamsGroup.objects.filter(village__subdistrict__district=OuterRef("pk"))),
        right=Right.EDIT_REGISTRY,
        button="Impor KPSPAMS",
        url_name="imports:import_create",
        query="jenis=groups",
        done_url_name="kpspams:group_list",
    )
)
