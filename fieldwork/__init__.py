"""What facilitators hand in: visits (kunjungan), and filled forms that the office types (Titip entri)."""
