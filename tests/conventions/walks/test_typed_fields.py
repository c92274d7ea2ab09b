"""Typed values of forms are parsed by the portal's parsers, never by Django's plain fields."""

import ast
import importlib
from pathlib import Path

from django import forms

from pamsimas.tooling.sources import LAYERS, modules

ROOT = Path(__file__).resolve().parents[3]
BARE = {"CharField", "DateField", "DateTimeField", "DecimalField", "FloatField", "IntegerField", "TimeField"}
NOT_TYPED = ("HiddenInput", "PasswordInput")


def bare_calls(source: str) -> list[int]:
    """Lines that create a plain field for typed input."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute) or node.func.attr not in BARE:
            continue
        called = ast.unparse(node)
        if called.startswith("forms.") and not any(word in called for word in NOT_TYPED):
            found.append(node.lineno)
    return found


def test_no_form_makes_a_bare_field():
    sources = [path for _, path in modules(ROOT) if path.name != "fields.py"]
    found = [f"{path.relative_to(ROOT)}:{line}" for path in sources for line in bare_calls(path.read_text())]
    assert len(sources) > 100
    assert found == []


def test_a_bare_field_is_found():
    assert bare_calls("x = forms.DateField(label='Hari')\ny = forms.IntegerField(widget=forms.HiddenInput)") == [1]


def forms_of_the_portal():
    for _app, path in modules(ROOT):
        if "forms" in path.relative_to(ROOT).as_posix() or path.parent.name == "views":
            importlib.import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
    waiting = [forms.BaseForm]
    while waiting:
        form = waiting.pop()
        waiting += form.__subclasses__()
        if form.__module__.partition(".")[0] in LAYERS:
            yield form


def test_no_column_of_a_model_becomes_a_bare_field():
    bare = tuple(getattr(forms, name) for name in BARE)
    found = {
        f"{form.__module__}.{form.__name__}.{name}"
        for form in forms_of_the_portal()
        for name, field in form.base_fields.items()
        if type(field) in bare and not isinstance(field.widget, forms.HiddenInput | forms.PasswordInput)
    }
    assert found == set()
