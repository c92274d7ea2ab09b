"""Check of imports inside functions: each needs a reason of a closed list."""

import ast
import re
from pathlib import Path

from pamsimas.tooling.sources import modules, nodes, parsed

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
