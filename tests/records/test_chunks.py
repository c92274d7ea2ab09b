import pytest

from records.chunks import CHUNK, chunks


@pytest.mark.parametrize(
    ("keys", "pieces"),
    [([], []), ([3], [[3]]), ([3, 1], [[3, 1]]), ([3, 1, 2], [[3, 1], [2]]), (range(4), [[0, 1], [2, 3]])],
)
def test_chunks_keeps_order_and_loses_no_key(keys, pieces):
    assert list(chunks(keys, 2)) == pieces


def test_chunks_of_many_keys_fit_one_statement():
    assert [len(piece) for piece in chunks(iter(range(2 * CHUNK + 1)))] == [CHUNK, CHUNK, 1]
