"""Benchmark of the resident memory of a process that makes one document after another: goal 5."""

import subprocess
import sys

from tests.bench.measure import goal

PROGRAMME = """
import gc, django; django.setup()
from documents.rendering import pdf; from tests.bench import papers
from tests.bench.measure import resident_mib
pdf.preload(); pdf.warm()
seen = []
for number in range(1, 501):
    pdf.make(papers.sheet_html(20 + number % 40)); gc.collect()
    if number in (50, 500):
        seen.append(resident_mib())
print(*seen)
"""


def run() -> bool:
    found = subprocess.run([sys.executable, "-c", PROGRAMME], capture_output=True, text=True, check=True)
    after_50, after_500 = map(float, found.stdout.split())
    ratio = after_500 / after_50
    text = f"{ratio:.3f} x ({after_50:.0f} MiB after 50, {after_500:.0f} MiB after 500)"
    return goal("5 memory after 500 documents <= 1.05 x after 50", text, ratio <= 1.05)
