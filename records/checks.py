from cryptography.fernet import Fernet
from django.conf import settings
from django.core.checks import Error, register


@register()
def keys_are_keys(app_configs, **kwargs):
    """Without a key nothing personal can be kept: say so before anybody writes."""
    if not settings.FIELD_KEYS:
        return [Error("FIELD_KEYS holds no key.", hint=HINT, id="records.E001")]
    for place, text in enumerate(settings.FIELD_KEYS, start=1):
        try:
            Fernet(text)
        except ValueError:
            fault = f"Key {place} of FIELD_KEYS is not a key."
            return [Error(fault, hint=HINT, id="records.E002")]
    return []


HINT = (
    "A key is 32 random bytes, url-safe base64: python3 -c "
    '"import base64, os; print(base64.urlsafe_b64encode(os.urandom(32)).decode())"'
)
