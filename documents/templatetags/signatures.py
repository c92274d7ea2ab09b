"""Template tags of signature blocks."""

from django import template

from documents.layout.frame import SignatureBlock, signature_rows

register = template.Library()


@register.filter
def in_rows(blocks: list[SignatureBlock], page_size: str) -> list[list[SignatureBlock]]:
    return signature_rows(blocks, page_size)
