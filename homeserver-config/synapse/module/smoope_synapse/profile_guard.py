"""Profile guard: the picture of a person is set by the service, which makes it anew without metadata and deletes the one before.

Synapse has a setting for that (`enable_set_avatar_url: false`), and clients are told by it; but it lets a person without a
picture set a first one. There is no callback before a profile changes, so one method is wrapped. Whether it is what is expected
is checked at start; if not, Synapse does not start.
"""

import inspect
from typing import Any

from synapse.handlers.profile import ProfileHandler
from synapse.module_api import ModuleApi
from synapse.module_api.errors import Codes, ConfigError, SynapseError

ENTRY = "set_avatar_url"
PARAMETERS = [
    "self",
    "target_user",
    "requester",
    "new_avatar_url",
    "by_admin",
    "propagate",
]


def check_synapse(handler: type) -> None:
    """Raises ConfigError when this Synapse does not have the method that is wrapped."""
    method = getattr(handler, ENTRY, None)
    if method is None or list(inspect.signature(method).parameters) != PARAMETERS:
        raise ConfigError(
            f"profile guard: this Synapse has no {ENTRY}({', '.join(PARAMETERS)}); people could show pictures that nobody cleaned"
        )


class ProfileGuard:
    """Refuses a picture that does not come from the server administration."""

    def __init__(self, api: ModuleApi) -> None:
        check_synapse(ProfileHandler)
        handler = api._hs.get_profile_handler()
        inner = handler.set_avatar_url

        async def guarded(*, by_admin: bool = False, **change: Any) -> int | None:
            if not by_admin:
                raise SynapseError(
                    403, "Pictures are changed in the account", Codes.FORBIDDEN
                )
            return await inner(by_admin=by_admin, **change)

        setattr(handler, ENTRY, guarded)
