"""How far a room may be opened by those who do not act for the service: not at all.

Synapse lists everybody who is in a room with public join rules or a history that the world may read in its user directory,
and shows what was written there to who was never in it.
"""

from typing import Any, Mapping

from synapse.api.constants import (
    EventTypes,
    HistoryVisibility,
    JoinRules,
    RoomCreationPreset,
)

RULES = (
    "Rooms of yours are entered by invitation; join_rule in m.room.join_rules must be invite."
)
HISTORY = (
    "Rooms of yours are read by who is in them; history_visibility may be shared, invited or joined."
)
PRESET = (
    "Rooms of yours are entered by invitation; preset must be private_chat or trusted_private_chat."
)


def find_opening(type: object, content: object) -> str | None:
    """The sentence against an event that would open a room; None for all others. Nothing has been checked for its type."""
    found = content if isinstance(content, Mapping) else {}
    if type == EventTypes.JoinRules and found.get("join_rule") != JoinRules.INVITE:
        return RULES
    if type == EventTypes.RoomHistoryVisibility and not (
        found.get("history_visibility")
        in (HistoryVisibility.SHARED, HistoryVisibility.INVITED, HistoryVisibility.JOINED)
    ):
        return HISTORY
    return None


def find_opening_preset(request: Mapping[str, Any]) -> str | None:
    """The sentence against a preset whose rooms are open; without one Synapse makes a private chat."""
    return PRESET if request.get("preset") == RoomCreationPreset.PUBLIC_CHAT else None
