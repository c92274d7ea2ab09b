"""Forms of synonyms: a new word of the kabupaten, and the meanings of unknown words of one file."""

from django import forms

from accounts.rights import Right, may
from imports.models import ImportRun, Synonym
from imports.rows import answers
from imports.values import vocabulary
from records.constraints import sentence_of
from records.editing import OnceForm
from records.fields import choice_field
from records.parsers.abbreviations import word_key
from records.plain_forms import PlainForm

SEPARATOR = "|"  # separates choice and value in the list of all meanings


class SynonymForm(OnceForm):
    """A word, and one meaning out of all vocabularies."""

    means = forms.ChoiceField(label="Artinya", choices=())

    class Meta:
        model = Synonym
        fields = ["word"]
        help_texts = {"word": "Seperti tertulis di daftar kantor Anda, misalnya Sie Air."}

    def fields_for_people(self):
        choice_field(self, "means").choices = [
            ("", "Pilih dari daftar"),
            *(
                (words.label, [(f"{words.topic}{SEPARATOR}{value}", label) for value, label in words.labels.items()])
                for words in vocabulary.vocabularies()
            ),
        ]

    def clean(self):
        data = super().clean()
        if not data.get("word") or not data.get("means"):
            return data
        topic, _, value = data["means"].partition(SEPARATOR)
        words, key = vocabulary.get(topic), word_key(data["word"])
        self.instance.topic, self.instance.value, self.instance.meaning = topic, value, words.labels[value]
        if not key:
            self.add_error("word", sentence_of(Synonym, "synonym_has_key"))
        elif key in words.own_keys:
            known = words.labels[words.own_keys[key]]
            self.add_error("word", f"Kata ini sudah dikenal: pada {words.label} artinya {known}.")
        elif Synonym.objects.filter(place=self.instance.place, topic=topic, key=key).exists():
            self.add_error("word", sentence_of(Synonym, "synonym_once"))
        return data


class WordsForm(PlainForm):
    """One optional field for each unknown word of a file."""

    def __init__(self, *args, run: ImportRun, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.questions = answers.questions(run)
        for place, about in enumerate(self.questions):
            self.fields[f"word_{place}"] = forms.ChoiceField(
                label=f"{about['label']} “{about['word']}” berarti",
                choices=[("", "Belum dijawab"), *about["options"]],
                required=False,
                help_text=f"Ada di {about['rows']} baris.",
            )
        if may(user, Right.MANAGE_SETTINGS):
            self.fields["remember"] = forms.BooleanField(
                label="Ingat untuk semua berkas kabupaten ini",
                required=False,
                help_text="Kata ini terlihat di Pengaturan, Kata sehari-hari, dan dapat dihapus di sana.",
            )

    def clean(self):
        data = super().clean()
        if not self.errors and not self.meanings():
            raise forms.ValidationError("Jawab paling sedikit satu kata.")
        return data

    def meanings(self) -> dict[tuple[str, str], str]:
        return {
            (about["topic"], about["key"]): value
            for place, about in enumerate(self.questions)
            if (value := self.cleaned_data.get(f"word_{place}"))
        }
