"""The shared partials of all pages, rendered: forms, lists, the chain, chips and crumbs."""

import re
from types import SimpleNamespace

import pytest
from crispy_forms.bootstrap import AppendedText
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.core.paginator import Paginator
from django.http import QueryDict
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import RequestFactory

from monitoring.templatetags import chain
from records.templatetags import ui


def request(path="/desa/", query=""):
    return RequestFactory().get(f"{path}?{query}" if query else path)


def pairs_of(html: str, tag: str, attribute: str) -> list[str]:
    return re.findall(rf"<{tag}\b[^>]*\b{attribute}=\"([^\"]*)\"", html)


class TrainingForm(forms.Form):
    title = forms.CharField(label="Judul", help_text="Seperti di surat <undangan>.")
    note = forms.CharField(label="Catatan", required=False)
    hours = forms.IntegerField(label="Jam", required=False)
    unit = forms.ChoiceField(label="Per", choices=[("hari", "Hari"), ("sesi", "Sesi")], widget=forms.RadioSelect)
    online = forms.BooleanField(label="Daring", required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = Layout("title", "note", AppendedText("hours", "JP"), "unit", "online", "version")


def render_form(form, **context):
    context = {"form": form, "submit_label": "Simpan pelatihan", "cancel_url": "/pelatihan/"} | context
    return render_to_string("partials/_form.html", context, request=request())


# Forms


def test_form_marks_required_fields_by_word():
    html = render_form(TrainingForm())
    labels = [
        re.sub(r"<[^>]+>|\s+", " ", text).split()
        for text in re.findall(r"<(?:label|legend)[^>]*>(.*?)</(?:label|legend)>", html, re.S)
    ]
    assert labels == [["Judul", "(wajib)"], ["Catatan"], ["Jam"], ["Per", "(wajib)"], ["Hari"], ["Sesi"], ["Daring"]]
    assert "*" not in html


def test_form_stands_label_help_error_field_in_this_order():
    html = render_form(TrainingForm({"title": ""}))
    places = [html.index(part) for part in ('for="id_title"', 'id="id_title_helptext"', 'id="id_title_error"')]
    places.append(html.index('name="title"'))
    assert places == sorted(places)
    assert "surat &lt;undangan&gt;" in html


def test_form_summary_links_each_error_to_its_field():
    form = TrainingForm({"title": "", "unit": ""})
    form.add_error(None, "Sudah ada pelatihan dengan judul ini.")
    links = [(link["target"], link["label"]) for link in ui.error_links(form)]
    assert links == [("id_title", "Judul"), ("id_unit_0", "Per"), ("", "")]
    html = render_form(form)
    assert pairs_of(html.split("</form>")[0].split("<form")[0], "a", "href") == ["#id_title", "#id_unit_0"]
    for target in ("id_title", "id_unit_0"):
        assert html.count(f'id="{target}"') == 1
    assert html.count("Sudah ada pelatihan dengan judul ini.") == 1


def test_form_names_each_field_once_and_asks_one_token():
    html = render_form(TrainingForm(initial={"version": 12345}))
    names = re.findall(r'<(?:input|textarea|select|button)[^>]* name="([^"]+)"', html)
    assert names == ["csrfmiddlewaretoken", "title", "note", "hours", "unit", "unit", "online", "version"]
    assert 'value="12345"' in html
    assert '<span class="input-group-text">JP</span>' in html


def test_form_with_a_file_is_multipart():
    class FileForm(forms.Form):
        paper = forms.FileField(label="Berkas")

    assert 'enctype="multipart/form-data"' in render_form(FileForm())
    assert "enctype" not in render_form(TrainingForm())


def test_conflict_shows_both_texts():
    event = SimpleNamespace(by=SimpleNamespace(name="Fasilitator <Contoh>"), at=None)
    rows = [{"label": "Judul", "mine": "Angkatan I", "theirs": "Angkatan II"}]
    html = render_form(TrainingForm(), conflict={"rows": rows, "event": event})
    assert "oleh Fasilitator &lt;Contoh&gt;" in html
    cells = re.findall(r'data-label="([^"]+)">([^<]*)<', html)
    assert cells == [
        ("Isian", "Judul"),
        ("Tulisan Anda", "Angkatan I"),
        ("Yang tersimpan sekarang", "Angkatan II"),
    ]


# Lists


class VillageFilters(forms.Form):
    q = forms.CharField(label="Cari", required=False)
    ta = forms.ChoiceField(label="TA", choices=[("", "Semua"), ("2017", "TA 2017")], required=False)
    kecamatan = forms.MultipleChoiceField(label="Kecamatan", choices=[("1", "Utara"), ("2", "Timur")], required=False)


def test_filters_in_use_show_as_chips_that_remove_themselves():
    query = "q=contoh&ta=2017&kecamatan=1&kecamatan=2&page=3"
    html = render_to_string(
        "partials/_filters.html", {"filters": VillageFilters(QueryDict(query))}, request=request(query=query)
    )
    assert pairs_of(html, "a", "href") == [
        "?ta=2017&amp;kecamatan=1&amp;kecamatan=2",
        "?q=contoh&amp;kecamatan=1&amp;kecamatan=2",
        "?q=contoh&amp;ta=2017&amp;kecamatan=2",
        "?q=contoh&amp;ta=2017&amp;kecamatan=1",
        "/desa/",
    ]
    assert "TA: TA 2017" in html


def test_filters_ignore_a_value_that_is_no_choice():
    assert ui.active_filters(VillageFilters(QueryDict("ta=1999&kecamatan=x"))) == []
    assert ui.active_filters(VillageFilters()) == []


def test_pages_keep_the_query_and_print_plain_numbers():
    page = Paginator(range(50_000), 25).page(1_500)
    html = render_to_string("partials/_pagination.html", {"page_obj": page}, request=request(query="ta=2017&page=1500"))
    assert pairs_of(html, "a", "href") == [
        "?ta=2017&amp;page=1499",
        "?ta=2017&amp;page=1",
        "?ta=2017&amp;page=1499",
        "?ta=2017&amp;page=1501",
        "?ta=2017&amp;page=2000",
        "?ta=2017&amp;page=1501",
    ]
    assert "Menampilkan 37.476–37.500 dari 50.000" in html


def test_one_page_shows_no_pages():
    page = Paginator(range(25), 25).page(1)
    assert render_to_string("partials/_pagination.html", {"page_obj": page}, request=request()).strip() == ""


# The chain and the chips


def step(state, summary="", url="", **more):
    return SimpleNamespace(key=state, label="Terlatih", state=state, summary=summary, date="", url=url, **more)


@pytest.mark.parametrize("compact", [True, False])
def test_chain_tells_each_state_in_form_and_word(compact):
    steps = [
        step("done", url="/pelatihan/12345/"),
        step("half", "Dilatih, belum semua", short="Sebagian"),
        step("none"),
        step("unknown"),
    ]
    html = render_to_string("partials/_chain.html", {"steps": steps, "compact": compact})
    marks = re.findall(r"#(chain-\w+)", html)
    words = re.findall(r'class="chain-word">([^<]+)<', html)
    assert marks == ["chain-done", "chain-half", "chain-none", "chain-unknown"]
    assert words == ["Sudah", "Sebagian" if compact else "Dilatih, belum semua", "Belum", "Belum ada data"]
    assert pairs_of(html, "a", "href") == ["/pelatihan/12345/"]


def test_chain_refuses_a_state_it_does_not_know():
    with pytest.raises(ValueError, match="'merah'"):
        chain.chain_mark("merah")


def test_chip_has_word_and_icon_and_escapes():
    html = ui.chip("amber", "<b>Diajukan</b>")
    assert re.sub(r"<svg.*</svg>", "[icon]", html) == (
        '<span class="chip chip-amber">[icon]&lt;b&gt;Diajukan&lt;/b&gt;</span>'
    )
    assert "#hourglass-split" in html


def test_table_head_marks_numbers_and_leaves_out_an_empty_text():
    html = Template('{% load ui %}{% table_head "Desa" "Jumlah|num" "" kind actions=links %}')
    shown = html.render(Context({"kind": "L & P", "links": True}))
    assert re.findall(r"<th\b([^>]*)>(.*?)</th>", shown) == [
        (' scope="col"', "Desa"),
        (' scope="col" class="num"', "Jumlah"),
        (' scope="col"', "L &amp; P"),
        (' scope="col"', '<span class="visually-hidden">Tindakan</span>'),
    ]
    assert "Tindakan" not in html.render(Context({"kind": "L & P", "links": False}))


def test_crumbs_lead_home(db):
    assert ui.crumbs("Desa", "/desa/", "Desa Contoh Satu") == {
        "items": [("Beranda", "/"), ("Desa", "/desa/"), ("Desa Contoh Satu", "")]
    }
