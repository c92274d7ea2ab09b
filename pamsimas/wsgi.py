"""WSGI application that gunicorn serves."""

import os

from django.core.wsgi import get_wsgi_application

from pamsimas import database_limits

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pamsimas.settings")

application = get_wsgi_application()
database_limits.set_limits(database_limits.WEB)
