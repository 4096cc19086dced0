"""Accepts invites of the service for people of this server, where the service asked for it.

A customer who has written to a company should be in the conversation at once, not after a tap on an invitation. The service
marks such invites in the content of the member event; a mark by anybody else does nothing.

Synapse's own way to hear of events, the callback `on_new_event`, reads the whole state of the room at each event of the
server, keeps clients from hearing of an event whose room is gone by then, and writes two lines of warnings each time. So the
one method through which members are invited is wrapped instead; another Synapse without it does not start.

Pending attempts live in memory: a restart of Synapse in between leaves an ordinary invite, and the same one sent again is
tried again.
"""

import inspect
import logging
from typing import Any

from synapse.api.constants import EventTypes, Membership
from synapse.handlers.room_member import RoomMemberHandler
from synapse.module_api import ModuleApi
from synapse.module_api.errors import ConfigError
from synapse.types import Requester, UserID

from smoope_synapse.service_users import ServiceUsers

logger = logging.getLogger(__name__)

MARK = "com.smoope.accept"

# Waits before each attempt; the whole takes under six minutes.
DELAYS_S = (0, 1, 4, 16, 64, 256)

ENTRY = "update_membership"
ENTRY_PARAMETERS = ["self", "requester", "target", "room_id", "action"]


def check_synapse(handler: type) -> None:
    """Raises ConfigError when this Synapse does not have the method that is wrapped."""
    method = getattr(handler, ENTRY, None)
    given = [] if method is None else list(inspect.signature(method).parameters)
    if given[: len(ENTRY_PARAMETERS)] != ENTRY_PARAMETERS or "content" not in given:
        raise ConfigError(
            f"invite acceptance: this Synapse has no {ENTRY}({', '.join(ENTRY_PARAMETERS)}, …, content); "
            "customers would not come into their conversations"
        )


class InviteAcceptance:
    """Joins the invited person in the background; the invite itself is never held up by it."""

    def __init__(self, api: ModuleApi, users: ServiceUsers) -> None:
        self._api = api
        self._users = users
        check_synapse(RoomMemberHandler)
        self._wrap(api._hs.get_room_member_handler())

    def _wrap(self, handler: RoomMemberHandler) -> None:
        inner = handler.update_membership
        signature = inspect.signature(inner)

        async def accepting(*args: Any, **kwargs: Any) -> tuple[str, int]:
            given = signature.bind(*args, **kwargs).arguments
            content = given.get("content") or {}
            is_marked = (
                given["action"] == Membership.INVITE and content.get(MARK) is True
            )
            stored = await inner(*args, **kwargs)
            if is_marked:
                await self.note_invite(
                    given["requester"], given["target"], given["room_id"]
                )
            return stored

        setattr(handler, ENTRY, accepting)

    async def note_invite(
        self, requester: Requester, target: UserID, room_id: str
    ) -> None:
        """Called when a marked invite was stored."""
        user_id = target.to_string()
        if self._api.is_mine(user_id) and await self._users.is_service(
            requester.user.to_string()
        ):
            self._api.run_as_background_process(
                "smoope_accept_invite", self.accept, user_id, room_id
            )

    async def accept(self, user_id: str, room_id: str) -> None:
        """Tries until the person is in the room, or is not invited any more because they or the company decided otherwise."""
        error = "none"
        for delay in DELAYS_S:
            if delay > 0:
                await self._api.sleep(delay)
            try:
                if not await self._is_waiting(user_id, room_id):
                    return
                await self._api.update_room_membership(
                    sender=user_id,
                    target=user_id,
                    room_id=room_id,
                    new_membership=Membership.JOIN,
                )
                return
            except Exception as failure:
                code = getattr(failure, "errcode", type(failure).__name__)
                error = getattr(code, "value", code)
        logger.warning(
            "invite not accepted: room %s, attempts %d, error %s",
            room_id,
            len(DELAYS_S),
            error,
        )

    async def _is_waiting(self, user_id: str, room_id: str) -> bool:
        """Whether the marked invite stands and belongs to an account that is in use."""
        key = (EventTypes.Member, user_id)
        member = (await self._api.get_room_state(room_id, [key])).get(key)
        if (
            member is None
            or member.membership != Membership.INVITE
            or member.content.get(MARK) is not True
        ):
            return False
        user = await self._api.get_userinfo_by_id(user_id)
        return user is not None and not (
            user.is_deactivated or user.suspended or user.locked
        )
