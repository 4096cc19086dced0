"""Membership guard: who meets whom in a room is decided by the service.

With open rooms and invites anybody with an account could write to anybody, and a stranger could draw ghosts into rooms of
their own. So people, agents and bots may begin one thing by themselves, a direct chat to a company, and never open it; all
other rooms and invites come from the service. Power levels do not say this: in a room of their own everybody has all powers.

Synapse asks before it acts; server administrators are not asked about rooms, invites and joins at all.
"""

from typing import Any, Literal

from synapse.api.constants import EventTypes, Membership
from synapse.api.errors import Codes
from synapse.events import EventBase
from synapse.module_api import NOT_SPAM, ModuleApi
from synapse.types import RoomAlias

from smoope_synapse.room_openness import find_opening
from smoope_synapse.room_request import find_objection
from smoope_synapse.service_users import ServiceUsers

Verdict = Literal["NOT_SPAM"] | tuple[Codes, dict[str, Any]]

INVITE_BY_STRANGER = (
    "Only companies of this server invite people; you may invite a company, into a room that you made to write to it."
)
INVITE_FROM_ELSEWHERE = "People and companies of this server are not invited by other servers; they may be written to in rooms of this server."
JOIN = "You may join rooms of the service, rooms that a company has invited you to, and your own."
ALIAS = "Only the service gives addresses to rooms; rooms of yours are reached by invitation."
PUBLISH = "Only the service publishes rooms; rooms of yours are reached by invitation."
THIRD_PARTY = (
    "Nobody is invited by mail address or number; invite a company by its Matrix id."
)


def refuse(sentence: str) -> Verdict:
    """M_FORBIDDEN with the sentence in place of Synapse's own."""
    return Codes.FORBIDDEN, {"error": sentence}


class MembershipGuard:
    """Answers 403 M_FORBIDDEN, with a sentence that names what is allowed."""

    def __init__(self, api: ModuleApi, users: ServiceUsers) -> None:
        self._api = api
        self._users = users
        api.register_spam_checker_callbacks(
            user_may_create_room=self.may_create_room,
            user_may_invite=self.may_invite,
            user_may_join_room=self.may_join,
            user_may_create_room_alias=self.may_create_alias,
            user_may_publish_room=self.may_publish,
            check_event_for_spam=self.may_send,
        )
        api.register_third_party_rules_callbacks(
            check_threepid_can_be_invited=self.may_invite_address
        )

    async def may_create_room(self, user_id: str, request: dict[str, Any]) -> Verdict:
        """Also asked about upgrades, which are rooms without an invited company."""
        if await self._users.is_service(user_id):
            return NOT_SPAM
        objection = find_objection(request, self._users.is_company)
        return NOT_SPAM if objection is None else refuse(objection)

    async def may_invite(self, inviter: str, invitee: str, room_id: str) -> Verdict:
        """Also asked about invites of other servers, whose rooms are not known here."""
        if not self._api.is_mine(inviter):
            return refuse(INVITE_FROM_ELSEWHERE)
        if await self._users.is_service(inviter):
            return NOT_SPAM
        if (
            self._users.is_company(invitee)
            and await self._creator_of(room_id) == inviter
        ):
            return NOT_SPAM
        return refuse(INVITE_BY_STRANGER)

    async def may_join(self, user_id: str, room_id: str, is_invited: bool) -> Verdict:
        """Whether the room is one of the service's, by its creator or by who invited; its join rules are Synapse's part.

        Also asked when somebody changes their name: who is in the room stays.
        """
        if user_id == self._users.sender or self._users.is_company(user_id):
            return NOT_SPAM
        state = await self._api.get_room_state(
            room_id, [(EventTypes.Create, ""), (EventTypes.Member, user_id)]
        )
        member = state.get((EventTypes.Member, user_id))
        membership = None if member is None else member.membership
        if membership == Membership.JOIN:
            return NOT_SPAM
        origins = [state.get((EventTypes.Create, ""))]
        if membership == Membership.INVITE:
            origins.append(member)
        for origin in origins:
            if origin is None:
                continue
            if origin.sender == user_id or await self._users.is_service(origin.sender):
                return NOT_SPAM
        return refuse(JOIN)

    async def may_create_alias(self, user_id: str, alias: RoomAlias) -> Verdict:
        """Not asked about addresses that the appservice makes with its own token."""
        return (
            NOT_SPAM if await self._users.is_service(user_id) else refuse(ALIAS)
        )

    async def may_publish(self, user_id: str, room_id: str) -> Verdict:
        """Asked when a room goes into the public list, and when it is taken out."""
        return (
            NOT_SPAM if await self._users.is_service(user_id) else refuse(PUBLISH)
        )

    async def may_invite_address(
        self, medium: str, address: str, state: object
    ) -> bool:
        """Whether a mail address or number may be invited; the service itself never does. Synapse takes no sentence here."""
        return False

    async def may_send(self, event: EventBase) -> Verdict:
        """Keeps rooms shut, and keeps out invites that come round the question above: state by hand, and events of another server.

        Not asked about members of our own server, which go through `may_invite` and `may_join`.
        """
        if event.type == EventTypes.ThirdPartyInvite:
            is_service = await self._users.is_service(event.sender)
            return NOT_SPAM if is_service else refuse(THIRD_PARTY)
        opening = find_opening(event.type, event.content)
        if opening is not None and not await self._users.is_service(event.sender):
            return refuse(opening)
        if (
            event.type == EventTypes.Member
            and event.content.get("membership") == Membership.INVITE
            and not self._api.is_mine(event.sender)
            and self._api.is_mine(event.get_state_key() or "")
        ):
            return refuse(INVITE_FROM_ELSEWHERE)
        return NOT_SPAM

    async def _creator_of(self, room_id: str) -> str | None:
        key = (EventTypes.Create, "")
        created = (await self._api.get_room_state(room_id, [key])).get(key)
        return None if created is None else created.sender
