"""Villages, who works in them, and their grants: steps of setting the portal up."""

from django.db.models import Exists, OuterRef
from django.utils.timezone import localdate

from accounts.rights import Right
from accounts.setup import SetupStep, register
from villages.models import Assignment, GrantAward, Village

register(
    SetupStep(
        order=10,
        key="desa",
        label="Daftar desa",
        why="Semua data dicatat menurut desa; daftarnya diimpor dari berkas.",
        done=lambda: Exists(Village.objects.filter(subdistrict__district=OuterRef("pk"))),
        right=Right.EDIT_REGISTRY,
        button="Impor daftar desa",
        url_name="imports:import_create",
        query="jenis=villages",
        done_url_name="villages:village_list",
        may_skip=False,
    )
)
register(
    SetupStep(
        order=70,
        key="penugasan",
        label="Desa tugas fasilitator",
        why="Tanpa penugasan fasilitator tidak melihat satu desa pun.",
        done=lambda: Exists(
            Assignment.objects.filter(village__subdistrict__district=OuterRef("pk"), starts_on__lte=localdate())
        ),
        right=Right.MANAGE_USERS,
        button="Tugaskan fasilitator",
        url_name="villages:assignment_create",
        done_url_name="villages:assignment_list",
    )
)
register(
    SetupStep(
        order=80,
        key="bantuan",
        label="Bantuan per tahun anggaran (TA)",
        why="Menentukan desa sasaran; dari berkas, atau satu per satu pada halaman desa.",
        done=lambda: Exists(GrantAward.objects.filter(village__subdistrict__district=OuterRef("pk"))),
        right=Right.EDIT_REGISTRY,
        button="Impor bantuan",
        url_name="imports:import_create",
        query="jenis=villages",
        done_url_name="villages:village_list",
    )
)
