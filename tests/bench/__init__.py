"""How fast the portal is, beside others in the same run: `./run bench`, or `python -m tests.bench`."""
