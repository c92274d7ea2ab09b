"""The profile describes what the role may do and see."""

import pytest

from accounts.rights import in_words
from accounts.roles import Reach, Right
from tests.accounts.users import account

pytestmark = pytest.mark.django_db


def words_of(role, **fields):
    return in_words(account(role, **fields))


def test_a_camat_reads_of_which_kecamatan_the_villages_are():
    assert words_of("camat") == [
        "Melihat semua desa di Kecamatan Uji Tengah, serta pelatihan yang mengundang desa itu.",
        "Meminta dan mengunduh laporan.",
        "Mengunduh daftar (XLSX, CSV); setiap unduhan dicatat.",
        "Tidak melihat nomor HP dan nilai, dan tidak mengubah data.",
    ]


def test_who_approves_is_not_told_to_change_nothing():
    assert "Tidak melihat nomor HP dan nilai, dan tidak mengubah data." in words_of("official")
    approving = words_of("official", may_approve=True)
    assert "Menyetujui rencana kerja yang ditulis orang lain." in approving
    assert "Tidak melihat nomor HP dan nilai." in approving
    assert not [sentence for sentence in approving if "tidak mengubah data" in sentence]


def test_a_facilitator_reads_once_whose_numbers_are_seen():
    numbers = [sentence for sentence in words_of("facilitator") if "nomor HP" in sentence]
    assert numbers == [
        "Melihat nomor HP orang di wilayahnya.",
        "Mencatat kehadiran pelatihan bila ditunjuk sebagai petugasnya; nomor HP peserta dari desa lain tetap tidak "
        "terlihat.",
    ]


def test_an_unknown_role_reads_that_it_sees_nothing():
    assert words_of("auditor", may_approve=True) == [
        "Belum melihat data apa pun. Minta admin DPMU memilih peran yang berlaku untuk akun ini."
    ]


@pytest.mark.parametrize("right", Right)
@pytest.mark.parametrize("reach", Reach)
def test_the_profile_tells_each_right_once_and_denies_none(right, reach, add_role):
    add_role(right, reach=reach)
    sentences = words_of("auditor")
    assert len(sentences) == len(set(sentences))
    with_it = set(sentences)
    add_role(reach=reach)
    without = set(words_of("auditor"))
    assert with_it - without, right
    text = " ".join(sentences)
    assert ("Tidak melihat nomor HP" in text) == (right != Right.SEE_PHONES and reach != Reach.NOTHING)
    assert ("dan nilai" in text) == (right not in (Right.SEE_PHONES, Right.SEE_SCORES) and reach != Reach.NOTHING)
