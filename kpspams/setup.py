"""Groups and their boards: steps of setting the portal up."""

from django.db.models import Exists, OuterRef

from accounts.rights import Right
from accounts.setup import SetupStep, register
from kpspams.models import KpspamsGroup, Member

register(
    SetupStep(
        order=90,
        key="kpspams",
        label="KPSPAMS",
        why="Kelompok dengan SK-nya; dari berkas, atau satu per satu pada halaman desa. Pengurusnya langkah berikut.",
        done=lambda: Exists(KpspamsGroup.objects.filter(village__subdistrict__district=OuterRef("pk"))),
        right=Right.EDIT_REGISTRY,
        button="Impor KPSPAMS",
        url_name="imports:import_create",
        query="jenis=groups",
        done_url_name="kpspams:group_list",
    )
)
register(
    SetupStep(
        order=95,
        key="pengurus",
        label="Pengurus KPSPAMS",
        why="Nama dan jabatannya; tanpa pengurus tidak ada yang dapat dipilih sebagai peserta pelatihan.",
        done=lambda: Exists(Member.objects.filter(group__village__subdistrict__district=OuterRef("pk"))),
        right=Right.EDIT_REGISTRY,
        button="Impor pengurus",
        url_name="imports:import_create",
        query="jenis=boards",
        done_url_name="kpspams:group_list",
    )
)
