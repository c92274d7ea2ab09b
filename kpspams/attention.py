"""What of the groups wants looking at, told above their list. It is shown and listed, and blocks nothing."""

from datetime import date

from django.db.models import QuerySet
from django.utils.http import urlencode

from kpspams import standing
from kpspams.board import BoardState, DecreeState
from kpspams.models import LegalDocument


def attention(groups: QuerySet, day: date) -> list[dict]:
    """For each kind of concern among the standing groups: how many, in which words, and the filter that lists them."""
    groups = groups.exclude(dissolved_on__lte=day)

    def decree(state: DecreeState) -> tuple:
        return standing.with_decree_state(groups, state, day), {"sk": state}

    concerns = [
        (
            "dengan pengurus inti lowong",
            standing.with_board_state(groups, BoardState.VACANT, day),
            {"pengurus": "lowong"},
        ),
        ("belum ber-SK", *decree(DecreeState.NONE)),
        ("dengan SK yang sudah berakhir", *decree(DecreeState.ENDED)),
        (f"dengan SK yang berakhir dalam {LegalDocument.WARN_DAYS} hari", *decree(DecreeState.ENDS_SOON)),
        (
            "dengan SK tanpa tanggal berakhir, lima tahun atau lebih",
            standing.with_old_decree(groups, day),
            {"sk": standing.OLD_DECREE},
        ),
        ("dengan perempuan di bawah ambang", standing.with_few_women(groups, day), {"perempuan": standing.FEW_WOMEN}),
    ]
    counted = [(word, rows.count(), urlencode(found | {"keadaan": "aktif"})) for word, rows, found in concerns]
    return [{"word": word, "count": count, "query": query} for word, count, query in counted if count]
