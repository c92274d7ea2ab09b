from django.urls import path

from monitoring.views import (
    boundaries,
    coverage,
    entry_progress,
    final_figures,
    findings,
    home,
    map,
    pictures,
    public,
    search,
    unchecked,
)

app_name = "monitoring"
urlpatterns = [
    path("", home.Home.as_view(), name="home"),
    path("cari/", search.search_page, name="search"),
    path("kemajuan-entri/", entry_progress.EntryProgress.as_view(), name="entry_progress"),
    path("perlu-dicek/", unchecked.Unchecked.as_view(), name="unchecked"),
    path("cakupan/", coverage.CoveragePage.as_view(), name="coverage"),
    path("temuan/", findings.Findings.as_view(), name="findings"),
    path("temuan/<slug:finding>/", findings.FindingGroups.as_view(), name="finding_groups"),
    path("peta/", map.MapPage.as_view(), name="map"),
    path("peta/batas/", boundaries.boundary_list, name="boundary_list"),
    path("peta/batas/impor/", boundaries.boundary_import, name="boundary_import"),
    path("peta/batas/hapus/", boundaries.boundary_delete, name="boundary_delete"),
    path("peta/batas/periksa/<slug:token>/", boundaries.boundary_check, name="boundary_check"),
    path("gambar/", pictures.PictureList.as_view(), name="picture_list"),
    path("gambar/<slug:picture>/", pictures.PictureDetail.as_view(), name="picture_detail"),
    path("angka/", final_figures.FiguresList.as_view(), name="figures_list"),
    path("angka/tetapkan/", final_figures.FiguresCreate.as_view(), name="figures_create"),
    path("angka/<int:pk>/", final_figures.FiguresDetail.as_view(), name="figures_detail"),
    path("angka/<int:pk>/cabut/", final_figures.figures_withdraw, name="figures_withdraw"),
    path("umum/", public.public_list, name="public_list"),
    path("umum/<str:code>/", public.public_page, name="public_page"),
    path("umum/<str:code>/data.json", public.public_json, name="public_json"),
    path("umum/<str:code>/data.csv", public.public_csv, name="public_csv"),
    path("umum/<str:code>/metadata.csv", public.public_metadata, name="public_metadata"),
]
