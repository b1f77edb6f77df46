"""Every setting of the site, in sections. Defaults are safe; the environment may change what it names."""

from pathlib import Path

from csp.constants import NONE, SELF

from mystory import env, trust, working
from mystory.database.addresses import OWNER, SITE, address

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(env.text("MYSTORY_VAR", str(BASE_DIR / "var")))

## The site ---------------------------------------------------------------------------------------
DEBUG = env.flag("MYSTORY_DEBUG", default=False)
DEMO = env.flag("MYSTORY_DEMO", default=False)
DEMO_STORIES = env.flag("MYSTORY_DEMO_STORIES", default=True)
# The demo and a developer's site keep a key of their own under var/; a real site is given one.
SECRET_KEY = env.text("MYSTORY_SECRET_KEY") or env.kept_secret(VAR_DIR / "secret-key", allowed=DEMO or DEBUG)
SECRET_KEY_FALLBACKS = env.words("MYSTORY_OLD_SECRET_KEYS")
SITE_URL = env.address("MYSTORY_SITE_URL", "http://localhost:8000")
ALLOWED_HOSTS = env.words("MYSTORY_HOSTS") or sorted({env.host(SITE_URL), "localhost", "127.0.0.1", "[::1]"})
SITE_NAME = env.text("MYSTORY_SITE_NAME", "MyStory")
PUBLISHER_NAME = env.text("MYSTORY_PUBLISHER_NAME", "YourStory")
# Where holes are reported, as an address: mailto: or https:.
SECURITY_CONTACT = env.text("MYSTORY_SECURITY_CONTACT", "mailto:security@mystory.example")
TERMS_VERSION = "2026-11"

ROOT_URLCONF = "mystory.urls"
WSGI_APPLICATION = "mystory.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    # the site's own
    "mystory",
    "accounts",
    "stories",
    # Django's
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    # others'
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "crispy_forms",
    "csp",
    "django_prose_editor",
    "django_tasks",
    "django_tasks_db",
    "js_asset",
]

MIDDLEWARE = [
    "mystory.headers.send_no_body_to_head",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "mystory.headers.forbid_what_is_not_needed",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "accounts.middleware.never_keep_private_pages",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.middleware.ask_editors_for_second_factor",
]

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
                "mystory.context.site",
                "stories.notices.context.unread_notices",
            ],
        },
    }
]

## Database ---------------------------------------------------------------------------------------
# `default` is the role that the site and its workers run as; `owner` owns the tables and migrates. With one
# address given both are it; with none both roles are the embedded server's, which is not started from here.
EMBEDDED = not env.text("DATABASE_URL")
DATABASE_URL = env.text("DATABASE_URL") or address(VAR_DIR, user=SITE)
DATABASE_OWNER_URL = env.text("DATABASE_OWNER_URL") or (
    address(VAR_DIR, user=OWNER) if EMBEDDED else DATABASE_URL
)
DATABASES = {
    "default": env.database(DATABASE_URL),
    "owner": {**env.database(DATABASE_OWNER_URL, name="DATABASE_OWNER_URL"), "TEST": {"MIRROR": "default"}},
}
CACHES = {
    # One cache for all processes: rate limits that each process counts for itself are none.
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "site_cache",
        # Far more than a day's limits need: beyond it Django throws a third away, whether it still counts or not.
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    },
}

## Who somebody is --------------------------------------------------------------------------------
HTTPS = SITE_URL.startswith("https://")
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 8}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/writing/"
REQUIRE_SECOND_FACTOR_FOR_EDITORS = env.flag("MYSTORY_REQUIRE_SECOND_FACTOR_FOR_EDITORS", default=HTTPS)

# A session ends two weeks after the last thing it kept (signing in, a message); without "keep me signed in"
# its cookie ends with the browser. Over https the cookies' names bind them to this host and this scheme.
SESSION_COOKIE_AGE = 14 * 24 * 60 * 60
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# How many proxies of ours stand before the site: only their part of X-Forwarded-For is believed.
ALLAUTH_TRUSTED_PROXY_COUNT = env.number("MYSTORY_TRUSTED_PROXIES", default=0)

ACCOUNT_ADAPTER = "accounts.adapters.AccountAdapter"
ACCOUNT_FORMS = {
    "signup": "accounts.forms.SignupForm",
    "login": "accounts.forms.LoginForm",
    "reauthenticate": "accounts.forms.AgainForm",
    "reset_password": "accounts.forms.ResetForm",
    "reset_password_from_key": "accounts.forms.NewPasswordForm",
    "change_password": "accounts.forms.ChangePasswordForm",
    "add_email": "accounts.forms.ChangeEmailForm",
    "confirm_email_verification_code": "accounts.forms.ConfirmEmailForm",
    "confirm_password_reset_code": "accounts.forms.ConfirmResetForm",
}
ACCOUNT_LOGIN_METHODS = {"email", "username"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "username*", "password1*"]
ACCOUNT_USERNAME_MIN_LENGTH = 3
ACCOUNT_PRESERVE_USERNAME_CASING = False
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if HTTPS else "http"
MFA_ADAPTER = "accounts.adapters.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "accounts.forms.SecondFactorForm",
    "reauthenticate": "accounts.forms.SecondFactorAgainForm",
    "activate_totp": "accounts.forms.ActivateTOTPForm",
    "add_webauthn": "accounts.forms.AddKeyForm",
    "edit_webauthn": "accounts.forms.RenameKeyForm",
    "login_webauthn": "accounts.forms.LoginKeyForm",
    "authenticate_webauthn": "accounts.forms.KeyForm",
    "reauthenticate_webauthn": "accounts.forms.KeyAgainForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_TOLERANCE = 1
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS

## Text, pictures, time ---------------------------------------------------------------------------
LANGUAGE_CODE = "en"
LANGUAGES = [  # those that a member may write in, in their own words
    ("en", "English"),
    ("hi", "हिन्दी"),
    ("bn", "বাংলা"),
    ("te", "తెలుగు"),
    ("ta", "தமிழ்"),
    ("kn", "ಕನ್ನಡ"),
    ("mr", "मराठी"),
    ("ml", "മലയാളം"),
    ("or", "ଓଡ଼ିଆ"),
    ("gu", "ગુજરાતી"),
    ("pa", "ਪੰਜਾਬੀ"),
    ("as", "অসমীয়া"),
    ("ur", "اردو"),
]
TIME_ZONE = working.zone("MYSTORY_TIME_ZONE", "Asia/Kolkata")
USE_I18N = True
LOCALE_PATHS = [BASE_DIR / "locale"]  # what mails say in other languages than English
USE_TZ = True
MEDIA_ROOT, MEDIA_URL = VAR_DIR / "media", "/media/"
STATIC_ROOT, STATIC_URL = VAR_DIR / "static", "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    # Pictures: in MEDIA_ROOT, or wherever a class of Django's storages keeps them.
    "default": env.storage("MYSTORY_MEDIA_STORAGE", "MYSTORY_MEDIA_OPTIONS"),
    "staticfiles": {"BACKEND": "mystory.statics.FingerprintedFiles"},
}
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = (
    *("jpg", "jpeg", "png", "gif", "webp", "avif"),
    *("woff", "woff2", "zip", "gz", "br", "map"),
)
DATA_UPLOAD_MAX_MEMORY_SIZE = 3 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "stories.writing.limits.CutLargeFiles",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
CRISPY_ALLOWED_TEMPLATE_PACKS = ["mystory"]
CRISPY_TEMPLATE_PACK = "mystory"

## The editors' desk ------------------------------------------------------------------------------
CLAIM_MINUTES = env.number("MYSTORY_CLAIM_MINUTES", default=20, least=1)
# How long an editor can take a decision back, before anything of it is sent; 0 for not at all.
TAKE_BACK_SECONDS = env.number("MYSTORY_TAKE_BACK_SECONDS", default=30, least=0)
FIX_WORDS = trust.FIX_WORDS
SECOND_AGREEMENT = trust.SECOND_AGREEMENT
SECOND_READING_PERCENT, SECOND_LOOK_PERCENT = trust.SECOND_READING_PERCENT, trust.SECOND_LOOK_PERCENT
TRUSTED_AFTER, SMALL_CHANGE_WORDS = trust.TRUSTED_AFTER, trust.SMALL_CHANGE_WORDS
STORIES_BEFORE_FIRST = trust.STORIES_BEFORE_FIRST

# An answer is due after so many of the team's working hours; while the author has the story they do not pass.
ANSWER_HOURS = env.number("MYSTORY_ANSWER_HOURS", default=18, least=1)
WORKING_DAYS = working.days("MYSTORY_WORKING_DAYS", "Mon-Fri")
WORKING_SPANS = working.spans("MYSTORY_WORKING_HOURS", "09:00-18:00")
WORKING_ZONE = working.zone("MYSTORY_WORKING_ZONE", TIME_ZONE)
HOLIDAYS, YEARLY_HOLIDAYS = working.holidays("MYSTORY_HOLIDAYS")

## Mail and work in the background ----------------------------------------------------------------
MAIL = env.mail("MYSTORY_MAIL_URL")
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if MAIL.host else 'filebased'}.EmailBackend"
EMAIL_HOST, EMAIL_PORT, EMAIL_USE_SSL, EMAIL_USE_TLS = (
    MAIL.host,
    MAIL.port,
    MAIL.ssl,
    MAIL.host and not MAIL.ssl,
)
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD, EMAIL_TIMEOUT = MAIL.user, MAIL.password, 20
EMAIL_FILE_PATH = VAR_DIR / "mail"
DEFAULT_FROM_EMAIL = env.text("MYSTORY_MAIL_FROM", "MyStory <no-reply@mystory.example>")
# Where an author's answer to a decision goes. Each notice of one names it, so the chief editors have to read it.
EDITORS_MAIL = env.text("MYSTORY_EDITORS_MAIL", "editors@mystory.example")
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

## Safety -----------------------------------------------------------------------------------------
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "mystory.errors.csrf_failure"
# Over https for good: browsers are told for a year, and a proxy of ours says which scheme it was asked with.
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_PROXY_SSL_HEADER = (
    ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS and ALLAUTH_TRUSTED_PROXY_COUNT else None
)
CSRF_TRUSTED_ORIGINS = [SITE_URL] if HTTPS else []
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}

## What is written down ---------------------------------------------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"terminal": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["terminal"], "level": "WARNING"},
    "loggers": {
        # A missing page or a refused form is the asker's mistake, and too many of them hide our own.
        "django": {"handlers": ["terminal"], "level": "ERROR", "propagate": False},
        "mystory.security": {
            "level": env.choice("MYSTORY_SECURITY_LOG", ("INFO", "WARNING"), default="WARNING")
        },
    },
}
