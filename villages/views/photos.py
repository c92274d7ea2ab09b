"""Pages that add photos to a recorded row: photos are often sent later, where there is a signal."""

from django.contrib import messages
from django.shortcuts import redirect, render

from records.files import add_photos
from villages.forms.facilities import PhotosForm


def more_photos(request, row, heading: str, crumbs):
    """The page that adds photos to `row`, and its response. The caller checks that the user may change the row."""
    sent = request.method == "POST"
    form = PhotosForm(request.POST, request.FILES) if sent else PhotosForm()
    if sent and form.is_valid():
        names = add_photos(row, form.cleaned_data["photos"], by=request.user)
        messages.success(request, f"{len(names)} foto tersimpan." if names else "Foto ini sudah tersimpan.")
        return redirect(row.get_absolute_url())
    context = {
        "form": form,
        "heading": heading,
        "submit_label": "Simpan foto",
        "cancel_url": row.get_absolute_url(),
        "crumbs": crumbs,
    }
    return render(request, "partials/form_page.html", context)
