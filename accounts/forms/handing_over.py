"""Who goes on with what an account has in hand."""

from crispy_forms.helper import FormHelper
from django import forms

from accounts.models import User
from accounts.open_work import open_work

END = "akhiri"


class HandingOverForm(forms.Form):
    """One question for each kind of open work, built of what the keepers find."""

    def __init__(self, *args, account: User, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.people: dict[str, User] = {}
        for keeper, work in open_work(account):
            choices = [("", "Pilih penerimanya")]
            for person in keeper.successors(account):
                self.people[str(person.pk)] = person
                choices.append((str(person.pk), f"{person} ({person.get_role_display()})"))
            if keeper.ending:
                choices.append((END, keeper.ending))
            told = f"{work.label}. {' '.join(work.parts)}".strip()
            self.fields[keeper.key] = forms.ChoiceField(label=keeper.question, choices=choices, help_text=told)

    def answers(self) -> dict[str, User | None]:
        """Only after is_valid()."""
        return {key: None if said == END else self.people[said] for key, said in self.cleaned_data.items()}
