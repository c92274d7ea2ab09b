"""The check of names: a private word in the name of an identifier or a file is refused, prose and English are not."""

import pytest

from pamsimas.tooling import known, names


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("def told_rows(): pass", {"told_rows"}),
        ("async def tell(): pass", {"tell"}),
        ("class PlanStory: pass", {"PlanStory"}),
        ("def label(*, is_told=False, **asked): pass", {"is_told", "asked"}),
        ("MAX_TOLD = 3", {"MAX_TOLD"}),
        ("row.standing = 1", {"standing"}),
        ("rows = [twin for twin in pairs]", {"twin"}),
        ("from records import formats as said", {"said"}),
        ("kop: str = ''", {"kop"}),
        ("shelfItem, HTTPBell = 1, 2", {"shelfItem", "HTTPBell"}),
        ("def f(): row.told = told(row.asked)", {"told"}),
        ("from django.contrib import messages\nmessages.tell(told)", set()),
        ("'told'  # what was said\nx = {'said': 1}", set()),
        ("def test_what_is_said_twice_is_told_once(): pass", set()),
        ("string = during = planted = foretold = task = essays = 1", set()),
        ("ring = polygon[0]", set()),
    ],
)
def test_private_names_are_those_that_the_code_gives(tmp_path, source, found):
    (tmp_path / "plans").mkdir()
    (tmp_path / "plans" / "fees.py").write_text(source)
    assert names.private_names(tmp_path) == {f"plans: {name}" for name in found}


@pytest.mark.parametrize(
    ("path", "is_found"),
    [
        ("plans/services/twins.py", True),
        ("reports/shelf/files.py", True),
        ("tests/reports/test_bell.py", True),
        ("templates/plans/_month_told.html", True),
        ("static/js/brake.js", True),
        ("tests/reports/test_string.py", False),
        ("plans/migrations/0002_told.py", False),
        ("deploy/drill.sh", False),
    ],
)
def test_private_names_of_files_and_folders_are_found(tmp_path, path, is_found):
    (tmp_path / path).parent.mkdir(parents=True)
    (tmp_path / path).write_text("")
    assert names.private_names(tmp_path) == ({path} if is_found else set())


def test_a_new_name_and_a_known_one_that_is_gone_are_told_with_their_place(tmp_path, monkeypatch):
    monkeypatch.setattr(known, "NAMES", ["plans: told", "plans: twin"])
    (tmp_path / "plans").mkdir()
    (tmp_path / "plans" / "fees.py").write_text("told = brakes = 1")
    label = "private word in a name"
    assert names.faults(tmp_path) == [
        f"{label}: plans: brakes (throttles)",
        f"{label}: plans: twin is gone; take it out of known.py",
    ]


def test_every_allowed_name_has_a_private_word_and_a_reason():
    assert [name for name, reason in names.ALLOWED.items() if not names.private_words(name) or not reason] == []


def test_the_project_has_no_private_name_but_the_known_ones():
    assert names.private_names() <= set(known.NAMES)
