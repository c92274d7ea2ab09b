"""Variables of every template: the keys of recently saved and of just refused drafts."""

from records.saved_drafts import recently_saved, take_refused


def saved_drafts(request):
    """`saved_drafts` and `refused_drafts`, computed only where base.html uses them."""
    user = getattr(request, "user", None)
    known = user is not None and user.is_authenticated
    return {
        "saved_drafts": lambda: recently_saved(request) if known else [],
        "refused_drafts": lambda: take_refused(request) if known else [],
    }
