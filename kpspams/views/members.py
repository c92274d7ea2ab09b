"""Pages that give, correct and end posts."""

from django.views.generic import CreateView, UpdateView

from accounts.rights import Right
from accounts.scoping import EditableMixin, PartMixin
from kpspams.forms.members import MemberEditForm, MemberEndForm, MemberForm
from kpspams.models import KpspamsGroup, Member
from kpspams.views.groups import crumbs_of
from records.editing import SaveMixin


class MemberCreate(PartMixin, SaveMixin, CreateView):
    model = Member
    form_class = MemberForm
    whole, part_of = KpspamsGroup, "group"
    right = Right.EDIT_GROUPS
    submit_label = "Simpan pengurus"
    saved_message = "{row}, tersimpan."

    def get_initial(self):
        """Presets `?jabatan=KET` from a vacant post."""
        requested = self.request.GET.get("jabatan", "")
        return {"post": requested} if requested in Member.Post.values else {}

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            heading=f"Tambah pengurus {self.parent}",
            intro="Ketua, Sekretaris, atau Bendahara yang digantikan otomatis berakhir sehari sebelum tanggal mulai.",
            crumbs=crumbs_of(self.parent, ("Tambah pengurus", "")),
            **kwargs,
        )


class MemberUpdate(SaveMixin, EditableMixin, UpdateView):
    model = Member
    form_class = MemberEditForm
    right = Right.EDIT_GROUPS
    submit_label = "Simpan pembetulan"
    heading = "Betulkan jabatan {member}"
    intro = "Hanya untuk isian yang keliru. Pergantian orang dicatat dengan Tambah pengurus."
    saved_message = "Jabatan {row}, tersimpan."

    def get_queryset(self):
        return super().get_queryset().select_related("group__village", "person")

    def get_context_data(self, **kwargs):
        # The stored row: an invalid form has already written its values into self.object.
        member = Member.objects.select_related("group", "person").get(pk=self.object.pk)
        heading = self.heading.format(member=member)
        crumbs = crumbs_of(member.group, (heading, ""))
        return super().get_context_data(heading=heading, intro=self.intro, crumbs=crumbs, **kwargs)


class MemberEnd(MemberUpdate):
    """Ends a post. It stays recorded, and the post is vacant until another person is appointed."""

    form_class = MemberEndForm
    submit_label = "Akhiri jabatan"
    heading = "Akhiri jabatan {member}"
    intro = "Jabatan ini tetap tersimpan dalam riwayat pengurus."
    saved_message = "Jabatan {row}, berakhir."

    def get_queryset(self):
        return super().get_queryset().open()
