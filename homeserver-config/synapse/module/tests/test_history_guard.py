import asyncio
import unittest
from types import SimpleNamespace
from typing import Any, Coroutine, TypeVar
from unittest.mock import AsyncMock

from synapse.module_api.errors import ConfigError
from synapse.types import UserID, create_requester

from smoope_synapse.history_guard import EXPECTED, HistoryGuard, check_synapse

ANNA = "@anna:smoope.localhost"
T = TypeVar("T")


def run(work: Coroutine[Any, Any, T]) -> T:
    return asyncio.run(work)


def guarded(*, joined: bool, exists: bool = True) -> Any:
    """Synapse's handlers with the guard before them; `anna` is in `!r` or not."""
    store = SimpleNamespace(
        check_local_user_in_room=AsyncMock(
            side_effect=lambda user_id, room_id: (
                joined and (user_id, room_id) == (ANNA, "!r")
            )
        )
    )
    event = SimpleNamespace(event=SimpleNamespace(room_id="!r"))
    store.get_push_actions_for_user = AsyncMock(
        return_value=[SimpleNamespace(room_id="!r"), SimpleNamespace(room_id="!left")]
    )
    events = SimpleNamespace(get_event=AsyncMock(return_value=event if exists else None))
    contexts = SimpleNamespace(get_event_context=AsyncMock(return_value="context"))
    hs = SimpleNamespace(
        get_datastores=lambda: SimpleNamespace(main=store),
        get_event_handler=lambda: events,
        get_room_context_handler=lambda: contexts,
    )
    HistoryGuard(SimpleNamespace(_hs=hs))  # type: ignore[arg-type]
    return SimpleNamespace(
        events=events, contexts=contexts, event=event, store=store
    )


class Reading(unittest.TestCase):
    anna = UserID.from_string(ANNA)
    requester = create_requester(ANNA)

    def test_who_is_in_the_room_reads(self) -> None:
        synapse = guarded(joined=True)
        self.assertIs(
            run(synapse.events.get_event(self.anna, "!r", "$e")), synapse.event
        )
        found = run(
            synapse.contexts.get_event_context(self.requester, "!r", "$e", 5, None)
        )
        self.assertEqual(found, "context")

    def test_notifications_are_of_rooms_where_the_user_is(self) -> None:
        synapse = guarded(joined=True)
        found = run(synapse.store.get_push_actions_for_user(ANNA, None, 50))
        self.assertEqual([action.room_id for action in found], ["!r"])
        synapse = guarded(joined=False)
        self.assertEqual(run(synapse.store.get_push_actions_for_user(ANNA)), [])

    def test_who_is_not_in_the_room_learns_nothing(self) -> None:
        synapse = guarded(joined=False)
        self.assertIsNone(run(synapse.events.get_event(self.anna, "!r", "$e")))
        self.assertIsNone(
            run(
                synapse.contexts.get_event_context(self.requester, "!r", "$e", 5, None)
            )
        )

    def test_the_room_of_the_event_counts_where_the_request_names_none(self) -> None:
        self.assertIsNone(
            run(guarded(joined=False).events.get_event(self.anna, None, "$e"))
        )
        self.assertIsNotNone(
            run(guarded(joined=True).events.get_event(self.anna, None, "$e"))
        )

    def test_an_event_that_does_not_exist_stays_so(self) -> None:
        events = guarded(joined=True, exists=False).events
        self.assertIsNone(run(events.get_event(self.anna, "!r", "$e")))

    def test_the_admin_api_reads_on(self) -> None:
        found = run(
            guarded(joined=False).contexts.get_event_context(
                self.requester, "!r", "$e", 5, None, use_admin_priviledge=True
            )
        )
        self.assertEqual(found, "context")


class OtherVersionsOfSynapse(unittest.TestCase):
    def test_the_pinned_version_is_as_the_guard_needs_it(self) -> None:
        check_synapse(EXPECTED)

    def test_a_missing_method_stops_the_start(self) -> None:
        with self.assertRaisesRegex(ConfigError, "Changed.get_event"):
            check_synapse(((type("Changed", (), {}), "get_event", ["self"]),))

    def test_other_parameters_stop_the_start(self) -> None:
        def get_event(self: Any, event_id: str) -> None: ...

        changed = type("Changed", (), {"get_event": get_event})
        with self.assertRaisesRegex(ConfigError, "room_id"):
            check_synapse(((changed, "get_event", ["self", "user", "room_id"]),))


if __name__ == "__main__":
    unittest.main()
