"""Synonyms: words of an office and their meanings."""

from django.db import models

from records.models.editable import Editable
from records.parsers.abbreviations import word_key


class Synonym(Editable):
    """A word that a kabupaten uses for one value of a choice: "Sie Air" is Seksi Teknik.

    `place` is the code of the kabupaten, `topic` the choice (imports.values.vocabulary), `value` its code.
    `about`: label of the choice for pages.
    """

    about: str

    place = models.CharField("kabupaten", max_length=8)
    topic = models.CharField("hal", max_length=60)
    word = models.CharField("kata", max_length=80)
    key = models.CharField(max_length=80, editable=False)
    value = models.CharField("kode arti", max_length=40)
    meaning = models.CharField("arti", max_length=120)

    class Meta:
        verbose_name = "kata sehari-hari"
        verbose_name_plural = "kata sehari-hari"
        ordering = ["place", "topic", "key"]
        constraints = [
            models.UniqueConstraint(
                fields=["place", "topic", "key"],
                name="synonym_once",
                violation_error_message="Kata ini sudah punya arti. Hapus dahulu yang lama, lalu tambahkan lagi.",
            ),
            models.CheckConstraint(
                condition=~models.Q(key=""),
                name="synonym_has_key",
                violation_error_message="Tulis kata yang memuat huruf atau angka.",
            ),
        ]

    def prepare(self):
        self.key = word_key(self.word)[:80]

    def __str__(self):
        return f"{self.place}: “{self.word}” berarti {self.meaning}"
