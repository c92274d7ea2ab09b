"""Berkas lengkap of a few kinds, so that tests make only the documents they check."""

from reports.services.bundles import training_documents


def file_only(monkeypatch, kinds):
    every = training_documents.filed
    monkeypatch.setattr(
        training_documents,
        "filed",
        lambda training: [(document, options) for document, options in every(training) if document.kind in kinds],
    )
