"""The kabupaten of a row: settled for who belongs to one, a choice for who has all."""

from django import forms

from accounts.models import District
from records.fields import row_field


def preset_district(form: forms.ModelForm, user):
    """Hides and fixes the field `district` where row or person tell it; else offers those that the person sees."""
    field = row_field(form, "district")
    field.queryset = District.objects.visible_to(user)
    field.empty_label = "Pilih kabupaten"
    own = form.instance.district_id or user.district_id
    if own:
        form.initial["district"] = own
        field.widget, field.disabled = forms.HiddenInput(), True
