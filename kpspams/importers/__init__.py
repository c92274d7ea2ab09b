"""Imports of what this app owns: groups with their SK, boards."""

from imports.registry import register
from kpspams.importers.boards import BoardImport
from kpspams.importers.groups import GroupImport

register(GroupImport)
register(BoardImport)
