from django.urls import path

from imports.views import previews, runs, unsaved, words

app_name = "imports"
urlpatterns = [
    path("pengaturan/kabupaten/<int:pk>/kata/", words.word_list, name="word_list"),
    path("pengaturan/kabupaten/<int:pk>/kata/tambah/", words.WordCreate.as_view(), name="word_create"),
    path("pengaturan/kata/<int:pk>/hapus/", words.word_remove, name="word_remove"),
    path("impor/", runs.ImportList.as_view(), name="import_list"),
    path("impor/tambah/", runs.import_create, name="import_create"),
    path("impor/templat/<slug:kind>/", runs.import_template, name="import_template"),
    path("impor/<int:pk>/", previews.import_detail, name="import_detail"),
    path("impor/<int:pk>/lembar/", runs.import_sheets, name="import_sheets"),
    path("impor/<int:pk>/kolom/", runs.import_columns, name="import_columns"),
    path("impor/<int:pk>/kata/", words.import_words, name="import_words"),
    path("impor/<int:pk>/orang/", previews.import_choices, name="import_choices"),
    path("impor/<int:pk>/jenis/", runs.import_kind, name="import_kind"),
    path("impor/<int:pk>/baris/", previews.import_lines, name="import_lines"),
    path("impor/<int:pk>/jawaban/", previews.import_answers, name="import_answers"),
    path("impor/<int:pk>/simpan/", previews.import_apply, name="import_apply"),
    path("impor/<int:pk>/batal/", previews.import_cancel, name="import_cancel"),
    path("impor/<int:pk>/ulangi/", previews.import_retry, name="import_retry"),
    path("impor/<int:pk>/urungkan/", previews.import_undo, name="import_undo"),
    path("impor/<int:pk>/baris-salah/", unsaved.import_errors, name="import_errors"),
]
