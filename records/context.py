"""Variables of every template: the keys of recently saved drafts."""

from records.saved_drafts import recently_saved


def saved_drafts(request):
    """`saved_drafts`, computed only where base.html asks for it."""
    user = getattr(request, "user", None)
    return {"saved_drafts": lambda: recently_saved(request) if user is not None and user.is_authenticated else []}
