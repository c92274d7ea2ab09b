"""Characters that no document can print: every view that saves a form warns of them."""

import ast
import importlib
import inspect
from pathlib import Path

from django import forms
from django.views.generic.edit import FormMixin

from pamsimas.tooling.sources import LAYERS, modules
from records.fields import PhoneField, SeenField
from tests.conventions.walks.test_typed_fields import forms_of_the_portal

ROOT = Path(__file__).resolve().parents[3]
WARNERS = ("warn_of_letters", "warn_of_texts")
NOT_FREE = (SeenField, PhoneField, forms.EmailField, forms.URLField, forms.UUIDField)
HIDDEN = (forms.HiddenInput, forms.PasswordInput)
# Views whose forms have no text for documents.
TEXTLESS = {
    "accounts.views.users.user_deactivate": "who goes on with the work",
    "kpspams.views.boards._moved": "shows the form again",
    "monitoring.views.boundaries.boundary_import": "a file",
    "monitoring.views.search.search_page": "a search",
    "reports.views.all_villages.all_villages": "choices",
    "reports.views.all_villages.all_villages_request": "choices",
    "reports.views.bundles.request_bundle": "a key",
    "reports.views.previews.document_preview": "nothing is saved",
    "reports.views.previews.document_template_preview": "nothing is saved",
    "reports.views.previews.text_preview": "nothing is saved",
    "reports.views.reports.decree_documents_request": "a key",
    "reports.views.reports.report_request": "choices",
    "reports.views.schedules.schedule_hand_over": "an account",
    "reports.views.scans.scan_upload": "files",
    "trainings.views.agenda_grid.met": "shows the grid again",
    "trainings.views.agenda_grid.post": "`report` warns",
    "villages.views.duplicates.person_merge": "persons",
    "imports.views.previews.import_detail": "a filter",
    "imports.views.runs.import_columns": "the preview tells it of each row",
    "imports.views.runs.import_create": "a file",
    "imports.views.runs.import_sheets": "choices",
    "villages.views.photos.more_photos": "photos",
    "imports.views.words.import_words": "choices",
    "fieldwork.views.visits.visit_start": "a village",
}
TEXTLESS_CLASSES = {"accounts.views.login.Login", "villages.views.assignments.AssignFormView"}


def view_modules():
    for _, path in modules(ROOT):
        if "views" in path.relative_to(ROOT).as_posix():
            yield ".".join(path.relative_to(ROOT).with_suffix("").parts), path


def calls(node: ast.AST) -> set[str]:
    """Names of the functions called in this code, without their owners."""
    found = (call.func for call in ast.walk(node) if isinstance(call, ast.Call))
    return {func.attr if isinstance(func, ast.Attribute) else getattr(func, "id", "") for func in found}


def silent_functions() -> set[str]:
    """Functions and methods that validate a form and do not warn of characters."""
    found = set()
    for module, path in view_modules():
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef) and "is_valid" in (names := calls(node)) and not names & {*WARNERS}:
                found.add(f"{module}.{node.name}")
    return found


def silent_classes() -> set[str]:
    """Views that save a form with free text in their own way and do not warn of characters."""
    for module, _ in view_modules():
        importlib.import_module(module)
    found, waiting = set(), [FormMixin]
    while waiting:
        view = waiting.pop()
        waiting += view.__subclasses__()
        if view.__module__.partition(".")[0] not in LAYERS:
            continue
        sources = [inspect.getsource(base.form_valid) for base in view.__mro__ if "form_valid" in vars(base)]
        form = getattr(view, "form_class", None)
        has_text = form is None or any(isinstance(field, SeenField) for field in form.base_fields.values())
        if has_text and not any(name in source for source in sources for name in WARNERS):
            found.add(f"{view.__module__}.{view.__name__}")
    return found


def test_every_view_that_saves_a_form_warns_of_letters():
    assert silent_functions() == set(TEXTLESS)
    assert silent_classes() == TEXTLESS_CLASSES


def test_every_free_text_of_a_form_is_looked_at():
    found = {
        f"{form.__module__}.{form.__name__}.{name}"
        for form in forms_of_the_portal()
        for name, field in form.base_fields.items()
        if isinstance(field, forms.CharField)
        and not isinstance(field, NOT_FREE)
        and not isinstance(field.widget, HIDDEN)
    }
    assert found == set()
