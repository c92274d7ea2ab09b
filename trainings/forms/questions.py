"""Forms of questions of the test and of the evaluation, and of their first set."""

from django import forms
from django.db.models import Exists, OuterRef

from records.editing import EditForm
from records.fields import choice_field, label_rows, row_field
from trainings.forms.plain import Plain
from trainings.models import EvaluationQuestion, ResourcePerson, TestQuestion, Training
from trainings.services.questions import fill_questions, hold_questions

MAX_OPTIONS = 5


class TestQuestionForm(EditForm):
    __test__ = False  # not a class of tests, despite its name

    fixed = ("training", "number")

    class Meta:
        model = TestQuestion
        fields = ["training", "number", "kind", "text", "options", "key"]
        widgets = {
            "text": forms.Textarea({"rows": 2}),
            "options": forms.Textarea({"rows": 5}),
            "key": forms.TextInput({"autocapitalize": "characters", "autocomplete": "off"}),
        }

    def fields_for_people(self):
        choice_field(self, "kind").choices = TestQuestion.Kind.choices
        self.fields["text"].help_text = "Pernyataan untuk Benar/Salah, pertanyaan untuk pilihan ganda."
        self.fields["options"].help_text = "Hanya untuk pilihan ganda: dua sampai lima baris, tanpa huruf di depannya."
        self.fields["key"].help_text = "B atau S untuk Benar/Salah; A sampai E untuk pilihan ganda."

    def clean_key(self):
        return self.cleaned_data["key"].upper()

    def clean_options(self):
        return "\n".join(line.strip() for line in self.cleaned_data["options"].splitlines() if line.strip())

    def clean(self):
        data = super().clean()
        kind, options, key = data.get("kind"), data.get("options"), data.get("key")
        if kind == TestQuestion.Kind.TRUE_FALSE:
            data["options"] = ""
            if key and key not in "BS":
                self.add_error("key", "Kunci Benar/Salah: B atau S.")
        elif kind == TestQuestion.Kind.CHOICE and options is not None:
            count = len(options.splitlines())
            if not 2 <= count <= MAX_OPTIONS:
                self.add_error("options", f"Tulis dua sampai lima pilihan, satu per baris; sekarang {count}.")
            elif key and key not in "ABCDE"[:count]:
                self.add_error("key", f"Kunci salah satu dari {', '.join('ABCDE'[:count])}.")
        return data

    def save_by(self, user):
        hold_questions(self.instance.training, TestQuestion)
        return super().save_by(user)


class EvaluationQuestionForm(EditForm):
    fixed = ("training", "number")

    class Meta:
        model = EvaluationQuestion
        fields = ["training", "number", "aspect", "kind", "scope", "resource_person"]

    def fields_for_people(self):
        choice_field(self, "kind").choices = EvaluationQuestion.Kind.choices
        choice_field(self, "scope").choices = EvaluationQuestion.Scope.choices
        self.fields["scope"].help_text = "Tiap narasumber: ditanyakan sekali untuk setiap narasumber susunan acara."
        self.fields["aspect"].help_text = "Misalnya Kesesuaian materi, atau Saran."
        person = row_field(self, "resource_person")
        person.queryset = (
            ResourcePerson.objects.filter(appearances__item__day__training=self.instance.training_id)
            .select_related("person")
            .distinct()
        )
        person.empty_label = "Bukan tentang satu narasumber"
        if not person.queryset.exists() and not self.instance.resource_person_id:
            del self.fields["resource_person"]

    def save_by(self, user):
        hold_questions(self.instance.training, EvaluationQuestion)
        return super().save_by(user)


class FillForm(Plain):
    """Form of the first set: the template, or the questions of an earlier training."""

    earlier = forms.ModelChoiceField(
        Training.objects.none(), label="Ambil dari", required=False, empty_label="Templat (dapat diubah sesudahnya)"
    )

    def __init__(self, *args, training, model, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.training, self.model = training, model
        known = model.objects.filter(training=OuterRef("pk"))
        rows = Training.objects.editable_by(user).filter(Exists(known), district=training.district_id)
        row_field(self, "earlier").queryset = rows.exclude(pk=training.pk)
        label_rows(row_field(self, "earlier"), lambda row: f"{row}, TA {row.fiscal_year}")

    def save_by(self, user):
        return fill_questions(self.training, self.model, self.cleaned_data["earlier"], by=user)
