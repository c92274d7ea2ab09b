"""Gambar: the numbers of monitoring drawn, all on one page and each on its own with its table."""

from django.http import Http404
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.generic import TemplateView

from accounts.lists import ExportMixin
from monitoring.charts import OUTLINES, Picture, picture, pictures
from monitoring.forms.charts import PictureFilter


class PictureList(TemplateView):
    template_name = "monitoring/pictures.html"

    def get_context_data(self, **kwargs):
        filters = PictureFilter(self.request.GET, user=self.request.user, searchable=False)
        return super().get_context_data(**kwargs) | {"filters": filters, "pictures": pictures(filters)}


class PictureDetail(ExportMixin, TemplateView):
    template_name = "monitoring/picture.html"

    def dispatch(self, request, *args, **kwargs):
        if kwargs["picture"] not in OUTLINES:
            raise Http404(f"No picture {kwargs['picture']}")
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def filters(self) -> PictureFilter:
        return PictureFilter(self.request.GET, user=self.request.user, searchable=False)

    @cached_property
    def picture(self) -> Picture:
        return picture(self.kwargs["picture"], self.filters)

    @property
    def export_title(self):
        return self.picture.title

    @property
    def export_columns(self):
        return self.picture.columns

    def export_rows(self):
        return self.picture.rows

    def export_facts(self):
        return self.picture.facts

    def get_context_data(self, **kwargs):
        crumbs = [
            ("Beranda", reverse("monitoring:home")),
            ("Gambar", reverse("monitoring:picture_list")),
            (self.picture.title, ""),
        ]
        return super().get_context_data(**kwargs) | {
            "filters": self.filters,
            "picture": self.picture,
            "crumbs": crumbs,
        }
