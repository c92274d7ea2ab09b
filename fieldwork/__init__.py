"""Fieldwork of facilitators: visits (kunjungan), and filled forms that the office types in (Titip entri)."""
