"""How fast papers are made, beside ReportLab in the same run: `./run bench`, or `python -m tests.bench`."""
