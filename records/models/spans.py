"""Dated spans: posts, memberships, assignments. The first and the last day belong to the span."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.timezone import localdate

from records.formats import from_until
from records.models.editable import Editable

OUT_OF_ORDER = "Tanggal berakhir tidak boleh sebelum tanggal mulai."


def in_order(
    name: str, first: str = "starts_on", last: str = "ends_on", sentence: str = OUT_OF_ORDER
) -> models.CheckConstraint:
    """Constraint that `last` is not before `first`; each may be empty where its column allows it."""
    # With `first` empty the comparison is unknown, which a CHECK accepts.
    condition = Q(**{last: None}) | Q(**{f"{last}__gte": F(first)})
    return models.CheckConstraint(condition=condition, name=name, violation_error_message=sentence)


class DatedSpanQuerySet(models.QuerySet):
    def current(self, day: date | None = None):
        """Spans that hold on that day (default: today)."""
        day = day or localdate()
        return self.overlapping(day, day)

    def open(self):
        """Spans for which no end is set, those that have not begun included."""
        return self.filter(ends_on=None)

    def overlapping(self, starts_on: date, ends_on: date | None):
        """Spans that share a day with this one; `ends_on` None has no end."""
        rows = self.filter(Q(ends_on=None) | Q(ends_on__gte=starts_on))
        return rows.filter(starts_on__lte=ends_on) if ends_on else rows


class DatedSpan(Editable):
    """A row with its first and last day. It is ended, never overwritten: a successor is a row of its own.

    A model adds `in_order` to its constraints and, where one row may be open at a time, a unique constraint over
    `ends_on=None`. It may give the two columns other labels. Its manager, with the scope of the model, is built from a
    subclass of DatedSpanQuerySet.
    """

    STILL = "sampai sekarang"  # end of the text while no end is set

    starts_on = models.DateField("mulai")
    ends_on = models.DateField("berakhir", null=True, blank=True)

    class Meta:
        abstract = True

    def covers(self, day: date) -> bool:
        """Whether the row holds on that day."""
        return self.overlaps(day, day)

    def overlaps(self, starts_on: date, ends_on: date | None) -> bool:
        """Whether the row shares a day with this span; `ends_on` None has no end."""
        begins_in_time = ends_on is None or self.starts_on <= ends_on
        return begins_in_time and (self.ends_on is None or self.ends_on >= starts_on)

    @property
    def is_open(self) -> bool:
        """Whether no end is set."""
        return self.ends_on is None

    @property
    def dates(self) -> str:
        """ "12 Februari 2018 s.d. 1 Januari 2020", "12 Februari 2018 sampai sekarang"."""
        return from_until(self.starts_on, self.ends_on, self.STILL)

    def end(self, on: date, *, by, reason: str = "") -> dict:
        """Sets `on` as the last day and returns the changes; an earlier end stays. Raises as `change`."""
        if self.ends_on is not None and self.ends_on <= on:
            return {}
        self.ends_on = on
        return self.change(by=by, reason=reason)
