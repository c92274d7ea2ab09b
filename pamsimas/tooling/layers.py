"""Check of the structure of the project: layers of apps, folders of a domain app, circles of modules inside an app,
imports inside functions, roles named outside accounts.

An app may name only apps below it, in imports and in strings. Foreign keys ("villages.Village"), get_model calls and
tasks by name ("reports.tasks.tidy") count like imports. `settings.AUTH_USER_MODEL` may be used anywhere above accounts.
Templates and migrations may refer to every app.

`known.py` lists known findings. The lists only get shorter: a new finding is a fault, and so is an entry that is no
longer true.
"""

import ast
import re
from functools import cache
from pathlib import Path

from pamsimas.tooling import known

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
DOMAIN_APPS = {"villages", "kpspams", "plans", "trainings", "fieldwork", "monitoring"}
# The folders of a domain app; each imports only itself and those to its right. Only monitoring has charts.
FOLDERS = ["views", "forms", "importers", "services", "charts", "drawing", "queries", "models", "rules", "parsers"]
AT_ROOT = {"__init__", "apps", "urls", "exports", "tasks", "handover", "printed", "search", "setup", "waiting"}
NAMED = re.compile(rf"^({'|'.join(LAYERS)})(\.\w+)+$")
MODULE_NAMED = re.compile(rf"(?!.*\.tasks\.){NAMED.pattern}")
MAX_LINES = 400  # lines; a module near 300 should become a package


@cache
def parsed(source):
    """The tree of this source; every check reads the same trees."""
    return ast.parse(source)


@cache
def nodes(tree):
    return tuple(ast.walk(tree))


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


def upward(app, source):
    """(line, name) of each place in this source of `app` that names something above it."""
    above = LAYERS[LAYERS.index(app) + 1 :]
    found = {(line, name) for line, name in names(parsed(source)) if name.split(".")[0] in above}
    return sorted(found)


def modules(root=Path(".")):
    """(app, path) of every module of the project but migrations."""
    for app in LAYERS:
        for path in sorted((root / app).rglob("*.py")):
            if "migrations" not in path.parts:
                yield app, path


def faults(root=Path(".")):
    """A message for each reference upwards, each module that is too long, each unknown finding."""
    sentences = []
    for app, path in modules(root):
        source = path.read_text()
        sentences += [f"{path}:{line}: {app} must not name {name}" for line, name in upward(app, source)]
        length = source.count("\n")
        if length > MAX_LINES:
            sentences.append(f"{path}: {length} lines; cut it by nouns")
    sentences += compared("folder", folder_faults(root), known.FOLDERS)
    at_import, with_late = circles(root, late=False), circles(root, late=True)
    sentences += compared("import circle", at_import, known.CIRCLES_AT_IMPORT)
    sentences += compared("import circle with late imports", with_late - at_import, known.CIRCLES_WITH_LATE_IMPORTS)
    sentences += compared("import inside a function", late_imports(root), known.LATE_IMPORTS)
    named = {f"{path}: {count}" for path, count in role_names(root).items()}
    sentences += compared("roles named outside accounts", named, known.ROLES_NAMED)
    return sentences


def compared(label, found, listed):
    """A message for each finding that is not listed and for each listed one that is not found."""
    listed = set(listed)
    sentences = [f"{label}: {_shown(one)}" for one in sorted(found - listed)]
    return sentences + [f"{label}: {_shown(one)} is gone; take it out of known.py" for one in sorted(listed - found)]


def _shown(finding):
    return finding if isinstance(finding, str) else ", ".join(finding)


# Folders -------------------------------------------------------------------------------------------------


def folder_faults(root=Path(".")):
    """{"path: name"} of each import to the left inside a domain app, and of each module that belongs in a folder."""
    found = set()
    for app, path in modules(root):
        own = path.relative_to(root)
        folder = own.parts[1] if len(own.parts) > 2 else ""
        if app in DOMAIN_APPS and not folder and own.stem not in AT_ROOT:
            found.add(f"{own}: stands outside the folders")
        elif app in DOMAIN_APPS and folder in FOLDERS:
            left = {(app, other) for other in FOLDERS[: FOLDERS.index(folder)]}
            needed = {name for name, _ in _needed(parsed(path.read_text()), {})}
            found |= {f"{own}: {name}" for name in needed if tuple(name.split(".")[:2]) in left}
    return found


# Circles -------------------------------------------------------------------------------------------------


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
        wanted = {found for found, is_late in _needed(tree, models) if late or not is_late}
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


def _needed(tree, models):
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


# Imports inside functions ---------------------------------------------------------------------------------

LATE_REASONS = ("app registry", "system library", "worker start")
GIVEN = re.compile(rf"# late: ({'|'.join(LATE_REASONS)})\b")


def late_imports(root=Path(".")):
    """{"path: imported module"} of each import inside a function without `# late: ` and a reason of the closed list.

    The reasons: the app registry is not ready when the module is loaded; the machine may lack a system library; only a
    worker needs it, before or after its start.
    """
    found = set()
    for _, path in modules(root):
        source = path.read_text()
        lines, late = source.splitlines(), _imports_in_functions(source)
        found |= {f"{path.relative_to(root)}: {name}" for line, name in late if not GIVEN.search(lines[line - 1])}
    return found


def _imports_in_functions(source):
    """(line, imported module)."""
    for function in nodes(parsed(source)):
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            for node in ast.walk(function):
                if isinstance(node, ast.Import):
                    yield from ((node.lineno, alias.name) for alias in node.names)
                elif isinstance(node, ast.ImportFrom):
                    yield node.lineno, f"{'.' * node.level}{node.module or ''}"


# Roles ---------------------------------------------------------------------------------------------------

ROLE_VALUES = {"admin", "staff", "facilitator", "official", "camat"}
IN_TEMPLATE = re.compile(r"\{[{%][^}]*\b(?:user|account|by|person|owner)\.role\b|\brole\s*[!=]=|\brole\s+in\b")


def role_names(root=Path(".")):
    """{path: places} that name a role or read the role of an account outside accounts; demo and tooling apart."""
    found = {}
    for app, path in modules(root):
        own = path.relative_to(root)
        if app != "accounts" and not {"demo", "tooling"} & set(own.parts):
            found[str(own)] = len(_roles_in(parsed(path.read_text())))
    for path in sorted((root / "templates").rglob("*.html")):
        own = path.relative_to(root)
        if "accounts" not in own.parts:
            found[str(own)] = len(IN_TEMPLATE.findall(path.read_text()))
    return {path: count for path, count in found.items() if count}


def _roles_in(tree):
    """Lines with `User.Role`, with `Role` out of accounts, with a role of an account, or with its value compared."""
    names = _names_of_roles(tree)
    return {node.lineno for node in nodes(tree) if hasattr(node, "lineno") and _names_a_role(node, names)}


def _names_a_role(node, names):
    if isinstance(node, ast.Name):
        return node.id in names
    if isinstance(node, ast.Attribute):
        return ast.unparse(node) in names or (node.attr == "role" and _is_account(node.value))
    return isinstance(node, ast.Compare | ast.Dict | ast.keyword) and _compares_a_role(node)


def _names_of_roles(tree):
    """The names of roles of accounts in this module."""
    names = {"User.Role", "get_user_model().Role"}
    for node in nodes(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("accounts"):
            for alias in node.names:
                called = alias.asname or alias.name
                names |= {called} if alias.name in ("Role", "roles", "ROLES") else set()
                names |= {f"{called}.Role"} if alias.name == "User" else set()
    return names


def _is_account(node):
    """user.role, request.user.role, by.role, schedule.owner.role: by the usual names of accounts here."""
    return ast.unparse(node).rpartition(".")[2] in ("user", "by", "account", "owner", "asker", "officer", "colleague")


def _compares_a_role(node):
    """x.role == "admin", {"role": "admin"}, filter(role="admin", by__role__in=["admin"])."""
    if isinstance(node, ast.keyword):
        lookup = re.fullmatch(r"(?:\w+__)?role(?:__in|__exact)?", node.arg or "")
        return bool(lookup) and _has_value(node.value)
    if isinstance(node, ast.Compare):
        sides = [node.left, *node.comparators]
        return any(_ends_in_role(side) for side in sides) and any(_has_value(side) for side in sides)
    pairs = zip(node.keys, node.values, strict=True)
    return any(isinstance(key, ast.Constant) and key.value == "role" and _has_value(value) for key, value in pairs)


def _ends_in_role(node):
    return ast.unparse(node).rpartition(".")[2] == "role"


def _has_value(node):
    return any(isinstance(part, ast.Constant) and part.value in ROLE_VALUES for part in ast.walk(node))
