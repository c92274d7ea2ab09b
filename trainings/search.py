"""Search of trainings."""

from accounts.search import Hit, ListedNoun, register
from trainings.models import Training


def _training(row: Training) -> Hit:
    return Hit(str(row), f"{row.get_kind_display()} TA {row.fiscal_year}", row.get_absolute_url())


register(
    ListedNoun(
        order=40,
        title="Pelatihan",
        rows=Training.objects.visible_to,
        list_name="trainings:training_list",
        hit=_training,
    )
)
