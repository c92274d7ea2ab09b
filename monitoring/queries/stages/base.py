"""Result of a stage of the chain: a state, its summary, the day and the page of its evidence."""

import datetime
from dataclasses import dataclass
from enum import StrEnum

from monitoring.queries.facts import VillageFacts
from records.formats import date_id


class State(StrEnum):
    DONE = "done"
    HALF = "half"
    NONE = "none"
    UNKNOWN = "unknown"


STATE_LABELS = {
    State.DONE: "Sudah",
    State.HALF: "Sebagian",
    State.NONE: "Belum",
    State.UNKNOWN: "Belum ada data",
}
# Advice on a grey state, shared by chain, findings and messages.
TO_DO = {
    "invite": "undang ke pelatihan",
    "attendance": "catat daftar hadir",
    "group": "catat kelompok",
    "group_check": "catat pemeriksaan kelompok",
    "plan": "ajukan rencana kerja",
    "facility": "catat SPAM",
    "check": "catat pemeriksaan SPAM",
}
LABELS = {
    "trained": "Terlatih",
    "legal": "Kelompok ber-SK",
    "plan": "Rencana kerja",
    "facility": "SPAM berfungsi",
}


@dataclass(frozen=True)
class Step:
    """One stage of one village: state, summary, day and page of the evidence."""

    key: str
    state: State
    summary: str
    date: str
    url: str
    day: datetime.date | None = None

    @property
    def label(self) -> str:
        return LABELS[self.key]


def step(key: str, state: State, summary: str, url: str, day: datetime.date | None = None) -> Step:
    return Step(key, state, summary, date_id(day) if day else "", url, day)


def grey(summary: str, action: str) -> str:
    """ "Belum ada data: catat pemeriksaan SPAM"; `action` is a key of TO_DO."""
    return f"{summary}: {TO_DO[action]}"


def without_data(key: str, facts: VillageFacts, action: str) -> Step:
    summary = grey(STATE_LABELS[State.UNKNOWN], action)
    return step(key, State.UNKNOWN, summary, facts.village.get_absolute_url())
