"""Messages for WhatsApp to each fasilitator about what their villages lack. The portal does not send them."""

from collections import defaultdict
from dataclasses import dataclass

from django.utils.timezone import localdate

from accounts.models import User
from monitoring.queries.next_steps import Card, cards
from records.messaging import message_link
from villages.models import Assignment, Village


@dataclass(frozen=True)
class Message:
    """`user` None: villages without a fasilitator; the text is for the office."""

    user: User | None
    text: str
    villages: int

    @property
    def link(self) -> str:
        """Link that opens WhatsApp with the text, to the number of the fasilitator if it is known."""
        number = self.user.phone.lstrip("+") if self.user else ""
        return message_link(self.text, number)


def messages_for(user: User) -> list[Message]:
    """Messages sorted by name, only to fasilitator with gaps in their villages. A fixed number of queries."""
    today = localdate()
    villages = Village.objects.visible_to(user).filter(awards__isnull=False).distinct()
    villages = villages.select_related("subdistrict__district__settings_row").order_by("name", "code")
    missing = {card.village.pk: card for card in cards(villages, today) if card.step}
    rows = Assignment.objects.current().filter(village__in=missing).select_related("user").order_by("user__name", "pk")
    by_user: dict[User, list[Card]] = defaultdict(list)
    for pk, person in dict.fromkeys((row.village_id, row.user) for row in rows):
        by_user[person].append(missing[pk])
    looked_after = {card.village.pk for found in by_user.values() for card in found}
    nobody = [card for pk, card in missing.items() if pk not in looked_after]
    found = [_message(person, rows) for person, rows in by_user.items()]
    return [*found, *([_message(None, nobody)] if nobody else [])]


def _message(user: User | None, found: list[Card]) -> Message:
    lines = [f"Yth. {user.name}," if user else "Desa tanpa fasilitator:"]
    lines.append("Mohon ditindaklanjuti di Portal Pamsimas:")
    for number, card in enumerate(sorted(found, key=lambda card: card.village.name), 1):
        lines.append(f"{number}. {card.village}: {card.step.label if card.step else ''}")
    return Message(user, "\n".join([*lines, "Terima kasih."]), len(found))
