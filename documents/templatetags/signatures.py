"""How the signature blocks of a paper stand."""

from typing import Any

from django import template

from documents.layout.frame import signature_rows

register = template.Library()


@register.filter
def in_rows(blocks: list[dict[str, Any]], paper: str) -> list[list[dict[str, Any]]]:
    return signature_rows(blocks, paper)
