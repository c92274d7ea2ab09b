"""Settings of every installation. Each variable of the environment is read once, here.

Without DATABASE_URL the portal is a demo: SQLite and a broker that needs no server, both under the data
directory, with sample rows. With DATABASE_URL it is production, and starting without a secret, with open
hosts or with DEBUG is refused. `.env.example` explains every variable.
"""

import re
from pathlib import Path

import environ
from celery.schedules import crontab
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from kombu import Queue

from jobs.limits import TASK_LIMIT, TASK_SOFT_LIMIT
from pamsimas.environment import env, folder, kept_secret, read, switch, whole

BASE_DIR = Path(__file__).resolve().parent.parent

# Places -------------------------------------------------------------------------------------------------

DATA_DIR = folder(Path(read(env.str, "PAMSIMAS_DATA_DIR", str(BASE_DIR / "var"))).resolve())
MEDIA_ROOT = folder(DATA_DIR / "media")  # private: only views that check rights serve files
STATIC_ROOT = BASE_DIR / "staticfiles"
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]

# Demo or production -------------------------------------------------------------------------------------

DATABASE_URL = read(env.str, "DATABASE_URL", "")
PRODUCTION = bool(DATABASE_URL)
DEMO_MODE = not PRODUCTION
DEBUG = switch("DEBUG", False)
SECRET_KEY = read(env.str, "SECRET_KEY", "")
ALLOWED_HOSTS = [host.strip() for host in read(env.list, "ALLOWED_HOSTS", []) if host.strip()]
HTTPS = switch("HTTPS", PRODUCTION)
PROXIES = whole("PROXIES", 0, 0, 5)  # number of our own proxies in front, which may name the client

if PRODUCTION:
    if DEBUG:
        raise ImproperlyConfigured("DEBUG must be off where DATABASE_URL is set: it shows secrets to visitors.")
    if len(SECRET_KEY) < 50 or len(set(SECRET_KEY)) < 10 or "GANTI" in SECRET_KEY.upper():
        raise ImproperlyConfigured(
            "SECRET_KEY must be set to at least 50 characters of your own where DATABASE_URL is set; "
            "`./run secret` prints one."
        )
    if not ALLOWED_HOSTS or any("*" in host or host == "." for host in ALLOWED_HOSTS):
        raise ImproperlyConfigured(
            "ALLOWED_HOSTS must name the hosts of this portal, without *, where DATABASE_URL is set."
        )
else:
    SECRET_KEY = SECRET_KEY or kept_secret(DATA_DIR / "secret_key")
    ALLOWED_HOSTS = ALLOWED_HOSTS or ["localhost", "127.0.0.1", "[::1]"]

# Public URL of this portal, in the QR of issued documents and in messages.
PORTAL_URL = read(env.str, "PORTAL_URL", "") or (
    f"https://{ALLOWED_HOSTS[0]}" if PRODUCTION else f"http://127.0.0.1:{whole('PORT', 8000, 0, 65535)}"
)
if not PORTAL_URL.startswith(("https://", "http://")):
    raise ImproperlyConfigured("PORTAL_URL must begin with https:// (or http:// in a closed network).")

# Applications ------------------------------------------------------------------------------------------------

# Apps with tables.
PORTAL_APPS = [
    "records",  # first, because its ready() sets the messages of Django's form checks
    "reports",
    "documents",
    "monitoring",
    "fieldwork",
    "trainings",
    "plans",
    "kpspams",
    "villages",
    "imports",
    "accounts",
    "jobs",
]
INSTALLED_APPS = [
    "pamsimas.apps.PamsimasConfig",
    *PORTAL_APPS,
    "crispy_forms",
    "crispy_bootstrap5",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "pamsimas.middleware.ProxyCheckMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "pamsimas.middleware.PageCompressionMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "pamsimas.middleware.HealthMiddleware",
    "pamsimas.middleware.RequestSizeMiddleware",
    "pamsimas.middleware.WholeRequestMiddleware",
    "pamsimas.middleware.NotAllowedPageMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.middleware.TemporaryPasswordMiddleware",
    "accounts.middleware.LoginMiddleware",
    "accounts.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "records.saved_drafts.SavedDraftMiddleware",
]

ROOT_URLCONF = "pamsimas.urls"
WSGI_APPLICATION = "pamsimas.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "accounts.context.rights",
                "records.context.saved_drafts",
            ],
        },
    }
]
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"

# Database -----------------------------------------------------------------------------------------------

SQLITE_OPTIONS = {
    # Without IMMEDIATE a transaction that reads and then writes fails when another wrote in between.
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA busy_timeout=20000;",
}


def database():
    """The database: PostgreSQL or SQLite by DATABASE_URL, otherwise SQLite in the data directory."""
    if not DATABASE_URL:
        found = {"ENGINE": "django.db.backends.sqlite3", "NAME": str(DATA_DIR / "portal.sqlite3")}
    else:
        found = env.db("DATABASE_URL")
    if found["ENGINE"] == "django.db.backends.sqlite3":
        # Tests use a file too: a separate worker process must see the same rows.
        # Kept open: opening the file and its schema takes longer than the queries of a page.
        return found | {
            "OPTIONS": SQLITE_OPTIONS,
            "CONN_MAX_AGE": None,
            "TEST": {"NAME": str(DATA_DIR / "test.sqlite3")},
        }
    if found["ENGINE"] != "django.db.backends.postgresql":
        raise ImproperlyConfigured("DATABASE_URL must begin with postgres:// or sqlite:///.")
    # A server that does not answer must not hold a page for minutes.
    found["OPTIONS"] = {"connect_timeout": 5} | found.get("OPTIONS", {})
    return found | {"CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True}


DATABASES = {"default": database()}

# Queue --------------------------------------------------------------------------------------------------
# The row is the job; a lost message delays it until beat requeues it.

REDIS_URL = read(env.str, "REDIS_URL", "")
WORKER_HEARTBEAT_FILE = read(env.str, "WORKER_HEARTBEAT_FILE", "")  # set by the process that starts the worker
CELERY_TASK_DEFAULT_QUEUE = "portal"  # no dot: the filesystem transport makes file names of it
# Documents have a queue of their own: the worker reads both in turn, so that 300 documents delay no import.
CELERY_TASK_QUEUES = [Queue("portal"), Queue("documents")]
CELERY_TASK_ROUTES = {"reports.tasks.render_report": {"queue": "documents"}}
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_PUBLISH_RETRY = False  # a hung broker must not block a page
CELERY_TASK_TIME_LIMIT = TASK_LIMIT
CELERY_TASK_SOFT_TIME_LIMIT = TASK_SOFT_LIMIT
CELERY_WORKER_CONCURRENCY = whole("WORKER_PROCESSES", 2, 1, 64)
CELERY_WORKER_POOL = "pamsimas.pool:TaskPool"
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_MAX_TASKS_PER_CHILD = 200
CELERY_WORKER_MAX_MEMORY_PER_CHILD = 300_000  # kB
# A new child loads the PDF renderer before its first heartbeat; 4 s are not enough on a busy machine.
CELERY_WORKER_PROC_ALIVE_TIMEOUT = 60
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BEAT_SCHEDULER = "pamsimas.beat:Scheduler"
CELERY_BEAT_SCHEDULE_FILENAME = str(DATA_DIR / "beat-schedule")
CELERY_BEAT_SCHEDULE = {
    # A message expires when the next one of its kind is sent.
    "requeue_stale_reports": {
        "task": "reports.tasks.requeue_stale_reports",
        "schedule": 20,
        "options": {"expires": 20},
    },
    "tidy": {"task": "reports.tasks.tidy", "schedule": 3600, "options": {"expires": 3600}},
    "requeue_stale_imports": {
        "task": "imports.tasks.requeue_stale_imports",
        "schedule": 20,
        "options": {"expires": 20},
    },
    "delete_expired_drafts": {"task": "records.tasks.delete_expired_drafts", "schedule": crontab(hour=1, minute=20)},
    "clear_expired_imports": {"task": "imports.tasks.clear_expired_imports", "schedule": crontab(hour=1, minute=40)},
    "count_touched": {"task": "monitoring.tasks.count_touched", "schedule": 60, "options": {"expires": 60}},
    "make_scheduled": {"task": "reports.tasks.make_scheduled", "schedule": crontab(hour="6-23", minute=0)},
    "send_digests": {"task": "monitoring.tasks.send_digests", "schedule": crontab(hour=6, minute=30)},
    "count_all": {"task": "monitoring.tasks.count_all", "schedule": crontab(hour=0, minute=10)},
}
CELERY_TIMEZONE = "Asia/Jakarta"

if REDIS_URL:
    if not REDIS_URL.startswith(("redis://", "rediss://")):
        raise ImproperlyConfigured("REDIS_URL must begin with redis:// or rediss://.")
    CELERY_BROKER_URL = REDIS_URL
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "visibility_timeout": 3 * CELERY_TASK_TIME_LIMIT,
        # Otherwise the message of a dead worker returns up to 100 s later.
        "unacked_restore_interval": 10,
        "unacked_restore_throttle": 1,
        "socket_timeout": 2,
        "socket_connect_timeout": 2,
        "max_retries": 1,
    }
else:
    CELERY_BROKER_URL = "filesystem://localhost//"
    BROKER_DIR = folder(DATA_DIR / "broker")
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(folder(BROKER_DIR / "messages")),
        "data_folder_out": str(BROKER_DIR / "messages"),
        "control_folder": str(folder(BROKER_DIR / "control")),
        "store_processed": False,
        "polling_interval": 0.1,
    }

# Accounts -----------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["accounts.backends.AccountBackend"]
LOGIN_URL = "accounts:login"
LOGIN_REDIRECT_URL = "monitoring:home"
LOGOUT_REDIRECT_URL = "accounts:login"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH, OURS = "django.contrib.auth.password_validation", "accounts.password_validators"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"{AUTH}.UserAttributeSimilarityValidator", "OPTIONS": {"user_attributes": ["username", "name", "email"]}},
    {"NAME": f"{AUTH}.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    *({"NAME": f"{OURS}.{name}"} for name in ("CommonStemValidator", "LocalWordsValidator", "PatternValidator")),
]
TEMPORARY_PASSWORD_DAYS = whole("TEMPORARY_PASSWORD_DAYS", 7, 1, 90)  # validity of a first or reset password
APPROVAL_WAIT_DAYS = whole(
    "APPROVAL_WAIT_DAYS", 14, 1, 365
)  # days during which the creator of an account counts as its owner
SESSION_COOKIE_AGE = 30 * 24 * 3600  # seconds; limit of a session, which the login shortens
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "records.expired.csrf_failure"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# Headers ------------------------------------------------------------------------------------------------

MAP_TILES_URL = read(env.str, "MAP_TILES_URL", "").strip()  # of a map server for the page Peta; empty: none is used
MAP_TILES_HOST = re.match(r"https://[A-Za-z0-9.-]+(:\d+)?(?=/)", MAP_TILES_URL)
if MAP_TILES_URL and not (MAP_TILES_HOST and all(part in MAP_TILES_URL for part in ("{z}", "{x}", "{y}"))):
    raise ImproperlyConfigured("MAP_TILES_URL must begin with https://HOST/ and hold {z}, {x} and {y}.")
TILES_FROM = [MAP_TILES_HOST[0]] if MAP_TILES_HOST else []

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "font-src": [SELF],
        "img-src": [SELF, "data:", *TILES_FROM],  # the style sheet has arrows and ticks as data: images
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]  # requested from inside the machine, without TLS
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = False
if PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# Language and numbers ------------------------------------------------------------------------------------

LANGUAGE_CODE = "id"
TIME_ZONE = "Asia/Jakarta"
USE_I18N = True
USE_TZ = True
USE_THOUSAND_SEPARATOR = True

# Files and uploads --------------------------------------------------------------------------------------

STORAGES = {
    "default": {"BACKEND": "records.storage.PrivateFileStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage",
        # Public, and often collected by another user than the serving one. Without these the permissions
        # of uploads below would apply here too.
        "OPTIONS": {"file_permissions_mode": 0o644, "directory_permissions_mode": 0o755},
    },
}
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 2**20  # bytes
MAX_REQUEST_BYTES = 64 * 2**20  # a whole request: six photos of 10 MB and their form
DATA_UPLOAD_MAX_NUMBER_FIELDS = 15_000  # a work plan of 300 lines with months and sources; 500 people x sessions

# E-mail and logs -------------------------------------------------------------------------------------

# Without EMAIL_URL no e-mail is sent or offered.
EMAIL_URL = read(env.str, "EMAIL_URL", "")
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
if EMAIL_URL:
    try:
        globals().update(environ.Env.email_url_config(EMAIL_URL))
    except (ValueError, KeyError) as error:
        raise ImproperlyConfigured(f"EMAIL_URL cannot be read: {error}") from error
EMAIL_TIMEOUT = 10  # seconds
DEFAULT_FROM_EMAIL = read(env.str, "EMAIL_FROM", "portal@localhost")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "django": {"handlers": ["console"], "level": "INFO", "propagate": False},
        "celery.worker.strategy": {"level": "WARNING"},  # otherwise every requeueing would write two lines
        "celery.app.trace": {"level": "WARNING"},
        "fontTools": {"level": "WARNING"},
        "weasyprint": {"level": "ERROR"},
    },
}

SILENCED_SYSTEM_CHECKS = [
    "security.W021",  # preload would bind the whole domain, which is not ours
]
