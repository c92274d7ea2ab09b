"""Importers of groups with their SK, and of boards."""

from imports.registry import register
from kpspams.importers.boards import BoardImport
from kpspams.importers.groups import GroupImport

register(GroupImport)
register(BoardImport)
