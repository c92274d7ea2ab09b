from django.urls import reverse


def page(name, row):
    return reverse(f"kpspams:{name}", args=[row.pk])
