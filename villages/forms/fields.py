"""What a form of the field asks of points: that they can be."""


def check_point(form, district):
    """Puts at the field what is wrong with the point of this form, when it does not lie in the kabupaten."""
    lat, lng = form.cleaned_data.get("lat"), form.cleaned_data.get("lng")
    bounds = district.rules.bounds
    if lat is None or lng is None or bounds is None:
        return
    if complaint := bounds.complaint(lat, lng, str(district)):
        form.add_error("lat", complaint)
