"""Filter by kind of group: formed by the Pamsimas programme or not."""

PAMSIMAS = "pamsimas"
KIND_CHOICES = (("", "Semua"), (PAMSIMAS, "Pamsimas"), ("non", "Non-Pamsimas"))
