"""Importer of the work plans of a year."""

from imports.registry import register
from plans.importers.plans import PlanImport

register(PlanImport)
