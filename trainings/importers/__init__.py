"""Imports of what this app owns: participants of trainings of the past with their attendance."""

from imports.registry import register
from trainings.importers.participants import ParticipantImport

register(ParticipantImport)
