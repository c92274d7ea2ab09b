"""Forms that give, correct and end posts. A post is never overwritten by its successor."""

from django import forms

from kpspams.models import LegalDocument, Member
from kpspams.services import groups as services
from records.editing import EditForm
from records.fields import SeenField
from records.parsers.days import near_day, past_day
from villages.forms.people import PersonChoiceForm


def document_choices(field, group):
    """Legal documents of this group that may appoint a member."""
    field.queryset = LegalDocument.objects.filter(group=group)
    field.empty_label = "Tanpa dokumen"


class MemberForm(PersonChoiceForm):
    whole = "group"
    fixed = ("group",)
    before = ("post", "title", "acting")
    after = ("starts_on", "ends_on", "appointed_by")

    class Meta:
        model = Member
        fields = ["group", "post", "title", "acting", "person", "starts_on", "ends_on", "appointed_by"]
        help_texts = {
            "title": "Hanya bila SK memakai sebutan lain.",
            "ends_on": "Kosongkan bila masih menjabat.",
        }

    def fields_for_people(self):
        super().fields_for_people()
        self.fields["starts_on"].validators.append(near_day)
        self.fields["ends_on"].validators.append(near_day)
        document_choices(self.fields["appointed_by"], self.instance.group)

    def home(self):
        return self.instance.group.village

    def save_row(self, user, key):
        return services.appoint(self.instance, by=user, key=key)


class MemberEditForm(EditForm):
    """Form that corrects wrong input; person and post stay."""

    class Meta:
        model = Member
        fields = ["title", "acting", "starts_on", "ends_on", "appointed_by"]
        help_texts = MemberForm.Meta.help_texts

    def fields_for_people(self):
        self.fields["starts_on"].validators.append(near_day)
        self.fields["ends_on"].validators.append(near_day)
        document_choices(self.fields["appointed_by"], self.instance.group)

    def save_by(self, user):
        self.instance.version = self.cleaned_data.get("version") or 0
        self.changes = services.correct_post(self.instance, by=user)
        return self.instance


class MemberEndForm(EditForm):
    reason = SeenField(label="Alasan", required=False, max_length=250, help_text="Misalnya mengundurkan diri.")

    class Meta:
        model = Member
        fields = ["starts_on", "ends_on"]
        help_texts = {"ends_on": "Hari terakhir menjabat."}

    def fields_for_people(self):
        # The first day is a field too, so that the order of both is checked.
        self.fields["starts_on"].disabled = True
        self.fields["starts_on"].widget = forms.HiddenInput()
        self.fields["ends_on"].required = True
        self.fields["ends_on"].validators.append(past_day)

    def save_by(self, user):
        self.instance.version = self.cleaned_data.get("version") or 0
        self.changes = self.instance.change(by=user, reason=self.cleaned_data["reason"])
        return self.instance
