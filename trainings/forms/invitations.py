"""Forms of invitations."""

from crispy_forms.layout import HTML, Layout
from django import forms

from records.fields import choice_field, row_field
from trainings.forms.plain import Plain
from trainings.forms.trainings import VILLAGE_CHOICE, VillageChoice, WishMixin, cohort_choices, village_field
from trainings.models import Invitation
from trainings.services import trainings
from villages.models import Village


class InviteForm(WishMixin, Plain):
    """Form that invites further villages, by cohort or one by one."""

    cohorts = forms.MultipleChoiceField(
        label="Undang semua desa penerima", required=False, widget=forms.CheckboxSelectMultiple
    )
    villages = VillageChoice(label="Undang desa satu per satu")

    def __init__(self, *args, training, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.training = training
        near = Village.objects.visible_to(user).filter(subdistrict__district=training.district_id)
        if not training.is_sample:
            near = near.filter(is_sample=False)
        near = near.exclude(invitations__training=training)
        row_field(self, "villages").queryset = near
        choice_field(self, "cohorts").choices = cohort_choices(near)
        if not choice_field(self, "cohorts").choices:
            del self.fields["cohorts"]
        cohorts = ["cohorts"] if "cohorts" in self.fields else []
        self.helper.layout = Layout(*cohorts, HTML(VILLAGE_CHOICE), "quota", "posts")

    def village_groups(self):
        return village_field(self).groups(self["villages"].value())

    def clean(self):
        data = super().clean()
        if not data.get("cohorts") and not data.get("villages") and "villages" not in self.errors:
            self.add_error("villages", "Pilih sedikitnya satu desa, atau satu tahun penerima.")
        return data

    def save_by(self, user):
        data = self.cleaned_data
        chosen = list(data["villages"])
        chosen += trainings.cohort_villages(self.training, [int(year) for year in data.get("cohorts") or []])
        return trainings.invite(self.training, chosen, self.wish(), by=user)


class InvitationForm(WishMixin, Plain):
    """Form of the quota and the requested posts of one village."""

    def __init__(self, *args, invitation: Invitation, **kwargs):
        self.invitation = invitation
        kwargs["initial"] = {"quota": invitation.quota, "posts": invitation.post_codes}
        super().__init__(*args, **kwargs)

    def save_by(self, user):
        wish = self.wish()
        self.invitation.quota, self.invitation.posts = wish.quota, " ".join(wish.posts)
        trainings.change_invitation(self.invitation, by=user)
        return self.invitation
