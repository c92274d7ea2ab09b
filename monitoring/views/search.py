"""Page of the search (Cari), for the search box of every page."""

from django import forms
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.search import search
from records.fields import SeenField


class SearchForm(forms.Form):
    q = SeenField(label="Cari desa, KPSPAMS, orang, pelatihan, rencana kerja, atau kode dokumen", max_length=100)


@require_safe
def search_page(request):
    form = SearchForm(request.GET or None)
    text = form.cleaned_data["q"] if form.is_bound and form.is_valid() else ""
    return render(
        request,
        "monitoring/search.html",
        {"form": form, "text": text, "found": search(request.user, text) if text else []},
    )
