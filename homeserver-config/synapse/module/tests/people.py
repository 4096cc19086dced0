"""Who appears in the tests, and a Synapse that knows their rooms."""

import asyncio
from types import SimpleNamespace
from typing import Any, Coroutine, TypeVar
from unittest.mock import AsyncMock, Mock

from smoope_synapse.config import parse_config
from smoope_synapse.service_users import ServiceUsers

SERVER = "smoope.localhost"
SENDER = f"@smoope:{SERVER}"
ADMIN = f"@smoope-admin:{SERVER}"
COMPANY = f"@company_0a_acme:{SERVER}"
OTHER_COMPANY = f"@company_0b_other:{SERVER}"
VISITOR = f"@visitor_0a_x:{SERVER}"
BOT = f"@service_0a_acme_bot:{SERVER}"
ANNA = f"@anna:{SERVER}"
BEN = f"@ben:{SERVER}"
REMOTE = "@eve:elsewhere.example"

T = TypeVar("T")


def run(work: Coroutine[Any, Any, T]) -> T:
    """Waits for what a rule answers."""
    return asyncio.run(work)


def event(
    type: str, sender: str, content: dict[str, Any] | None = None, key: str | None = ""
) -> Any:
    """An event as the rules read it."""
    found = content or {}
    return SimpleNamespace(
        type=type,
        sender=sender,
        content=found,
        room_id="!r",
        membership=found.get("membership"),
        get_state_key=lambda: key,
    )


def member(user: str, membership: str, sender: str | None = None, **content: Any) -> Any:
    """A member event of the user, by themselves unless `sender` says otherwise."""
    return event(
        "m.room.member", sender or user, {"membership": membership, **content}, user
    )


def fake_api(*state: Any) -> Any:
    """A Synapse with one room, `!r`, whose state is this; `smoope-admin` is its administrator."""
    known = {(one.type, one.get_state_key()): one for one in state}

    async def get_room_state(room_id: str, keys: Any) -> dict[Any, Any]:
        found = known if room_id == "!r" else {}
        return {key: found[key] for key in keys if key in found}

    async def is_user_admin(user_id: str) -> bool:
        return user_id == ADMIN

    async def update_membership(
        requester: Any, target: Any, room_id: str, action: str, content: Any = None
    ) -> tuple[str, int]:
        return "$e", 7

    members = SimpleNamespace(update_membership=update_membership)
    return SimpleNamespace(
        _hs=SimpleNamespace(get_room_member_handler=lambda: members),
        members=members,
        server_name=SERVER,
        state=known,
        is_mine=lambda user_id: user_id.endswith(f":{SERVER}"),
        is_user_admin=is_user_admin,
        get_room_state=get_room_state,
        get_userinfo_by_id=AsyncMock(return_value=account()),
        update_room_membership=AsyncMock(),
        sleep=AsyncMock(),
        run_as_background_process=Mock(),
        register_spam_checker_callbacks=Mock(),
        register_third_party_rules_callbacks=Mock(),
    )


def account(**changes: bool) -> Any:
    """An account in use, but for the changes."""
    return SimpleNamespace(
        **{"is_deactivated": False, "suspended": False, "locked": False, **changes}
    )


def users_of(api: Any) -> ServiceUsers:
    """Names as the rendered config gives them."""
    bucket = "[0-9a-f]{2}"
    server = r"smoope\.localhost"
    config = parse_config(
        {
            "sender": SENDER,
            "service_users": rf"^@(company|visitor)_{bucket}_.*:{server}$",
            "company_users": rf"^@(company)_{bucket}_.*:{server}$",
        }
    )
    return ServiceUsers(api, config)
