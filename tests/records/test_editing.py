"""Forms that keep what was typed: nothing lost, nothing overwritten unseen."""

import uuid
from datetime import date

import pytest
from django import forms
from django.contrib.messages import get_messages
from django.contrib.messages.storage.fallback import FallbackStorage
from django.test import RequestFactory
from django.views.generic import CreateView, UpdateView

from accounts.models import Signatory, User
from records.editing import AskFirst, EditForm, SaveMixin, conflict_rows, name_the_empty
from records.models import Conflict
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


class DoubtfulForm(AskFirst, SignatoryForm):
    def doubts(self):
        return ["Nama hanya satu kata. Benar?"] if " " not in self.cleaned_data["name"] else []


class Create(SaveMixin, CreateView):
    model = Signatory
    form_class = SignatoryForm

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"instance": Signatory(district=DistrictFactory())}


class Update(SaveMixin, UpdateView):
    model = Signatory
    form_class = SignatoryForm


def typed(**fields):
    return {"slot": "dpmu_head", "valid_from": "2020-01-01", "title_line": "Ketua DPMU", "name": "Satu"} | fields


def post(view, data, **kwargs):
    """The answer of `view`, rendered, and its messages."""
    request = RequestFactory().post("/", data)
    request.user, request.session = UserFactory(), {}
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
        answers = [post(Create, typed(request_key=KEY)) for _ in range(2)]
        row = Signatory.objects.get()
        assert [(answer["Location"], said) for answer, said in answers] == [
            (row.get_absolute_url(), [f"{row} tersimpan."])
        ] * 2
        assert row.events.count() == 1

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
        """Two people were faster than the check: the database says no, the person reads why."""
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
        answer, said = post(Update, typed(name="Kedua", version="1"), pk=row.pk)
        page = answer.content.decode()
        assert (answer.status_code, said) == (409, [])
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
        answer, said = post(Update, typed(version="1"), pk=row.pk)
        assert (answer.status_code, said) == (302, ["Tidak ada yang diubah."])
        assert row.events.count() == 0

    def test_parent_of_the_address_cannot_be_changed(self):
        row = SignatoryFactory()
        other = DistrictFactory(code="18.05", name="Lain")
        post(Update, typed(version="1", district=str(other.pk)), pk=row.pk)
        assert Signatory.objects.get().district == row.district


class TestLists:
    """Many-to-many fields are history too."""

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

        asked = form(name="Sukarno")
        assert asked.errors == {"still_save": ["Nama hanya satu kata. Benar?"]}
        assert isinstance(asked.fields["still_save"].widget, forms.CheckboxInput)
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
