"""Importers of trainings: participants of past trainings with their attendance."""

from imports.registry import register
from trainings.importers.participants import ParticipantImport

register(ParticipantImport)
