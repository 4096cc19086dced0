import asyncio
import unittest
from types import SimpleNamespace
from typing import Any
from unittest.mock import AsyncMock

from synapse.handlers.profile import ProfileHandler
from synapse.module_api.errors import ConfigError, SynapseError

from smoope_synapse.profile_guard import ProfileGuard, check_synapse

CHANGE = {
    "target_user": "@anna:smoope.localhost",
    "requester": "whoever asks",
    "new_avatar_url": "mxc://smoope.localhost/picture",
}


def handler() -> tuple[Any, AsyncMock]:
    """A handler of Synapse behind the guard, and the handler's own method."""
    inner = AsyncMock(return_value=7)
    profiles = SimpleNamespace(set_avatar_url=inner)
    hs = SimpleNamespace(get_profile_handler=lambda: profiles)
    ProfileGuard(SimpleNamespace(_hs=hs))  # type: ignore[arg-type]
    return profiles, inner


class Pictures(unittest.TestCase):
    def test_a_person_does_not_set_a_picture_by_a_client(self) -> None:
        for given in ({}, {"by_admin": False}, {"propagate": False}):
            with self.subTest(given):
                profiles, inner = handler()
                with self.assertRaises(SynapseError) as refused:
                    asyncio.run(profiles.set_avatar_url(**CHANGE, **given))
                self.assertEqual(refused.exception.code, 403)
                inner.assert_not_called()

    def test_the_service_sets_one(self) -> None:
        profiles, inner = handler()
        done = asyncio.run(
            profiles.set_avatar_url(**CHANGE, by_admin=True, propagate=True)
        )
        self.assertEqual(done, 7)
        inner.assert_awaited_once_with(**CHANGE, by_admin=True, propagate=True)


class Start(unittest.TestCase):
    def test_this_synapse_has_what_is_wrapped(self) -> None:
        check_synapse(ProfileHandler)

    def test_another_synapse_does_not_start(self) -> None:
        class Renamed:
            async def set_avatar(self) -> None: ...

        class Changed:
            async def set_avatar_url(self, target_user: str) -> None: ...

        for other in (Renamed, Changed):
            with self.subTest(other), self.assertRaises(ConfigError):
                check_synapse(other)


if __name__ == "__main__":
    unittest.main()
