"""What the address of a form sets in it."""

from villages.models import Village


def preset_village(request) -> dict[str, Village | None]:
    """`?desa=` on the way from a village chooses it, as far as this user may write there."""
    requested = request.GET.get("desa", "")
    mine = Village.objects.editable_by(request.user)
    return {"village": mine.filter(pk=requested).first()} if requested.isdecimal() and len(requested) < 19 else {}
