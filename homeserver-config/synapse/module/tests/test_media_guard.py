import asyncio
import unittest
from types import SimpleNamespace
from typing import Any, Coroutine, TypeVar
from unittest.mock import AsyncMock, Mock, patch

from synapse.media.media_repository import MediaRepository
from synapse.module_api.errors import ConfigError
from synapse.types import create_requester

from smoope_synapse.media_guard import WAYS_TO_A_FILE, MediaGuard, check_synapse

ANNA = "@anna:smoope.localhost"
T = TypeVar("T")


def run(work: Coroutine[Any, Any, T]) -> T:
    return asyncio.run(work)


def fake_api(*, authenticated: bool = True, admin: bool = False) -> Any:
    repository = SimpleNamespace(get_local_media_info=AsyncMock(return_value="info"))
    store = SimpleNamespace(is_host_joined=AsyncMock(return_value=False))
    media = SimpleNamespace(
        can_load_media_repo=True, enable_authenticated_media=authenticated
    )
    hs = SimpleNamespace(
        config=SimpleNamespace(media=media),
        get_media_repository=lambda: repository,
        get_datastores=lambda: SimpleNamespace(main=store),
        repository=repository,
        store=store,
    )
    return SimpleNamespace(
        _hs=hs,
        server_name="smoope.localhost",
        is_user_admin=AsyncMock(return_value=admin),
        register_spam_checker_callbacks=Mock(),
    )


def fake_rooms(rooms: list[str], *, may_read: bool = False) -> Any:
    return SimpleNamespace(
        rooms_of=AsyncMock(return_value=rooms),
        may_read=AsyncMock(return_value=may_read),
        bind=AsyncMock(),
    )


def event(content: dict[str, Any], *, state: bool = False) -> Any:
    return SimpleNamespace(
        content=content, room_id="!r", sender=ANNA, is_state=lambda: state
    )


class IsAllowed(unittest.TestCase):
    def answer(self, requester: Any, api: Any, rooms: Any) -> bool:
        return run(MediaGuard(api, rooms).is_allowed(requester, "m"))

    def test_a_file_that_was_never_sent_is_for_everybody(self) -> None:
        self.assertTrue(
            self.answer(create_requester(ANNA), fake_api(), fake_rooms([]))
        )
        self.assertTrue(self.answer(None, fake_api(), fake_rooms([])))

    def test_a_sent_file_is_for_whom_the_table_says(self) -> None:
        anna = create_requester(ANNA)
        self.assertTrue(
            self.answer(anna, fake_api(), fake_rooms(["!r"], may_read=True))
        )
        self.assertFalse(self.answer(anna, fake_api(), fake_rooms(["!r"])))

    def test_a_server_administrator_reads_every_file(self) -> None:
        self.assertTrue(
            self.answer(
                create_requester(ANNA), fake_api(admin=True), fake_rooms(["!r"])
            )
        )

    def test_nobody_reads_a_sent_file_without_signing_in(self) -> None:
        self.assertFalse(self.answer(None, fake_api(), fake_rooms(["!r"])))

    def test_a_server_reads_a_file_of_a_room_it_has_somebody_in(self) -> None:
        api = fake_api()
        self.assertFalse(self.answer("acme.example", api, fake_rooms(["!r"])))
        api._hs.store.is_host_joined = AsyncMock(
            side_effect=lambda room, host: (room, host) == ("!s", "acme.example")
        )
        self.assertTrue(self.answer("acme.example", api, fake_rooms(["!r", "!s"])))


class Wrapping(unittest.TestCase):
    def test_a_refused_file_looks_like_one_that_does_not_exist(self) -> None:
        api = fake_api()
        inner = api._hs.repository.get_local_media_info
        MediaGuard(api, fake_rooms(["!r"]))
        request = SimpleNamespace(requester=create_requester(ANNA))
        with patch("smoope_synapse.media_guard.respond_404") as respond_404:
            self.assertIsNone(
                run(api._hs.repository.get_local_media_info(request, "m", 10))
            )
        respond_404.assert_called_once_with(request)
        inner.assert_not_awaited()

    def test_an_allowed_file_takes_its_way(self) -> None:
        api = fake_api()
        inner = api._hs.repository.get_local_media_info
        MediaGuard(api, fake_rooms([]))
        request = SimpleNamespace(requester=create_requester(ANNA))
        answer = run(
            api._hs.repository.get_local_media_info(
                request, "m", 10, bypass_quarantine=True
            )
        )
        self.assertEqual(answer, "info")
        inner.assert_awaited_once_with(request, "m", 10, bypass_quarantine=True)

    def test_an_error_of_the_database_opens_no_file(self) -> None:
        api, rooms = fake_api(), fake_rooms([])
        rooms.rooms_of = AsyncMock(side_effect=RuntimeError("database gone"))
        MediaGuard(api, rooms)
        request = SimpleNamespace(requester=create_requester(ANNA))
        with self.assertRaises(RuntimeError):
            run(api._hs.repository.get_local_media_info(request, "m", 10))


class Noting(unittest.TestCase):
    def test_a_message_binds_its_files_to_the_room(self) -> None:
        rooms = fake_rooms([])
        guard = MediaGuard(fake_api(), rooms)
        verdict = run(guard.note_media(event({"url": "mxc://smoope.localhost/m"})))
        self.assertEqual(verdict, "NOT_SPAM")
        rooms.bind.assert_awaited_once_with({"m"}, "!r", ANNA)

    def test_pictures_in_state_stay_for_everybody(self) -> None:
        rooms = fake_rooms([])
        guard = MediaGuard(fake_api(), rooms)
        run(
            guard.note_media(event({"url": "mxc://smoope.localhost/logo"}, state=True))
        )
        rooms.bind.assert_not_awaited()

    def test_a_message_without_files_asks_the_database_nothing(self) -> None:
        rooms = fake_rooms([])
        run(MediaGuard(fake_api(), rooms).note_media(event({"body": "hello"})))
        rooms.bind.assert_not_awaited()

    def test_an_event_is_not_stored_when_its_files_cannot_be_noted(self) -> None:
        rooms = fake_rooms([])
        rooms.bind = AsyncMock(side_effect=RuntimeError("database gone"))
        guard = MediaGuard(fake_api(), rooms)
        with self.assertRaises(RuntimeError):
            run(guard.note_media(event({"url": "mxc://smoope.localhost/m"})))


class OtherVersionsOfSynapse(unittest.TestCase):
    def test_the_pinned_version_is_as_the_guard_needs_it(self) -> None:
        check_synapse(MediaRepository, WAYS_TO_A_FILE)

    def test_a_repository_without_the_method_stops_the_start(self) -> None:
        with self.assertRaisesRegex(ConfigError, "get_local_media_info"):
            check_synapse(type("Changed", (), {}), ())

    def test_a_method_with_other_parameters_stops_the_start(self) -> None:
        def get_local_media_info(self: Any, request: Any, media_id: str) -> None: ...

        changed = type("Changed", (), {"get_local_media_info": get_local_media_info})
        with self.assertRaisesRegex(ConfigError, "bypass_quarantine"):
            check_synapse(changed, ())

    def test_a_way_past_the_method_stops_the_start(self) -> None:
        def get_local_media(self: Any) -> None: ...

        changed = type("Changed", (), {"get_local_media": get_local_media})
        with self.assertRaisesRegex(ConfigError, "Changed.get_local_media"):
            check_synapse(MediaRepository, ((changed, "get_local_media"),))

    def test_open_downloads_stop_the_start(self) -> None:
        with self.assertRaisesRegex(ConfigError, "enable_authenticated_media"):
            MediaGuard(fake_api(authenticated=False), fake_rooms([]))


if __name__ == "__main__":
    unittest.main()
