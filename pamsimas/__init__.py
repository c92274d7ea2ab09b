"""The project: settings, urls, celery and the commands of `./run`. No app imports it.

Importing it loads nothing, because `./run` imports it with the Python of the machine.
"""
