"""Check of the structure of the project: layers of apps, folders of a domain app, circles of modules inside an app,
imports inside functions, roles named outside accounts.

An app may name only apps below it, in imports and in strings. Foreign keys ("villages.Village"), get_model calls and
tasks by name ("reports.tasks.tidy") count like imports. `settings.AUTH_USER_MODEL` may be used anywhere above accounts.
Templates and migrations may refer to every app.

`known.py` lists known findings. The lists only get shorter: a new finding is a fault, and so is an entry that is no
longer true.
"""

from pathlib import Path

from pamsimas.tooling import known
from pamsimas.tooling.circles import circles
from pamsimas.tooling.late_imports import late_imports
from pamsimas.tooling.role_names import role_names
from pamsimas.tooling.sources import LAYERS, modules, names, needed, parsed

DOMAIN_APPS = {"villages", "kpspams", "plans", "trainings", "fieldwork", "monitoring"}
# The folders of a domain app; each imports only itself and those to its right. Only monitoring has charts.
FOLDERS = ["views", "forms", "importers", "services", "charts", "drawing", "queries", "models", "rules", "parsers"]
AT_ROOT = {"__init__", "apps", "urls", "exports", "tasks", "handover", "printed", "search", "setup", "waiting"}
MAX_LINES = 400  # lines; a module near 300 should become a package


def upward(app, source):
    """(line, name) of each place in this source of `app` that names something above it."""
    above = LAYERS[LAYERS.index(app) + 1 :]
    found = {(line, name) for line, name in names(parsed(source)) if name.split(".")[0] in above}
    return sorted(found)


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
            targets = {name for name, _ in needed(parsed(path.read_text()), {})}
            found |= {f"{own}: {name}" for name in targets if tuple(name.split(".")[:2]) in left}
    return found
