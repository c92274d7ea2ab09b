"""Presets of forms from the URL."""

from villages.models import Village


def preset_village(request) -> dict[str, Village | None]:
    """The village of `?desa=`, if this user may write there."""
    requested = request.GET.get("desa", "")
    mine = Village.objects.editable_by(request.user)
    return {"village": mine.filter(pk=requested).first()} if requested.isdecimal() and len(requested) < 19 else {}
