"""History guard: single events of a room are for those who are in it now.

`forget_rooms_on_leave` shuts `/messages`, state and search for whoever has left, but Synapse answers `/event` and
`/context` by what the user could see at the time of the event: a former member who kept the id of an event would read it
and what stands around it for ever. `/notifications` hands out unread events with no look at the membership at all.

Synapse has no callback for reading, so the three methods are wrapped. Whether they are what is expected is checked at start;
if not, Synapse does not start.
"""

import inspect
from typing import Any

from synapse.events.utils import FilteredEvent
from synapse.handlers.events import EventHandler
from synapse.handlers.room import EventContext, RoomContextHandler
from synapse.module_api import ModuleApi
from synapse.module_api.errors import ConfigError
from synapse.storage.databases.main import DataStore
from synapse.storage.databases.main.event_push_actions import UserPushAction
from synapse.types import Requester, UserID

EXPECTED = (
    (EventHandler, "get_event", ["self", "user", "room_id", "event_id"]),
    (
        RoomContextHandler,
        "get_event_context",
        ["self", "requester", "room_id", "event_id"],
    ),
    (
        DataStore,
        "get_push_actions_for_user",
        ["self", "user_id", "before", "limit", "only_highlight"],
    ),
)


def check_synapse(expected: tuple[tuple[type, str, list[str]], ...]) -> None:
    """Raises ConfigError when this Synapse does not have the methods that are wrapped."""
    for owner, name, parameters in expected:
        method = getattr(owner, name, None)
        given = [] if method is None else list(inspect.signature(method).parameters)
        if given[: len(parameters)] != parameters:
            raise ConfigError(
                f"history guard: this Synapse has no {owner.__name__}.{name}({', '.join(parameters)}, …); "
                "former members could read on"
            )


class HistoryGuard:
    """Answers 404 M_NOT_FOUND, as for an event that does not exist, to whoever is not in the room."""

    def __init__(self, api: ModuleApi) -> None:
        check_synapse(EXPECTED)
        self._store = api._hs.get_datastores().main
        self._wrap_event(api._hs.get_event_handler())
        self._wrap_context(api._hs.get_room_context_handler())
        self._wrap_notifications()

    def _wrap_event(self, handler: EventHandler) -> None:
        inner = handler.get_event

        async def guarded(
            user: UserID, room_id: str | None, event_id: str, *args: Any, **kwargs: Any
        ) -> FilteredEvent | None:
            found = await inner(user, room_id, event_id, *args, **kwargs)
            if found is None or not await self._is_in(user, found.event.room_id):
                return None
            return found

        setattr(handler, "get_event", guarded)

    def _wrap_context(self, handler: RoomContextHandler) -> None:
        inner = handler.get_event_context

        async def guarded(
            requester: Requester,
            room_id: str,
            event_id: str,
            limit: int,
            event_filter: Any,
            use_admin_priviledge: bool = False,
        ) -> EventContext | None:
            # Asked by the admin API, which Synapse checks itself.
            if not use_admin_priviledge and not await self._is_in(
                requester.user, room_id
            ):
                return None
            return await inner(
                requester, room_id, event_id, limit, event_filter, use_admin_priviledge
            )

        setattr(handler, "get_event_context", guarded)

    def _wrap_notifications(self) -> None:
        inner = self._store.get_push_actions_for_user

        async def guarded(
            user_id: str, *args: Any, **kwargs: Any
        ) -> list[UserPushAction]:
            found = await inner(user_id, *args, **kwargs)
            user = UserID.from_string(user_id)
            rooms = {action.room_id for action in found}
            present = {room for room in rooms if await self._is_in(user, room)}
            return [action for action in found if action.room_id in present]

        setattr(self._store, "get_push_actions_for_user", guarded)

    async def _is_in(self, user: UserID, room_id: str) -> bool:
        return await self._store.check_local_user_in_room(
            user_id=user.to_string(), room_id=room_id
        )
