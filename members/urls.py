"""Addresses for logging in and out. Names with account_ and mfa_ in front are those that allauth looks for.

Only what is needed of allauth: nobody signs up or has a password, and e-mail addresses are the secretary's to change.
"""

from allauth.mfa.base.views import index, reauthenticate
from allauth.mfa.recovery_codes.views import download_recovery_codes, generate_recovery_codes, view_recovery_codes
from allauth.mfa.totp.views import deactivate_totp
from allauth.mfa.webauthn.views import edit_webauthn, reauthenticate_webauthn, remove_webauthn
from django.urls import path

from members import views

urlpatterns = [
    path("login/", views.login, name="login"),
    path("login/", views.login, name="account_login"),
    path("login/", views.login, name="account_request_login_code"),
    path("login/", views.login, name="account_signup"),  # allauth would name it in mail to strangers
    path("login/code/", views.login_code, name="account_confirm_login_code"),
    path("login/second-step/", views.login_second_step, name="mfa_authenticate"),
    path("login/passkey/", views.login_passkey, name="mfa_login_webauthn"),
    path("login-link/<str:token>/", views.login_link, name="login_link"),
    path("logout/", views.logout, name="logout"),
    path("logout/", views.logout, name="account_logout"),
    path("me/security/", index, name="mfa_index"),
    path("me/security/", index, name="mfa_list_webauthn"),
    path("me/security/confirm/", reauthenticate, name="mfa_reauthenticate"),
    path("me/security/confirm/passkey/", reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("me/security/app/add/", views.app_add, name="mfa_activate_totp"),
    path("me/security/app/remove/", deactivate_totp, name="mfa_deactivate_totp"),
    path("me/security/passkeys/add/", views.passkey_add, name="mfa_add_webauthn"),
    path("me/security/passkeys/<int:pk>/rename/", edit_webauthn, name="mfa_edit_webauthn"),
    path("me/security/passkeys/<int:pk>/remove/", remove_webauthn, name="mfa_remove_webauthn"),
    path("me/security/recovery-codes/", view_recovery_codes, name="mfa_view_recovery_codes"),
    path("me/security/recovery-codes/new/", generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("me/security/recovery-codes/download/", download_recovery_codes, name="mfa_download_recovery_codes"),
]
