"""Successors of the open work of an account."""

from crispy_forms.helper import FormHelper
from django import forms

from accounts.handover import open_work
from accounts.models import User

END = "akhiri"


class HandoverForm(forms.Form):
    """One field for each kind of open work that the handovers find."""

    def __init__(self, *args, account: User, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.people: dict[str, User] = {}
        for handover, work in open_work(account):
            choices = [("", "Pilih penerimanya")]
            for person in handover.successors(account):
                self.people[str(person.pk)] = person
                choices.append((str(person.pk), f"{person} ({person.get_role_display()})"))
            if handover.ending:
                choices.append((END, handover.ending))
            help_text = f"{work.label}. {' '.join(work.parts)}".strip()
            self.fields[handover.key] = forms.ChoiceField(label=handover.question, choices=choices, help_text=help_text)

    def answers(self) -> dict[str, User | None]:
        """The chosen successors; call it after is_valid()."""
        return {key: None if choice == END else self.people[choice] for key, choice in self.cleaned_data.items()}
