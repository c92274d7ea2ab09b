"""The kabupaten of a row: fixed for an account of one kabupaten, a choice for an account of all."""

from django import forms

from accounts.models import District
from records.fields import row_field


def preset_district(form: forms.ModelForm, user):
    """Hides and fixes `district` where the row or the account determines it; otherwise offers the visible ones."""
    field = row_field(form, "district")
    field.queryset = District.objects.visible_to(user)
    field.empty_label = "Pilih kabupaten"
    own = form.instance.district_id or user.district_id
    if own:
        form.initial["district"] = own
        field.widget, field.disabled = forms.HiddenInput(), True
