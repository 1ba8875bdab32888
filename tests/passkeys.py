"""A passkey in software: it answers as a device does, with a real key, and says of its owner what the test wants."""

import json
from dataclasses import dataclass, field

from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.utils import sha256, websafe_encode
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData

SITE = b"testserver"
ID = b"passkey-of-a-test"
TOUCHED, KNOWN = 0x01, 0x05  # the owner touched it; they also gave a finger, a face or a PIN
ATTESTED = 0x40


@dataclass
class Passkey:
    """One key of one user; `alone` says whether it was added to log in by itself."""

    user: object
    alone: bool = True
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))

    def add(self):
        """Store it, as adding it on the page does."""
        public = ES256.from_cryptography_key(self.key.public_key())
        credential = AttestedCredentialData.create(b"\0" * 16, ID, public)
        about = AuthenticatorData.create(sha256(SITE), KNOWN | ATTESTED, 0, credential)
        response = {
            "clientDataJSON": websafe_encode(client_data("webauthn.create", websafe_encode(b"challenge"))),
            "attestationObject": websafe_encode(bytes(AttestationObject.create("none", about, {}))),
        }
        extensions = {"credProps": {"rk": self.alone}}
        stored = {**named(), "response": response, "clientExtensionResults": extensions}
        Authenticator.objects.create(user=self.user, type="webauthn", data={"name": "Key", "credential": stored})
        return self

    def answer(self, challenge, *, flags=KNOWN):
        """What the browser sends back."""
        about = bytes(AuthenticatorData.create(sha256(SITE), flags, 1))
        data = client_data("webauthn.get", challenge)
        response = {
            "clientDataJSON": websafe_encode(data),
            "authenticatorData": websafe_encode(about),
            "signature": websafe_encode(self.key.sign(about + sha256(data), ec.ECDSA(hashes.SHA256()))),
            "userHandle": websafe_encode(user_pk_to_url_str(self.user).encode()),
        }
        return json.dumps({**named(), "response": response, "clientExtensionResults": {}})


def named():
    return {"id": websafe_encode(ID), "rawId": websafe_encode(ID), "type": "public-key"}


def client_data(kind, challenge):
    return json.dumps({"type": kind, "challenge": challenge, "origin": "https://testserver"}).encode()
