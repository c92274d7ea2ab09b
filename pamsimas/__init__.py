"""The roof: settings, urls, celery and what `./run` needs. No app imports it.

Importing it loads nothing: `./run` does so with the bare Python of the machine.
"""
