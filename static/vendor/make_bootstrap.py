"""Writes bootstrap-5.3.9/bootstrap.used.css: the rules of Bootstrap whose classes the portal names somewhere.

    .venv/bin/python static/vendor/make_bootstrap.py

A rule stays when each class of a selector is a word of a template, a script or a text in Python, crispy's and Django's
form templates included: rather too many rules than one too few. Docstrings do not count.
tests/conventions/test_static_files.py fails when it has to run again.
"""

import ast
import re
from importlib.util import find_spec
from pathlib import Path

import tinycss2

VENDOR = Path(__file__).parent
ROOT = VENDOR.parent.parent
WHOLE = VENDOR / "bootstrap-5.3.9" / "bootstrap.min.css"
USED = WHOLE.with_name("bootstrap.used.css")
APPS = sorted(path.parent.name for path in ROOT.glob("*/apps.py"))
LIBRARIES = ["crispy_bootstrap5", "crispy_forms", "django.forms"]
WORD = re.compile(r"[A-Za-z][\w-]*")
CLASS = re.compile(r"\.((?:[\w-]|\\.)+)")


def words() -> set[str]:
    """Every word that may be a class."""
    texts = [path.read_text() for path in sorted((ROOT / "templates").rglob("*.html"))]
    texts += [path.read_text() for path in sorted((ROOT / "static").rglob("*.js"))]
    folders = [ROOT / app for app in APPS] + [Path(find_spec(name).origin).parent for name in LIBRARIES]
    for folder in folders:
        texts += [path.read_text() for path in sorted(folder.rglob("*.html"))]
        for path in sorted(folder.rglob("*.py")):
            texts += texts_of(ast.parse(path.read_text()))
    return set(WORD.findall("\n".join(texts)))


def texts_of(tree: ast.Module) -> list[str]:
    """All strings of a module but its docstrings."""
    bare = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    constants = (node for node in ast.walk(tree) if isinstance(node, ast.Constant) and id(node) not in bare)
    return [node.value for node in constants if isinstance(node.value, str)]


def used_rules(rules, known: set[str]) -> list[str]:
    """The rules as texts, without the selectors whose classes nobody names; a media query without rules is gone."""
    found = []
    for rule in rules:
        if rule.type == "qualified-rule":
            selectors = re.split(r",(?![^(]*\))", tinycss2.serialize(rule.prelude))
            kept = [selector for selector in selectors if _is_named(selector, known)]
            if kept:
                found.append(f"{','.join(kept)}{{{tinycss2.serialize(rule.content)}}}")
        elif rule.type == "at-rule" and rule.at_keyword == "media":
            inner = used_rules(tinycss2.parse_rule_list(rule.content), known)
            if inner:
                found.append(f"@media{tinycss2.serialize(rule.prelude)}{{{''.join(inner)}}}")
        elif rule.type == "at-rule" or rule.value.startswith("!"):
            found.append(rule.serialize())
    return found


def _is_named(selector: str, known: set[str]) -> bool:
    without_negations = re.sub(r":not\([^)]*\)", "", selector)
    return all(name.replace("\\", "") in known for name in CLASS.findall(without_negations))


def style_sheet() -> str:
    rules = tinycss2.parse_stylesheet(WHOLE.read_text(), skip_whitespace=True)
    return "\n".join([*used_rules(rules, words()), ""])


if __name__ == "__main__":
    USED.write_text(style_sheet())
