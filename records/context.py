"""What every template may ask: the kept forms that were saved of late."""

from records.saved_drafts import recently_saved


def saved_drafts(request):
    """`saved_drafts`, computed only where base.html asks for it."""
    user = getattr(request, "user", None)
    return {"saved_drafts": lambda: recently_saved(request) if user is not None and user.is_authenticated else []}
