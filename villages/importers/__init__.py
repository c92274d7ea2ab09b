"""Imports of what this app owns: villages and grants, water systems and checks; who is meant by a name."""
