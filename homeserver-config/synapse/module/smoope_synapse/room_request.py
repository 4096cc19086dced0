"""What somebody who does not act for the service may ask `createRoom` for: a direct chat to one company, nothing else."""

from typing import Any, Callable, Mapping

from smoope_synapse.room_openness import find_opening, find_opening_preset

# `createRoom` puts initial state into the room with no question to any rule for members, aliases or spaces.
REFUSED_STATE = (
    "m.room.canonical_alias",
    "m.room.member",
    "m.room.third_party_invite",
    "m.space.child",
    "m.space.parent",
)


def find_objection(
    request: Mapping[str, Any], is_company: Callable[[object], bool]
) -> str | None:
    """The sentence that says what is allowed instead; None for a request that is fine.

    `request` is the body of `createRoom`, or what Synapse makes of an upgrade: the content of the creation with a
    predecessor, and no invited user. Nothing in it has been checked for its type.
    """
    creation = request.get("creation_content") or {}
    if not isinstance(creation, Mapping):
        return "creation_content must be an object."
    if "predecessor" in creation:
        return "Only the service replaces rooms; write to the company again, and a new conversation begins."
    if creation.get("type") is not None:
        return "Only the service makes spaces; you may make a plain room to write to a company."
    if request.get("room_alias_name") is not None:
        return "Only the service gives addresses to rooms; leave out room_alias_name."
    if request.get("visibility", "private") != "private":
        return "Rooms are not published; visibility must be private."
    opening = find_opening_preset(request)
    if opening is not None:
        return opening
    if request.get("invite_3pid"):
        return "Nobody is invited by mail address or number; invite one company by its Matrix id."
    invited = request.get("invite")
    if not isinstance(invited, list) or len(invited) != 1 or not is_company(invited[0]):
        return "You may make a room only to write to a company: invite one company and nobody else."
    return _find_state_objection(request.get("initial_state") or [])


def _find_state_objection(state: object) -> str | None:
    if not isinstance(state, list) or not all(
        isinstance(event, Mapping) for event in state
    ):
        return "initial_state must be a list of state events."
    for event in state:
        if event.get("type") in REFUSED_STATE:
            return f"initial_state may hold no {event['type']}; a direct chat has one company, no address and no space."
        opening = find_opening(event.get("type"), event.get("content"))
        if opening is not None:
            return opening
    return None
