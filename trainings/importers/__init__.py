"""Imports of what this app owns: participants of trainings of the past with their attendance."""
