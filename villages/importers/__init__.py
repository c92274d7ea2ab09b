"""Imports of what this app owns: villages and grants, water systems and checks; who is meant by a name."""

from imports.registry import register
from villages.importers.facilities import FacilityImport
from villages.importers.villages import VillageImport

register(VillageImport)
register(FacilityImport)
