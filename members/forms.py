"""What people send when they log in, and when they set up a second step."""

import struct
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from allauth.account.forms import ConfirmLoginCodeForm, RequestLoginCodeForm
from allauth.core import context, ratelimit
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    EditWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from allauth.mfa.webauthn.internal.auth import get_state
from cryptography.exceptions import InvalidSignature
from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.encoding import iri_to_uri
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from fido2.webauthn import UserVerificationRequirement

from members.backends import MembershipBackend

LONGEST_NAME = 60
# A browser's answer about a passkey is one or two thousand characters of JSON.
LONGEST_CREDENTIAL = 20_000


class NextForm(forms.Form):
    """The page to go to next, as after logging in; `next` is empty where that would lead away from this site."""

    next = forms.CharField(max_length=500, required=False)

    def __init__(self, *args: object, host: str, is_secure: bool) -> None:
        super().__init__(*args)
        self.host, self.is_secure = host, is_secure

    def clean_next(self) -> str:
        """Only a path of this site: anything else could be taken for another site's, or for a view's name."""
        address = self.cleaned_data["next"]
        is_ours = url_has_allowed_host_and_scheme(address, allowed_hosts={self.host}, require_https=self.is_secure)
        return iri_to_uri(address) if is_ours and address.startswith("/") else ""


def next_of(request: HttpRequest, values: object) -> str:
    """Where to go next, if `values` name a page of this site; else nothing."""
    form = NextForm(values, host=request.get_host(), is_secure=request.is_secure())
    return form.cleaned_data["next"] if form.is_valid() else ""


class AskForCodeForm(RequestLoginCodeForm):
    """The address to send a code to. Any address will do: nobody learns here who is a member."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 (allauth's)
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("E-mail address")
        self.fields["email"].widget.attrs = {"autocomplete": "email", "spellcheck": "false"}
        self.fields["email"].error_messages["required"] = _("Write your e-mail address.")
        self._user = None

    def clean_email(self) -> str:
        """Find whom the code will let in; where codes were asked for too often, answer with a page that says so."""
        email = self.cleaned_data["email"]
        if not ratelimit.consume(context.request, action="request_login_code", key=email):
            raise ImmediateHttpResponse(ratelimit.respond_429(context.request))
        self._user = MembershipBackend().user_of_address(email)
        return email


class _Code(forms.Form):
    """One code, typed or filled in by the browser."""

    label = gettext_lazy("Code")
    hint = ""
    missing = gettext_lazy("Type the code.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 (allauth's)
        super().__init__(*args, **kwargs)
        code = self.fields["code"]
        code.label, code.help_text, code.max_length = self.label, self.hint, 40
        code.error_messages["required"] = self.missing
        code.widget.attrs = {"autocomplete": "one-time-code", "spellcheck": "false", "autofocus": True}


class CodeForm(_Code, ConfirmLoginCodeForm):
    """The code from the mail."""

    label = gettext_lazy("Code from the e-mail")
    hint = gettext_lazy("Eight letters. Capitals, spaces and the hyphen don’t matter.")


class SecondStepForm(_Code, AuthenticateForm):
    """The second step: an app's code, or a recovery code."""

    label = gettext_lazy("Code from your app, or a recovery code")


class ConfirmForm(_Code, ReauthenticateForm):
    """The same again, before a change to the second step."""

    label = gettext_lazy("Code from your app, or a recovery code")


class AddAppForm(_Code, ActivateTOTPForm):
    """The first code of an app that is being set up."""

    label = gettext_lazy("Code that the app shows now")
    hint = gettext_lazy("Six digits.")


class CredentialField(forms.JSONField):
    """What a browser says about a passkey, as JSON; anything else is refused in words."""

    widget = forms.HiddenInput
    default_error_messages = {
        "required": gettext_lazy("Your browser gave no passkey. Try again, or use a code."),
        "invalid": gettext_lazy("Your browser’s passkey could not be read. Try again, or use a code."),
    }

    def to_python(self, value: Any) -> Any:  # noqa: ANN401 (Django's)
        """The JSON as Python, which must be an object that a database can keep."""
        text = str(value or "")
        try:
            if len(text) > LONGEST_CREDENTIAL or "\\u0000" in text:
                raise ValueError
            found = super().to_python(value)
        except (ValueError, RecursionError):
            raise ValidationError(self.error_messages["invalid"], code="invalid") from None
        if found is not None and not isinstance(found, dict):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return found

    def bound_data(self, data: Any, initial: Any) -> Any:  # noqa: ANN401, ARG002 (Django's)
        """Nothing: an answer that was refused is of no more use."""
        return None

    def prepare_value(self, value: Any) -> str:  # noqa: ANN401, ARG002 (Django's)
        """The page leaves it to its script."""
        return ""


@contextmanager
def _refusing_forgeries() -> Iterator[None]:
    """Whatever a forged answer trips over in the libraries is an answer not accepted, and no error of the site."""
    try:
        yield
    except (TypeError, ValueError, LookupError, AttributeError, RecursionError, struct.error, InvalidSignature):
        raise ValidationError(CredentialField.default_error_messages["invalid"], code="invalid") from None


class _Passkey(forms.Form):
    """A passkey's answer to a question of the site's."""

    credential = CredentialField()

    def clean_credential(self) -> Authenticator:
        """The passkey that gave it."""
        with _refusing_forgeries():
            return super().clean_credential()


class SecondStepPasskeyForm(_Passkey, AuthenticateWebAuthnForm):
    """A passkey as the second step."""


class ConfirmPasskeyForm(_Passkey, ReauthenticateWebAuthnForm):
    """The same again, before a change to the second step."""


class LoginPasskeyForm(_Passkey, LoginWebAuthnForm):
    """A passkey that logs in by itself."""

    def clean_credential(self) -> Authenticator:
        """Only one that was added for that, and that was asked for a fingerprint, a face or a PIN.

        The question of a second step, which asks for less, may still lie in the session.
        """
        is_strict = (get_state() or {}).get("user_verification") == UserVerificationRequirement.REQUIRED
        passkey = super().clean_credential()
        if not is_strict or passkey.wrap().is_passwordless is False:
            raise ValidationError(CredentialField.default_error_messages["invalid"], code="invalid")
        return passkey


class AddPasskeyForm(AddWebAuthnForm):
    """A new passkey and what to call it."""

    name = forms.CharField(
        max_length=LONGEST_NAME,
        required=False,
        label=gettext_lazy("Name"),
        help_text=gettext_lazy("So that you can tell your passkeys apart: Work laptop, Phone."),
    )
    credential = CredentialField()
    passwordless = forms.BooleanField(
        required=False,
        initial=True,
        label=gettext_lazy("Log in with it alone, without a code by e-mail"),
        help_text=gettext_lazy(
            "The device then asks for your fingerprint, face or PIN. Leave it out for a key that you only touch."
        ),
    )

    def clean(self) -> dict[str, Any]:
        """Check what the browser says about the new passkey."""
        with _refusing_forgeries():
            return super().clean()


class RenamePasskeyForm(EditWebAuthnForm):
    """Another name for a passkey."""

    name = forms.CharField(
        max_length=LONGEST_NAME, label=gettext_lazy("Name"), error_messages={"required": gettext_lazy("Write a name.")}
    )
