"""Imports of what this app owns: groups with their SK, boards, work plans of a year."""
