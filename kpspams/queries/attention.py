"""Groups that need attention, shown above their list. Nothing is blocked."""

from datetime import date

from django.db.models import QuerySet
from django.utils.http import urlencode

from kpspams.models import LegalDocument
from kpspams.queries import decree_states
from kpspams.queries.boards import BoardState, DecreeState


def attention(groups: QuerySet, day: date) -> list[dict]:
    """For each kind of concern among the current groups: number, label, and the filter that lists them."""
    groups = groups.exclude(dissolved_on__lte=day)

    def decree(state: DecreeState) -> tuple:
        return decree_states.with_decree_state(groups, state, day), {"sk": state}

    concerns = [
        (
            "dengan pengurus inti lowong",
            decree_states.with_board_state(groups, BoardState.VACANT, day),
            {"pengurus": "lowong"},
        ),
        ("belum ber-SK", *decree(DecreeState.NONE)),
        ("dengan SK yang sudah berakhir", *decree(DecreeState.ENDED)),
        (f"dengan SK yang berakhir dalam {LegalDocument.WARN_DAYS} hari", *decree(DecreeState.ENDS_SOON)),
        (
            "dengan SK tanpa tanggal berakhir, lima tahun atau lebih",
            decree_states.with_old_decree(groups, day),
            {"sk": decree_states.OLD_DECREE},
        ),
        (
            "dengan perempuan di bawah ambang",
            decree_states.with_few_women(groups, day),
            {"perempuan": decree_states.FEW_WOMEN},
        ),
    ]
    counted = [(label, rows.count(), urlencode(found | {"keadaan": "aktif"})) for label, rows, found in concerns]
    return [{"label": label, "count": count, "query": query} for label, count, query in counted if count]
