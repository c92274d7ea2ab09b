"""Importers of villages and grants, water systems and checks; identification of persons by name."""

from imports.registry import register
from villages.importers.facilities import FacilityImport
from villages.importers.villages import VillageImport

register(VillageImport)
register(FacilityImport)
