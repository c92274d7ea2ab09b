"""The rule for "the same, maybe, different" persons."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from records.names import parts_of
from records.search_keys import name_key
from villages.rules.identity import Candidates, Identity, Verdict, compare


def judged(one, other):
    found = compare(Identity(**one), Identity(**other))
    return found.verdict.value, found.reason


SITI = {"name": "Siti Khotimah", "sex": "P", "village": 1}


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ({}, {}, ("same", "nama dan desa sama")),
        ({"phone": "+62811"}, {"phone": "+62811"}, ("same", "nama, desa dan nomor HP sama")),
        ({}, {"phone": "+62811"}, ("same", "nama dan desa sama")),
        ({"name": "Hj Siti Khotimah, S.Pd"}, {}, ("same", "nama dan desa sama")),
        ({"sex": ""}, {}, ("same", "nama dan desa sama")),
        (
            {"name": "Siti, S.Pd. binti Amin"},
            {"name": "Siti binti H. Amin"},
            ("same", "nama dan desa sama"),
        ),
        ({"hamlet": "Dusun I"}, {"hamlet": "dsn. I"}, ("same", "nama dan desa sama")),
        ({"sex": "L"}, {}, ("maybe", "nama dan desa sama, tetapi L/P berbeda (L dan P)")),
        ({"name": "H. Siti Khotimah", "sex": ""}, {}, ("maybe", "nama dan desa sama, tetapi L/P berbeda (L dan P)")),
        (
            {"name": "Siti Khotimah (istri Budi)"},
            {},
            ("maybe", "nama dan desa sama, tetapi keterangan hanya ada pada satu catatan (istri Budi)"),
        ),
        ({"name": "Siti Khotimah (istri Budi)"}, {"name": "Siti Khotimah (istri Andi)"}, ("different", "")),
        ({"name": "Siti Khotimah, istri Budi"}, {"name": "SITI KHOTIMAH (Istri Budi)"}, ("same", "nama dan desa sama")),
        ({"phone": "+62811"}, {"phone": "+62822"}, ("maybe", "nama dan desa sama, tetapi nomor HP berbeda")),
        (
            {"name": "Siti Khotimah, S.Pd."},
            {"name": "Siti Khotimah, S.H."},
            ("maybe", "nama dan desa sama, tetapi gelar berbeda"),
        ),
        (
            {"hamlet": "Dusun I"},
            {"hamlet": "Dusun II"},
            ("maybe", "nama dan desa sama, tetapi dusun berbeda (Dusun I dan Dusun II)"),
        ),
        ({"village": None}, {}, ("maybe", "nama sama, tetapi desa hanya ada pada satu catatan")),
        ({"village": None, "phone": "+62811"}, {"phone": "+62811"}, ("same", "nama dan nomor HP sama")),
        ({"village": 2}, {}, ("different", "")),
        (
            {"name": "M. Yusuf", "sex": ""},
            {"name": "H. Muhammad Yusuf", "sex": ""},
            ("maybe", "nama dan desa sama, tetapi ejaan nama berbeda (M. Yusuf dan Muhammad Yusuf)"),
        ),
        (
            {"name": "Moh.Yusuf", "sex": "", "phone": "+62811"},
            {"name": "Mochamad Yusuf", "sex": "", "phone": "+62811"},
            ("same", "nama, desa dan nomor HP sama"),
        ),
        ({"name": "M. Yusuf", "sex": ""}, {"name": "A. Yusuf", "sex": ""}, ("different", "")),
        (
            {"village": None, "institution": "Dinas PMD"},
            {"village": None, "institution": "Dinas PUPR"},
            ("maybe", "nama sama, tetapi instansi berbeda (Dinas PMD dan Dinas PUPR)"),
        ),
        (
            {"village": 2, "phone": "+62811"},
            {"phone": "+62811"},
            ("maybe", "nama dan nomor HP sama, tetapi desa berbeda"),
        ),
        (
            {"name": "Siti", "phone": "+62811"},
            {"phone": "+62811"},
            ("maybe", "nomor HP sama, tetapi nama berbeda"),
        ),
        ({"name": "Budi", "sex": "L", "phone": "+62811"}, {"phone": "+62811"}, ("different", "")),
        ({"name": "Siti Khotimah 2"}, {"name": "Siti Khotimah 1"}, ("different", "")),
        ({"name": "سيتي"}, {"name": "بودي"}, ("different", "")),
        (
            {"village": None, "institution": "Dinas PUPR"},
            {"village": None, "institution": "Bappeda"},
            ("maybe", "nama sama, tetapi instansi berbeda (Dinas PUPR dan Bappeda)"),
        ),
    ],
)
def test_compare_gives_the_verdict_with_its_reasons(one, other, expected):
    assert judged(SITI | one, SITI | other) == expected


@pytest.mark.parametrize(
    "written",
    [
        "Hj Ngatinem",
        "Hj. Ngatinem",
        "Hj, Ngatinem",
        "HJ.NGATINEM",
        "Hajah Ngatinem",
        "Dra. Hj. Ngatinem, M.Pd.",
        "Ngatinem S.Pd",
        "Ngatinem, S. Pd., M.M",
        "Ibu Ngatinem",
        "Ngatinem (contoh)",
    ],
)
def test_name_key_is_one_for_all_ways_of_writing_titles(written):
    assert name_key(written) == "ngatinem"


@pytest.mark.parametrize(("name", "core"), [("I Gusti Ngurah", "I Gusti Ngurah"), ("M. Yusuf", "M. Yusuf"), ("H", "")])
def test_parts_of_leaves_initials_and_lone_titles(name, core):
    assert parts_of(name).core == core


@given(st.lists(st.sampled_from(["Budi", "H", "Hj", "S", "Pd", "SPd", "Bin", "bte", "K", "Drs", "ST", "2", "Ali"])))
def test_parts_of_a_name_without_signs_are_those_of_one_with_a_blank_remark(words):
    name = " ".join(words)
    assert parts_of(name) == parts_of(f"{name} ()")


identities = st.builds(
    Identity,
    name=st.sampled_from(
        ["Siti", "Hj. Siti", "H Siti", "Siti (istri Budi)", "Siti (istri Andi)", "Budi", "Siti, S.H."]
    ),
    sex=st.sampled_from(["", "L", "P"]),
    village=st.sampled_from([None, 1, 2]),
    phone=st.sampled_from(["", "+62811", "+62822"]),
    hamlet=st.sampled_from(["", "Dusun I", "II"]),
    institution=st.sampled_from(["", "Dinas", "Bappeda"]),
)


@given(identities, identities)
def test_compare_is_symmetric_and_never_joins_what_contradicts(one, other):
    found, back = compare(one, other), compare(other, one)
    assert (found.verdict, found.contradicts) == (back.verdict, back.contradicts)
    assert compare(one, one).verdict is Verdict.SAME
    if one.sex and other.sex and one.sex != other.sex:
        assert found.verdict is not Verdict.SAME


class Someone:
    def __init__(self, **values):
        self.__dict__ |= {"village_id": 1, "phone": "", "hamlet": "", "institution": "", "sex": "P"} | values


def test_sure_prefers_who_does_not_contradict():
    woman, man = Someone(name="Suparti"), Someone(name="Suparti", sex="L")
    wanted = Identity(name="Suparti", sex="P", village=1)
    assert Candidates.among(wanted, [man, woman], 8).sure()[0] is woman
    assert Candidates.among(Identity(name="Suparti", village=1), [man, woman], 8).sure() is None
    assert Candidates.among(wanted, [man], 8).sure() is None
