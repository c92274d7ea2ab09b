"""Check of roles: outside accounts no module and no template names a role or reads that of an account."""

import ast
import re
from pathlib import Path

from pamsimas.tooling.sources import modules, nodes, parsed

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
