"""All settings, read from the environment; `.env.example` lists every name."""

import os
from pathlib import Path
from urllib.parse import urlsplit

import dj_database_url
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent


def env_str(name: str, default: str = "") -> str:
    """The variable's value without spaces around it, or the default where it is unset or empty."""
    return os.environ.get(name, "").strip() or default


def env_bool(name: str, *, default: bool = False) -> bool:
    """True for 1, true, yes and on; False for 0, false, no and off; anything else stops the start."""
    value = env_str(name).lower()
    if not value:
        return default
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off"}:
        return False
    msg = f"{name} is {value!r}: write 1 or 0."
    raise ImproperlyConfigured(msg)


def env_int(name: str, default: int) -> int:
    """The variable as a whole number; anything else stops the start."""
    value = env_str(name)
    try:
        return int(value) if value else default
    except ValueError:
        msg = f"{name} is {value!r}: write a whole number."
        raise ImproperlyConfigured(msg) from None


def env_list(name: str) -> list[str]:
    """The variable split at commas, empty parts left out."""
    return [part.strip() for part in env_str(name).split(",") if part.strip()]


def env_choice(name: str, *choices: str) -> str:
    """One of the words, the first where the variable is unset or empty; anything else stops the start."""
    value = env_str(name, choices[0]).lower()
    if value in choices:
        return value
    msg = f"{name} is {value!r}: write {', '.join(choices[:-1])} or {choices[-1]}."
    raise ImproperlyConfigured(msg)


def env_secret(name: str, *, while_debugging: str) -> str:
    """A secret that has no default but while DEBUG is on."""
    value = env_str(name)
    if value:
        return value
    if DEBUG:
        return while_debugging
    msg = f"Set {name} (or DEBUG=1 on your own machine)."
    raise ImproperlyConfigured(msg)


DEBUG = env_bool("DEBUG")
SECRET_KEY = env_secret("SECRET_KEY", while_debugging="only-for-development-" + "x" * 40)

# Addresses in feeds, mails and commands come from here, never from a request.
SITE_URL = env_str("SITE_URL", f"http://127.0.0.1:{env_int('PORT', 8000)}" if DEBUG else "").rstrip("/")
if not SITE_URL:
    msg = "Set SITE_URL to the site's address, such as https://forum.example.org."
    raise ImproperlyConfigured(msg)
_site = urlsplit(SITE_URL)
if (
    _site.scheme not in {"http", "https"}
    or not _site.hostname
    or "@" in _site.netloc
    or _site.geturl() != (f"{_site.scheme}://{_site.netloc}")
):
    msg = f"SITE_URL is {SITE_URL!r}: write scheme and host only, such as https://forum.example.org."
    raise ImproperlyConfigured(msg)
ALLOWED_HOSTS = env_list("ALLOWED_HOSTS") or [_site.hostname]
if DEBUG:
    ALLOWED_HOSTS += ["127.0.0.1", "localhost", "[::1]"]
CSRF_TRUSTED_ORIGINS = [SITE_URL]

INSTALLED_APPS = [
    "wmodf.apps.SiteConfig",
    "meetings",
    "actions",
    "wishlists",
    "members",
    "wmodf.lib",
    "wmodf.apps.GroupAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "crispy_forms",
    "csp",
    "django_filters",
    "django_htmx",
    "simple_history",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "wmodf.lib.middleware.utf8_only",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "wmodf.lib.middleware.PrivateByDefaultMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
]

ROOT_URLCONF = "wmodf.urls"
WSGI_APPLICATION = "wmodf.wsgi.application"

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
                "wmodf.group.group",
            ],
        },
    },
]

# Writers queue instead of failing, a reader never waits for a writer, and what was saved survives a power cut.
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
}
DATABASES = {
    "default": dj_database_url.parse(
        env_str("DATABASE_URL", f"sqlite:///{BASE_DIR / 'data' / 'wmodf.sqlite3'}"),
        conn_max_age=600,
        conn_health_checks=True,
    )
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"].setdefault("OPTIONS", {}).update(SQLITE_OPTIONS)
    _file = Path(DATABASES["default"]["NAME"])
    if str(_file) != ":memory:":
        _file.parent.mkdir(parents=True, exist_ok=True)
# Shared by all processes: how often somebody tried to log in is counted here, with room for many who try at once.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "shared_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "members.User"
AUTHENTICATION_BACKENDS = ["members.backends.MembershipBackend"]
LOGIN_URL = "login"

# --- logging in: a code by e-mail, and for those who want one a second step -------------------------------------------
ACCOUNT_ADAPTER = "members.adapter.AccountAdapter"
ACCOUNT_FORMS = {"request_login_code": "members.forms.AskForCodeForm", "confirm_login_code": "members.forms.CodeForm"}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]  # nobody signs up: allauth wants the two settings to agree
ACCOUNT_EMAIL_VERIFICATION = "none"  # whoever types the code has the address
ACCOUNT_EMAIL_NOTIFICATIONS = True  # of every change to somebody's second step
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = ACCOUNT_LOGIN_TIMEOUT = 15 * 60
# One length of time for all, so that the page that refuses can say how long to wait.
RATE_LIMIT_MINUTES = 5
ACCOUNT_RATE_LIMITS = {
    "request_login_code": f"60/{RATE_LIMIT_MINUTES}m/ip,5/{RATE_LIMIT_MINUTES}m/key",
    "login_failed": f"60/{RATE_LIMIT_MINUTES}m/ip,5/{RATE_LIMIT_MINUTES}m/key",
    "reauthenticate": f"10/{RATE_LIMIT_MINUTES}m/user",
}
# The limits count by the address that the proxy in front wrote, never by one that a browser claims.
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if env_bool("BEHIND_PROXY") else 0
MFA_ADAPTER = "members.adapter.SecondStepAdapter"
MFA_FORMS = {
    "authenticate": "members.forms.SecondStepForm",
    "reauthenticate": "members.forms.ConfirmForm",
    "activate_totp": "members.forms.AddAppForm",
    "add_webauthn": "members.forms.AddPasskeyForm",
    "edit_webauthn": "members.forms.RenamePasskeyForm",
    "authenticate_webauthn": "members.forms.SecondStepPasskeyForm",
    "reauthenticate_webauthn": "members.forms.ConfirmPasskeyForm",
    "login_webauthn": "members.forms.LoginPasskeyForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_TOLERANCE = 1  # half a minute either way, for slow typing and clocks
MFA_RATE_LIMITS = {"webauthn_login": f"60/{RATE_LIMIT_MINUTES}m/ip"}
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEBUG  # browsers take http://localhost
# While on, the secretary's rooms and the admin open only to those who have an app or a passkey.
SECRETARY_NEEDS_SECOND_STEP = env_bool("SECRETARY_NEEDS_SECOND_STEP")

# The language of the site, for all its readers. English is in the source; others are catalogues in `locale`.
LANGUAGE_CODE = env_str("LANGUAGE_CODE", "en-gb").lower()
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Europe/London"
USE_I18N = True
USE_TZ = True
FORMAT_MODULE_PATH = ["wmodf.formats"]

STATIC_URL = "static/"
STATIC_ROOT = Path(env_str("STATIC_ROOT", str(BASE_DIR / "staticfiles")))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
# From the source tree while developing and testing, so that nothing need be collected first.
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = DEBUG

# How documents of notes are laid out: see meetings/minutes/layouts.py.
NOTES_LAYOUT = env_choice("NOTES_LAYOUT", "table", "columns", "highlights")

CRISPY_ALLOWED_TEMPLATE_PACKS = "wmodf"
CRISPY_TEMPLATE_PACK = "wmodf"

# A million characters of notes fit in any script, however a browser writes them, and the form around them.
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024
# The page of a batch has a date a file and two fields a question: hundreds of each, where nine years are taken in.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
# More than the 100 that the page for many files takes, so that it is the page that says so and no bare error.
DATA_UPLOAD_MAX_NUMBER_FILES = 500

# --- security -------------------------------------------------------------------------------------------------------
IS_HTTPS = _site.scheme == "https"
SESSION_COOKIE_SECURE = IS_HTTPS
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_SECURE = IS_HTTPS
CSRF_COOKIE_HTTPONLY = True
SECURE_SSL_REDIRECT = IS_HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env_bool("BEHIND_PROXY") else None
SECURE_HSTS_SECONDS = env_int("HSTS_SECONDS", 3600) if IS_HTTPS else 0
SECURE_REFERRER_POLICY = "same-origin"
CSRF_FAILURE_VIEW = "wmodf.lib.typed.csrf_failure"
X_FRAME_OPTIONS = "DENY"
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
    }
}
PERMISSIONS_POLICY = {
    feature: [] for feature in ("accelerometer", "camera", "geolocation", "gyroscope", "microphone", "payment", "usb")
}

# --- mail and log ---------------------------------------------------------------------------------------------------
EMAIL_HOST = env_str("EMAIL_HOST")
EMAIL_PORT = env_int("EMAIL_PORT", 587)
EMAIL_HOST_USER = env_str("EMAIL_HOST_USER")
EMAIL_HOST_PASSWORD = env_str("EMAIL_HOST_PASSWORD")
EMAIL_USE_TLS = env_bool("EMAIL_USE_TLS", default=True)
EMAIL_TIMEOUT = 20
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'console'}.EmailBackend"
DEFAULT_FROM_EMAIL = env_str("DEFAULT_FROM_EMAIL", "webmaster@localhost")

LOGGING_CONFIG = "wmodf.lib.logs.configure"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": env_str("LOG_LEVEL", "INFO")},
}
