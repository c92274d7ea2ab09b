import pytest

from documents import registry
from documents.trainings.base import TrainingDocument

EVERY = [
    (document, button)
    for document in registry.DOCUMENTS.values()
    if isinstance(document, TrainingDocument)
    for button in document.buttons
]


@pytest.mark.parametrize(("document", "button"), EVERY, ids=[f"{d.kind}-{b.label}" for d, b in EVERY])
def test_each_button_sends_what_its_document_knows(document, button):
    known = document.options
    assert {name: value for name, value in button.options.items() if value in known.get(name, {})} == button.options


def test_no_two_buttons_of_a_line_say_the_same():
    labels = [(document.spj_item or document.kind, button.label) for document, button in EVERY]
    assert len(set(labels)) == len(labels)


def test_every_document_of_a_training_is_filed_with_its_buttons():
    """Except name tags and tent cards, which belong to no accounts file."""
    without = {one.kind for one in registry.DOCUMENTS.values() if isinstance(one, TrainingDocument) and not one.filing}
    assert without == {"name_tags", "tent_cards"}
