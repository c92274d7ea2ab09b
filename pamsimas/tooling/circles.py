"""Check of circles: modules of one app that need each other."""

import ast
from pathlib import Path

from pamsimas.tooling.sources import modules, needed, parsed


def circles(root=Path("."), *, late):
    """{(module, ...)}: sets of modules of one app that need each other; one of them cannot be understood alone.

    `late`: imports inside functions and for types only, foreign keys and get_model strings count too. The name of a
    task does not: a job names its task in a string so that its module need not know the worker's.
    """
    sources = {_dotted(path.relative_to(root)): path.read_text() for _, path in modules(root)}
    sources.pop("pamsimas.settings", None)  # it names modules in strings and is named in one, as usual in Django
    trees = {name: parsed(source) for name, source in sources.items()}
    models = _models(trees)
    needs = {}
    for name, tree in trees.items():
        wanted = {found for found, is_late in needed(tree, models) if late or not is_late}
        found = {_module_of(target, trees) for target in wanted}
        needs[name] = {target for target in found if target and _app(target) == _app(name) and target != name}
    return {tuple(sorted(group)) for group in _groups(needs) if len(group) > 1}


def _dotted(path):
    parts = path.with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _app(name):
    return name.partition(".")[0]


def _models(trees):
    """ "app.Model", as foreign keys name it -> the module that defines the class."""
    return {
        f"{_app(name)}.{node.name}": name
        for name, tree in trees.items()
        if ".models" in name
        for node in tree.body
        if isinstance(node, ast.ClassDef)
    }


def _module_of(name, known_modules):
    """The module that an import of this name runs: the longest prefix that is a module."""
    while name and name not in known_modules:
        name = name.rpartition(".")[0]
    return name


def _groups(needs):
    """Strongly connected components (Tarjan) of {module: modules that it needs}."""
    order, low, stack, found = {}, {}, [], []

    def visit(name):
        order[name] = low[name] = len(order)
        stack.append(name)
        for other in sorted(needs[name]):
            if other not in order:
                visit(other)
                low[name] = min(low[name], low[other])
            elif other in stack:
                low[name] = min(low[name], order[other])
        if low[name] == order[name]:
            at = stack.index(name)
            found.append(stack[at:])
            del stack[at:]

    for name in sorted(needs):
        if name not in order:
            visit(name)
    return found
