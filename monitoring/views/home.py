"""Beranda: who is how far along the chain, and who is missing."""

from django.core.paginator import Paginator
from django.db.models import Q
from django.shortcuts import render

from monitoring.chain import LABELS, STATE_WORDS, chains_of
from monitoring.forms.home import HomeFilter
from records.search import search_key
from villages.models import Village
from villages.naming import once_called

PAGE = 25


def home(request):
    filters = HomeFilter(request.GET, user=request.user)
    villages = (
        Village.objects.visible_to(request.user).select_related("subdistrict__district__settings_row").order_by("code")
    )
    if filters.cohort_year:
        villages = villages.of_cohort(filters.cohort_year)
    if filters.cleaned_data.get("kecamatan"):
        villages = villages.filter(subdistrict=filters.cleaned_data["kecamatan"])
    text = filters.cleaned_data.get("q") or ""
    if key := search_key(text):
        villages = villages.filter(Q(search_key__contains=key) | once_called(text))
    chains = chains_of(villages, filters.day, filters.cohort_year)
    shown = _in_state(chains, filters.cleaned_data.get("tahap"), filters.cleaned_data.get("keadaan"))
    page = Paginator(shown, PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "monitoring/home.html",
        {
            "filters": filters,
            "day": filters.day,
            "cohort_year": filters.cohort_year,
            "tiles": _tiles(chains),
            "total": len(chains),
            "page_obj": page,
            "paginator": page.paginator,
            "labels": list(LABELS.values()),
        },
    )


def _in_state(chains, stage, state):
    """The chains whose stage is in this state; a state alone asks any stage."""
    if not state:
        return chains
    stages = [stage] if stage else list(LABELS)
    return [chain for chain in chains if any(chain.stage(key).state == state for key in stages)]


def _tiles(chains):
    """Each stage with the number of villages in each state."""
    return [
        {
            "key": key,
            "label": label,
            "counts": [
                {"state": state.value, "word": word, "count": sum(chain.stage(key).state == state for chain in chains)}
                for state, word in STATE_WORDS.items()
            ],
        }
        for key, label in LABELS.items()
    ]
