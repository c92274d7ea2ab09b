"""Benchmarks of the portal beside other programs in the same run: `./run bench`, or `python -m tests.bench`."""
