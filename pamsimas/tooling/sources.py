"""The modules of the project by app, from the lowest layer up, and what each imports or names in a string."""

import ast
import re
from functools import cache
from pathlib import Path

LAYERS = [
    "records",
    "jobs",
    "accounts",
    "imports",
    "villages",
    "kpspams",
    "plans",
    "trainings",
    "fieldwork",
    "monitoring",
    "documents",
    "reports",
    "pamsimas",
]
NAMED = re.compile(rf"^({'|'.join(LAYERS)})(\.\w+)+$")
MODULE_NAMED = re.compile(rf"(?!.*\.tasks\.){NAMED.pattern}")


@cache
def parsed(source):
    """The tree of this source; every check reads the same trees."""
    return ast.parse(source)


@cache
def nodes(tree):
    return tuple(ast.walk(tree))


def modules(root=Path(".")):
    """(app, path) of every module of the project but migrations."""
    for app in LAYERS:
        for path in sorted((root / app).rglob("*.py")):
            if "migrations" not in path.parts:
                yield app, path


def names(tree):
    """(line, dotted name) of each import and of each string that names something of the project."""
    for node in nodes(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.lineno, node.module
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and NAMED.match(node.value):
            yield node.lineno, node.value
        elif isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "get_model" and node.args:
            first = node.args[0]
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                yield node.lineno, first.value


def needed(tree, models):
    """(dotted name, whether it is needed only later) of each import and string of this tree."""
    for name, late, is_string in _named(tree):
        yield models.get(name, name) if is_string else name, late


@cache
def _named(tree):
    """(name, whether it is needed only later, whether a string names it)."""
    found, waiting = [], [(tree, False)]
    while waiting:
        node, late = waiting.pop()
        if isinstance(node, ast.Import):
            found += [(alias.name, late, False) for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found += [(f"{node.module}.{alias.name}", late, False) for alias in node.names]
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and MODULE_NAMED.match(node.value):
            found.append((node.value, True, True))
        late = late or isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda) or _for_types(node)
        waiting += [(child, late) for child in ast.iter_child_nodes(node)]
    return found


def _for_types(node):
    return isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)
