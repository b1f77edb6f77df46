"""Where gunicorn meets the site."""

import os

from django.core.wsgi import get_wsgi_application

from mystory.problem import plainly

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mystory.settings")
with plainly():
    application = get_wsgi_application()
