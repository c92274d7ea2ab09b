"""Form of the reminders that a user wants, and by which channel."""

from crispy_forms.helper import FormHelper
from django import forms
from django.conf import settings

from accounts.models import User
from monitoring.models import ReminderChoice
from monitoring.services.reminders import Channel, channels_of


class ReminderForm(forms.Form):
    """One choice for each kind. E-mail is available where the portal can send it and the account has an address."""

    def __init__(self, *args, user: User, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        chosen = channels_of(user)
        self.mails = bool(settings.EMAIL_URL and user.email)
        for kind, label in ReminderChoice.Kind.choices:
            offered = [
                (channel, word)
                for channel, word in Channel.choices
                if channel != Channel.EMAIL or self.mails or chosen[kind] == Channel.EMAIL
            ]
            self.fields[kind] = forms.ChoiceField(label=label, choices=offered, initial=chosen[kind])
