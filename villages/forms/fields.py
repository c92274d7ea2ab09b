"""Check of points in forms."""


def check_point(form, district):
    """Adds an error at the field when the point of this form does not lie in the kabupaten."""
    lat, lng = form.cleaned_data.get("lat"), form.cleaned_data.get("lng")
    bounds = district.rules.bounds
    if lat is None or lng is None or bounds is None:
        return
    if complaint := bounds.complaint(lat, lng, str(district)):
        form.add_error("lat", complaint)
