"""Forms to upload outlines for the map, and to choose the property with the code."""

from django import forms

from monitoring.parsers.geojson import Feature, read
from monitoring.services.boundaries import Match
from records.fields import SeenField, choice_field
from records.plain_forms import PlainForm


class BoundaryUpload(PlainForm):
    file = forms.FileField(
        label="Berkas GeoJSON",
        max_length=250,
        help_text="Batas desa atau kecamatan dalam derajat (WGS 84), paling besar 20 MB.",
        widget=forms.FileInput({"accept": ".geojson,.json"}),
    )

    def clean_file(self) -> list[Feature]:
        return read(self.cleaned_data["file"])


class BoundaryChoice(PlainForm):
    name = forms.ChoiceField(label="Kode wilayah ada pada", widget=forms.RadioSelect)
    source = SeenField(
        label="Sumber batas", max_length=160, help_text="Misalnya: Badan Informasi Geospasial, edisi 2024."
    )

    def __init__(self, *args, matches: list[Match], **kwargs):
        super().__init__(*args, **kwargs)
        choice_field(self, "name").choices = [(match.name, self._label(match)) for match in matches]
        if matches:
            self.fields["name"].initial = matches[0].name

    def _label(self, match: Match) -> str:
        return f"{match.name}: {len(match.villages)} desa dan {len(match.subdistricts)} kecamatan dikenal"
