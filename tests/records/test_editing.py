"""Forms that keep typed text: nothing is lost or overwritten unnoticed."""

import uuid
from datetime import date

import pytest
from django import forms
from django.contrib.messages import get_messages
from django.contrib.messages.storage.fallback import FallbackStorage
from django.test import RequestFactory
from django.views.generic import CreateView, UpdateView

from accounts.models import District, Signatory, User
from records.editing import ConfirmMixin, EditForm, SaveMixin, conflict_rows, name_the_empty
from records.models import Conflict, SentForm
from tests.factories import DistrictFactory, SignatoryFactory, TrainingFactory, UserFactory
from trainings.models import Training

pytestmark = pytest.mark.django_db

KEY = "7c1a5c1e-5a0e-4a7b-9f6e-0d7c55aa0005"


class SignatoryForm(EditForm):
    fixed = ("district",)

    class Meta:
        model = Signatory
        fields = ["district", "slot", "valid_from", "title_line", "name"]


class OfficersForm(EditForm):
    class Meta:
        model = Training
        fields = ["title", "officers"]


class DoubtfulForm(ConfirmMixin, SignatoryForm):
    def doubts(self):
        return ["Nama hanya satu kata. Benar?"] if " " not in self.cleaned_data["name"] else []


class Create(SaveMixin, CreateView):
    model = Signatory
    form_class = SignatoryForm

    def get_form_kwargs(self):
        district = District.objects.first() or DistrictFactory()
        return super().get_form_kwargs() | {"instance": Signatory(district=district)}


class Update(SaveMixin, UpdateView):
    model = Signatory
    form_class = SignatoryForm


def typed(**fields):
    return {"slot": "dpmu_head", "valid_from": "2020-01-01", "title_line": "Ketua DPMU", "name": "Satu"} | fields


def post(view, data, user=None, **kwargs):
    """The response of `view`, rendered, and its messages."""
    request = RequestFactory().post("/", data)
    request.user, request.session = user or UserFactory(), {}
    request._messages = FallbackStorage(request)
    answer = view.as_view()(request, **kwargs)
    if hasattr(answer, "render"):
        answer.render()
    return answer, [str(message) for message in get_messages(request)]


class TestCreate:
    def test_form_brings_a_key_of_its_own_each_time(self):
        keys = {SignatoryForm(user=UserFactory(), instance=Signatory())["request_key"].value() for _ in range(3)}
        assert len(keys) == 3
        assert {uuid.UUID(str(key)).version for key in keys} == {4}

    def test_sent_twice_answers_alike_and_makes_one_row(self):
        user = UserFactory()
        answers = [post(Create, typed(request_key=KEY), user) for _ in range(2)]
        row = Signatory.objects.get()
        assert [(answer["Location"], message) for answer, message in answers] == [
            (row.get_absolute_url(), [f"{row} tersimpan."])
        ] * 2
        assert row.events.count() == 1

    def test_sent_again_with_other_content_shows_both_and_saves_nothing(self):
        user = UserFactory()
        post(Create, typed(request_key=KEY), user)
        answer, messages = post(Create, typed(request_key=KEY, name="Dua"), user)
        conflict = answer.context_data["conflict"]
        assert (answer.status_code, messages) == (409, [])
        assert conflict["rows"] == [
            {"name": "name", "label": "Nama", "mine": "Dua", "theirs": "Satu", "fixed": False},
        ]
        assert conflict["row"] == Signatory.objects.get()
        assert Signatory.objects.get().name == "Satu"

    def test_a_plain_resend_after_others_edited_is_no_conflict(self):
        user = UserFactory()
        post(Create, typed(request_key=KEY), user)
        Signatory.objects.update(name="Diubah kantor", version=2)
        answer, messages = post(Create, typed(request_key=KEY), user)
        assert (answer.status_code, messages) == (302, [f"{Signatory.objects.get()} tersimpan."])

    def test_a_form_that_is_wrong_the_second_time_shows_both_as_well(self):
        user = UserFactory()
        post(Create, typed(request_key=KEY), user)
        answer, messages = post(Create, typed(request_key=KEY, valid_from="kemarin"), user)
        assert (answer.status_code, messages) == (409, [])
        assert answer.context_data["conflict"]["rows"] == [
            {
                "name": "valid_from",
                "label": "Berlaku mulai",
                "mine": "kemarin",
                "theirs": "1 Januari 2020",
                "fixed": False,
            },
        ]

    def test_a_key_of_another_person_names_nothing_and_saves_with_a_new_key(self):
        post(Create, typed(request_key=KEY, name="Rahasia"))
        answer, messages = post(Create, typed(request_key=KEY, valid_from="2021-01-01", name="Dua"))
        page = answer.content.decode()
        assert (answer.status_code, messages, "Rahasia" in page) == (409, [], False)
        key = answer.context_data["form"]["request_key"].value()
        answer, _ = post(Create, typed(request_key=key, valid_from="2021-01-01", name="Dua"))
        assert (answer.status_code, Signatory.objects.count()) == (302, 2)

    def test_a_row_older_than_the_notes_is_compared_with_what_is_stored(self):
        user = UserFactory()
        post(Create, typed(request_key=KEY), user)
        SentForm.objects.all().delete()
        assert post(Create, typed(request_key=KEY), user)[0].status_code == 302
        answer, messages = post(Create, typed(request_key=KEY, name="Dua"), user)
        assert (answer.status_code, messages) == (409, [])
        answer, messages = post(Create, typed(request_key=KEY))
        assert (answer.status_code, messages) == (409, [])

    def test_broken_key_is_an_error_of_the_form_not_of_the_server(self):
        answer, _ = post(Create, typed(request_key="bukan-uuid"))
        assert answer.status_code == 200
        assert not Signatory.objects.exists()

    def test_constraint_of_a_fixed_parent_is_checked(self):
        SignatoryFactory(slot="dpmu_head", valid_from=date(2020, 1, 1))
        answer, _ = post(Create, typed(request_key=KEY))
        assert answer.context_data["form"].non_field_errors() == [
            "Sudah ada penanda tangan untuk tempat ini mulai tanggal itu."
        ]

    def test_race_past_the_check_ends_in_the_constraints_own_sentence(self, monkeypatch):
        """A race past the check: the database refuses, and the user reads why."""
        monkeypatch.setattr(Signatory, "full_clean", lambda self, **kwargs: None)
        SignatoryFactory(slot="dpmu_head", valid_from=date(2020, 1, 1))
        answer, _ = post(Create, typed(request_key=KEY))
        assert answer.status_code == 200
        assert answer.context_data["form"].non_field_errors() == [
            "Sudah ada penanda tangan untuk tempat ini mulai tanggal itu."
        ]
        assert Signatory.objects.count() == 1

    def test_refusal_keeps_the_typing(self):
        answer, _ = post(Create, typed(valid_from="kemarin", name="Nama yang diketik"))
        assert "Nama yang diketik" in answer.content.decode()
        assert set(answer.context_data["form"].errors) == {"valid_from"}


class TestUpdate:
    def test_conflict_shows_both_texts_then_mine_wins_when_sent_again(self):
        row = SignatoryFactory(name="Mula")
        post(Update, typed(name="Pertama", version="1"), pk=row.pk)
        answer, messages = post(Update, typed(name="Kedua", version="1"), pk=row.pk)
        page = answer.content.decode()
        assert (answer.status_code, messages) == (409, [])
        shown = [change for change in answer.context_data["conflict"]["rows"] if change["label"] == "Nama"]
        assert shown == [{"label": "Nama", "mine": "Kedua", "theirs": "Pertama"}]
        assert 'name="version" value="2"' in page
        assert 'value="Kedua"' in page
        post(Update, typed(name="Kedua", version="2"), pk=row.pk)
        row.refresh_from_db()
        assert (row.name, row.version) == ("Kedua", 3)

    @pytest.mark.parametrize("version", ["", "0", "-1", "99", "abc", None])
    def test_without_the_right_version_nothing_is_overwritten(self, version):
        row = SignatoryFactory(name="Mula")
        data = typed(name="Lain") | ({} if version is None else {"version": version})
        answer, _ = post(Update, data, pk=row.pk)
        assert answer.status_code in (200, 409)
        row.refresh_from_db()
        assert (row.name, row.version) == ("Mula", 1)

    def test_nothing_changed_says_so(self):
        row = SignatoryFactory(slot="dpmu_head", valid_from=date(2020, 1, 1), title_line="Ketua DPMU", name="Satu")
        answer, messages = post(Update, typed(version="1"), pk=row.pk)
        assert (answer.status_code, messages) == (302, ["Tidak ada yang diubah."])
        assert row.events.count() == 0

    def test_parent_of_the_address_cannot_be_changed(self):
        row = SignatoryFactory()
        other = DistrictFactory(code="18.05", name="Lain")
        post(Update, typed(version="1", district=str(other.pk)), pk=row.pk)
        assert Signatory.objects.get().district == row.district


class TestLists:
    """Many-to-many fields are in the history too."""

    def save(self, training, user, **data):
        form = OfficersForm({"title": training.title} | data, instance=Training.objects.get(pk=training.pk), user=user)
        assert form.is_valid(), form.errors
        return form, form.save_by(user)

    def test_change_is_told_and_raises_the_version(self):
        training, user = TrainingFactory(), UserFactory(name="Penulis")
        first, second = UserFactory(name="Ani"), UserFactory(name="Budi")
        self.save(training, user, officers=[second.pk, first.pk], version="1")
        self.save(training, user, officers=[first.pk], version="2")
        training.refresh_from_db()
        assert training.version == 3
        assert [event.changes for event in training.events] == [
            {"petugas kehadiran": ["Ani, Budi", "Ani"]},
            {"petugas kehadiran": ["", "Ani, Budi"]},
        ]

    def test_second_writer_of_a_list_is_told_and_sees_both(self):
        training, user = TrainingFactory(), UserFactory()
        first, second = UserFactory(name="Ani"), UserFactory(name="Budi")
        self.save(training, user, officers=[first.pk], version="1")
        late = OfficersForm(
            {"title": training.title, "officers": [second.pk], "version": "1"},
            instance=Training.objects.get(pk=training.pk),
            user=user,
        )
        assert late.is_valid()
        with pytest.raises(Conflict) as conflict:
            late.save_by(user)
        assert list(training.officers.all()) == [first]
        assert conflict_rows(late, conflict.value.current) == [
            {"label": "Petugas kehadiran", "mine": "Budi", "theirs": "Ani"}
        ]


class TestDoubts:
    def test_asked_once_then_taken(self):
        def form(**fields):
            return DoubtfulForm(typed(**fields), instance=Signatory(district=DistrictFactory()), user=UserFactory())

        requested = form(name="Sukarno")
        assert requested.errors == {"still_save": ["Nama hanya satu kata. Benar?"]}
        assert isinstance(requested.fields["still_save"].widget, forms.CheckboxInput)
        assert form(name="Sukarno", still_save="on").is_valid()
        assert form(name="Dua Kata").is_valid()


@pytest.mark.parametrize(
    ("field", "word"),
    [
        (forms.ChoiceField(choices=[("", "---------"), ("a", "A")]), "Pilih dari daftar"),
        (forms.ChoiceField(choices=[("", "---------"), ("a", "A")], required=False), "Tidak diisi"),
        (forms.ChoiceField(choices=[("", "Semua"), ("a", "A")]), "Semua"),
        (forms.ModelChoiceField(queryset=User.objects.none()), "Pilih dari daftar"),
        (forms.ModelChoiceField(queryset=User.objects.none(), required=False), "Tidak diisi"),
        (forms.ModelChoiceField(queryset=User.objects.none(), empty_label="Semua"), "Semua"),
    ],
)
def test_nothing_chosen_is_said_in_words(field, word):
    name_the_empty(field)
    assert next(iter(field.choices)) == ("", word)
    assert next(iter(field.widget.choices)) == ("", word)
