"""Accepts invites of the service for people of this server, where the service asked for it.

A customer who has written to a company should be in the conversation at once, not after a tap on an invitation. The service
marks such invites in the content of the member event; a mark by anybody else does nothing.

Pending attempts live in memory: a restart of Synapse in between leaves an ordinary invite, which the person can accept.
"""

import logging

from synapse.api.constants import EventTypes, Membership
from synapse.events import EventBase
from synapse.module_api import ModuleApi

from smoope_synapse.service_users import ServiceUsers

logger = logging.getLogger(__name__)

MARK = "com.smoope.accept"

# Waits before each attempt; the whole takes under six minutes.
DELAYS_S = (0, 1, 4, 16, 64, 256)


class InviteAcceptance:
    """Joins the invited person in the background; the invite itself is never held up by it."""

    def __init__(self, api: ModuleApi, users: ServiceUsers) -> None:
        self._api = api
        self._users = users
        # Every worker hears of each event; one may act.
        if api.should_run_background_tasks():
            api.register_third_party_rules_callbacks(on_new_event=self.note_event)

    async def note_event(self, event: EventBase, state: object) -> None:
        """Called after an event was stored."""
        user_id = event.get_state_key()
        if (
            event.type != EventTypes.Member
            or user_id is None
            or event.content.get("membership") != Membership.INVITE
            or event.content.get(MARK) is not True
            or not self._api.is_mine(user_id)
            or not await self._users.is_service(event.sender)
        ):
            return
        self._api.run_as_background_process(
            "smoope_accept_invite", self.accept, user_id, event.room_id
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
                    sender=user_id, target=user_id, room_id=room_id, new_membership="join"
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
        """Whether the invite stands and belongs to an account that is in use."""
        key = (EventTypes.Member, user_id)
        member = (await self._api.get_room_state(room_id, [key])).get(key)
        if member is None or member.membership != Membership.INVITE:
            return False
        user = await self._api.get_userinfo_by_id(user_id)
        return user is not None and not (
            user.is_deactivated or user.suspended or user.locked
        )
