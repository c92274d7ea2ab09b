"""What each stage of the chain gives: a state, the word that says it, the day and the page that prove it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from monitoring.queries.facts import VillageFacts
from records.formats import date_id


class State(StrEnum):
    DONE = "done"
    HALF = "half"
    NONE = "none"
    UNKNOWN = "unknown"


STATE_WORDS = {
    State.DONE: "Sudah",
    State.HALF: "Sebagian",
    State.NONE: "Belum",
    State.UNKNOWN: "Belum ada data",
}
# What to do about a grey state: a chain, a finding and a message say it in these words.
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
    """One stage of one village: state, the word that says it, the day it rests on, the page that proves it."""

    key: str
    state: State
    word: str
    date: str
    url: str
    day: date | None = None

    @property
    def label(self) -> str:
        return LABELS[self.key]


def step(key: str, state: State, word: str, url: str, day: date | None = None) -> Step:
    return Step(key, state, word, date_id(day) if day else "", url, day)


def grey(word: str, action: str) -> str:
    """ "Belum ada data: catat pemeriksaan SPAM"; `action` is a key of TO_DO."""
    return f"{word}: {TO_DO[action]}"


def without_data(key: str, facts: VillageFacts, action: str) -> Step:
    word = grey(STATE_WORDS[State.UNKNOWN], action)
    return step(key, State.UNKNOWN, word, facts.village.get_absolute_url())
