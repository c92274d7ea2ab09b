"""Scans of signed sheets, several in one upload: read, sorted by their Kode lembar, filed together."""
