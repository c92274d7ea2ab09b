"""Berkas lengkap of a few kinds, so that tests make what they look at and no more."""

from reports.bundles import training_papers


def file_only(monkeypatch, kinds):
    every = training_papers.filed
    monkeypatch.setattr(
        training_papers,
        "filed",
        lambda training: [(document, options) for document, options in every(training) if document.kind in kinds],
    )
