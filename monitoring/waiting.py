"""Open matters of water systems: no check for twelve months or since the repair."""

from django.utils.timezone import localdate

from accounts.waiting import WaitingRows, register
from monitoring.queries.water import unchecked
from villages.models import Facility

register(
    WaitingRows(
        order=80,
        kind="check",
        rows=lambda user: unchecked(Facility.objects.visible_to(user), localdate()),
        label="SPAM belum dicek dalam 12 bulan terakhir atau sesudah perbaikan",
        list_name="monitoring:unchecked",
    )
)
