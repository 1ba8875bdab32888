"""What people send when they log in."""

from django import forms
from django.utils.encoding import iri_to_uri
from django.utils.http import url_has_allowed_host_and_scheme


class NextForm(forms.Form):
    """The page to go to after logging in; `next` is empty where that would lead away from this site."""

    next = forms.CharField(max_length=500, required=False)

    def __init__(self, *args: object, host: str, is_secure: bool) -> None:
        super().__init__(*args)
        self.host, self.is_secure = host, is_secure

    def clean_next(self) -> str:
        """Only an address of this site."""
        address = self.cleaned_data["next"]
        is_ours = url_has_allowed_host_and_scheme(address, allowed_hosts={self.host}, require_https=self.is_secure)
        return iri_to_uri(address) if is_ours else ""
