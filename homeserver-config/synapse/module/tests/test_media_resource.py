import asyncio
import unittest
from types import SimpleNamespace
from typing import Any
from unittest.mock import AsyncMock, Mock

from synapse.module_api.errors import SynapseError
from synapse.types import create_requester

from smoope_synapse.media_resource import PATH, MediaResource
from smoope_synapse.media_rooms import MediaUse

ADMIN = "@smoope-admin:smoope.localhost"
USE = MediaUse("@anna:smoope.localhost", ["!r"], False)


def prepare(*, admin: bool = True, use: MediaUse | None = USE) -> tuple[Any, Any, Any]:
    api: Any = SimpleNamespace(
        _hs=SimpleNamespace(get_clock=Mock()),
        register_web_resource=Mock(),
        get_user_by_req=AsyncMock(return_value=create_requester(ADMIN)),
        is_user_admin=AsyncMock(return_value=admin),
    )
    rooms: Any = SimpleNamespace(find_use=AsyncMock(return_value=use))
    resource = MediaResource(api, rooms)
    api.register_web_resource.assert_called_once_with(PATH, resource)
    request: Any = SimpleNamespace(postpath=[b"m"])

    async def ask() -> tuple[int, object]:
        return await resource._async_render_GET(request)

    return ask, api, rooms


class Answers(unittest.TestCase):
    def test_says_who_uploaded_a_file_and_where_it_was_sent(self) -> None:
        ask, _api, rooms = prepare()
        self.assertEqual(
            asyncio.run(ask()),
            (200, {"user_id": USE.user_id, "rooms": ["!r"], "is_picture": False}),
        )
        rooms.find_use.assert_awaited_once_with("m")

    def test_tells_nobody_but_an_administrator(self) -> None:
        ask, _api, rooms = prepare(admin=False)
        with self.assertRaises(SynapseError) as refused:
            asyncio.run(ask())
        self.assertEqual(refused.exception.code, 403)
        rooms.find_use.assert_not_awaited()

    def test_a_file_that_is_not_there_is_not_found(self) -> None:
        ask, _api, _rooms = prepare(use=None)
        with self.assertRaises(SynapseError) as refused:
            asyncio.run(ask())
        self.assertEqual(
            (refused.exception.code, refused.exception.errcode), (404, "M_NOT_FOUND")
        )


if __name__ == "__main__":
    unittest.main()
