import pytest

from records.constraints import sentence_of
from trainings.models import TrainingDay, TrainingSession


def test_sentence_of_a_constraint_is_that_of_the_database():
    assert sentence_of(TrainingSession, "training_session_in_order") == "Jam selesai harus sesudah jam mulai."
    assert sentence_of(TrainingDay, "training_day_once") == "Tanggal ini sudah menjadi hari pelatihan."


def test_sentence_of_a_constraint_that_is_not_there_is_a_fault():
    with pytest.raises(StopIteration):
        sentence_of(TrainingDay, "no_such_constraint")
