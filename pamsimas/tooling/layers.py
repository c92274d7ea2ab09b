"""The layers of the house: an app may name only what stands below it, in imports and in strings alike.

Foreign keys ("villages.Village"), get_model calls and tasks by name ("reports.tasks.sweep") reach as far as
an import does. `settings.AUTH_USER_MODEL` may be used anywhere above accounts: it is Django's own way.
Templates and migrations may link everywhere.
"""

import ast
import re
from pathlib import Path

LAYERS = ["jobs", "records", "accounts", "villages", "kpspams", "trainings", "monitoring", "reports", "pamsimas"]
NAMED = re.compile(rf"^({'|'.join(LAYERS)})(\.\w+)+$")
LONGEST = 400  # lines; a module near 300 should become a package


def names(tree):
    """(line, dotted name) of each import and of each string that names something of the house."""
    for node in ast.walk(tree):
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


def upward(app, source):
    """(line, name) of each place in this source of `app` that names something above it."""
    above = LAYERS[LAYERS.index(app) + 1 :]
    found = {(line, name) for line, name in names(ast.parse(source)) if name.split(".")[0] in above}
    return sorted(found)


def modules(root=Path(".")):
    """(app, path) of every module of the house but migrations."""
    for app in LAYERS:
        for path in sorted((root / app).rglob("*.py")):
            if "migrations" not in path.parts:
                yield app, path


def faults(root=Path(".")):
    """A sentence for each name that points upwards and for each module that has grown too long."""
    said = []
    for app, path in modules(root):
        source = path.read_text()
        said += [f"{path}:{line}: {app} must not name {name}" for line, name in upward(app, source)]
        length = source.count("\n")
        if length > LONGEST:
            said.append(f"{path}: {length} lines; cut it by nouns")
    return said
