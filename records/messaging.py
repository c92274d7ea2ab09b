"""Links that open WhatsApp with a text ready to send. The portal itself sends nothing."""

from urllib.parse import quote


def message_link(text: str, phone: str = "") -> str:
    """`phone`: digits with the code of the country; without it the person chooses the receiver."""
    return f"https://wa.me/{phone}?text={quote(text)}"
