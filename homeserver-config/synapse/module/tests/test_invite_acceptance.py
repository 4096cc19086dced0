import unittest
from typing import Any
from unittest.mock import AsyncMock

from synapse.api.errors import Codes, SynapseError
from synapse.handlers.room_member import RoomMemberHandler
from synapse.module_api.errors import ConfigError
from synapse.types import UserID, create_requester

from smoope_synapse.invite_acceptance import (
    DELAYS_S,
    MARK,
    InviteAcceptance,
    check_synapse,
)

from tests.people import (
    ADMIN,
    ANNA,
    BEN,
    BOT,
    COMPANY,
    REMOTE,
    SENDER,
    VISITOR,
    account,
    fake_api,
    member,
    run,
    users_of,
)

MARKED = {MARK: True}
LOGGER = "smoope_synapse.invite_acceptance"


def acceptance(api: Any) -> InviteAcceptance:
    return InviteAcceptance(api, users_of(api))


class Inviting(unittest.TestCase):
    def invite(
        self,
        sender: str,
        invited: str = ANNA,
        content: Any = MARKED,
        action: str = "invite",
    ) -> Any:
        """Goes through Synapse's wrapped method, and answers what was begun in the background."""
        api = fake_api()
        acceptance(api)
        answer = run(
            api.members.update_membership(
                create_requester(sender),
                UserID.from_string(invited),
                "!r",
                action,
                content=content,
            )
        )
        self.assertEqual(answer, ("$e", 7))
        return api.run_as_background_process

    def test_a_marked_invite_of_the_service_is_accepted_in_the_background(self) -> None:
        for sender in (SENDER, COMPANY, VISITOR, ADMIN):
            begun = self.invite(sender)
            self.assertEqual(begun.call_args.args[2:], (ANNA, "!r"))

    def test_a_mark_by_anybody_else_does_nothing(self) -> None:
        for sender in (BEN, BOT, REMOTE, "@company_0a_acme:elsewhere.example"):
            for invited in (ANNA, COMPANY):
                self.invite(sender, invited).assert_not_called()

    def test_an_invite_without_the_mark_waits_for_the_person(self) -> None:
        for content in (None, {}, {MARK: False}, {MARK: "true"}, {MARK: 1}):
            self.invite(COMPANY, content=content).assert_not_called()

    def test_people_of_other_servers_decide_for_themselves(self) -> None:
        self.invite(COMPANY, REMOTE).assert_not_called()

    def test_other_changes_of_membership_are_left_alone(self) -> None:
        for action in ("join", "leave", "kick", "ban"):
            self.invite(COMPANY, action=action).assert_not_called()

    def test_an_invite_that_was_refused_is_not_accepted(self) -> None:
        api = fake_api()

        async def update_membership(
            requester: Any, target: Any, room_id: str, action: str, content: Any = None
        ) -> tuple[str, int]:
            raise SynapseError(403, "no", Codes.FORBIDDEN)

        api.members.update_membership = update_membership
        acceptance(api)
        with self.assertRaises(SynapseError):
            target = UserID.from_string(ANNA)
            run(
                api.members.update_membership(
                    create_requester(COMPANY), target, "!r", "invite", MARKED
                )
            )
        api.run_as_background_process.assert_not_called()


class OtherVersionsOfSynapse(unittest.TestCase):
    def test_the_pinned_version_is_as_it_must_be(self) -> None:
        check_synapse(RoomMemberHandler)

    def test_a_missing_method_or_other_parameters_stop_the_start(self) -> None:
        def update_membership(self: Any, target: Any) -> None: ...

        for members in ({}, {"update_membership": update_membership}):
            with self.assertRaisesRegex(ConfigError, "invite acceptance"):
                check_synapse(type("Changed", (), members))


class Accepting(unittest.TestCase):
    def invited(self) -> Any:
        return fake_api(member(ANNA, "invite", COMPANY, **MARKED))

    def accept(self, api: Any) -> list[int]:
        """Accepts, and answers the waits."""
        run(acceptance(api).accept(ANNA, "!r"))
        return [call.args[0] for call in api.sleep.call_args_list]

    def test_the_person_joins_at_once(self) -> None:
        api = self.invited()
        self.assertEqual(self.accept(api), [])
        api.update_room_membership.assert_awaited_once_with(
            sender=ANNA, target=ANNA, room_id="!r", new_membership="join"
        )

    def test_a_join_that_fails_is_tried_again_after_growing_waits(self) -> None:
        api = self.invited()
        api.update_room_membership = AsyncMock(
            side_effect=[SynapseError(429, "slow"), RuntimeError("race"), None]
        )
        waits = self.accept(api)
        self.assertEqual(waits, [1, 4])
        self.assertEqual(list(DELAYS_S), sorted(set(DELAYS_S)))

    def test_after_the_last_try_a_line_names_the_room_and_no_person(self) -> None:
        api = self.invited()
        api.update_room_membership = AsyncMock(
            side_effect=SynapseError(403, f"{ANNA} is banned", Codes.FORBIDDEN)
        )
        with self.assertLogs(LOGGER, "WARNING") as logs:
            waits = self.accept(api)
        self.assertEqual(waits, [delay for delay in DELAYS_S if delay > 0])
        self.assertEqual(len(logs.output), 1)
        self.assertIn("!r", logs.output[0])
        self.assertIn("M_FORBIDDEN", logs.output[0])
        self.assertNotIn("anna", logs.output[0])

    def test_who_has_decided_meanwhile_is_left_alone(self) -> None:
        for now in ("join", "leave", "ban"):
            api = self.invited()
            api.state[("m.room.member", ANNA)] = member(ANNA, now)
            self.accept(api)
            api.update_room_membership.assert_not_called()
        api = fake_api()
        self.accept(api)
        api.update_room_membership.assert_not_called()

    def test_an_invite_that_took_the_place_of_the_marked_one_waits(self) -> None:
        api = self.invited()
        api.state[("m.room.member", ANNA)] = member(ANNA, "invite", COMPANY)
        self.accept(api)
        api.update_room_membership.assert_not_called()

    def test_who_declines_between_two_tries_is_not_drawn_in(self) -> None:
        api = self.invited()

        async def decline(**_: Any) -> None:
            api.state[("m.room.member", ANNA)] = member(ANNA, "leave")
            raise SynapseError(429, "slow")

        api.update_room_membership = AsyncMock(side_effect=decline)
        self.assertEqual(self.accept(api), [1])
        api.update_room_membership.assert_awaited_once()

    def test_an_account_that_is_out_of_use_joins_nothing(self) -> None:
        for user in (
            None,
            account(is_deactivated=True),
            account(suspended=True),
            account(locked=True),
        ):
            api = self.invited()
            api.get_userinfo_by_id = AsyncMock(return_value=user)
            self.accept(api)
            api.update_room_membership.assert_not_called()


if __name__ == "__main__":
    unittest.main()
