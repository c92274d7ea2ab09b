"""Setup step of the first training."""

from django.db.models import Exists, OuterRef

from accounts.rights import Right
from accounts.setup import SetupStep, register
from trainings.models import Training

register(
    SetupStep(
        order=100,
        key="pelatihan",
        label="Pelatihan pertama",
        why="Undangan, daftar hadir, dan sertifikat berasal dari sini.",
        done=lambda: Exists(Training.objects.filter(district=OuterRef("pk"))),
        right=Right.EDIT_TRAININGS,
        button="Buat pelatihan",
        url_name="trainings:training_create",
        done_url_name="trainings:training_list",
    )
)
