import inspect
import unittest
from typing import Any

from synapse.api.errors import Codes
from synapse.module_api import ModuleApi

from smoope_synapse.membership_guard import MembershipGuard

from tests.people import (
    ADMIN,
    ANNA,
    BEN,
    BOT,
    COMPANY,
    OTHER_COMPANY,
    REMOTE,
    SENDER,
    VISITOR,
    event,
    fake_api,
    member,
    run,
    users_of,
)

SERVICE = (SENDER, COMPANY, VISITOR, ADMIN)
OTHERS = (ANNA, BOT)


def guard(*state: Any) -> MembershipGuard:
    api = fake_api(*state)
    return MembershipGuard(api, users_of(api))


def created_by(user: str) -> Any:
    return event("m.room.create", user)


class Rules(unittest.TestCase):
    def allowed(self, verdict: Any) -> None:
        self.assertEqual(verdict, "NOT_SPAM")

    def refused(self, verdict: Any, says: str) -> None:
        code, fields = verdict
        self.assertIs(code, Codes.FORBIDDEN)
        self.assertRegex(fields["error"], says)


class MakingRooms(Rules):
    def test_the_service_makes_any_room(self) -> None:
        for user in SERVICE:
            request = {"invite": [ANNA, BEN], "room_alias_name": "x"}
            self.allowed(run(guard().may_create_room(user, request)))

    def test_everybody_else_begins_a_direct_chat_to_a_company(self) -> None:
        for user in OTHERS:
            self.allowed(run(guard().may_create_room(user, {"invite": [COMPANY]})))
            self.refused(
                run(guard().may_create_room(user, {"invite": [BEN]})), "one company"
            )
            self.refused(run(guard().may_create_room(user, {})), "one company")


class Inviting(Rules):
    def test_the_service_invites_whom_it_wants(self) -> None:
        for inviter in SERVICE:
            for invitee in (ANNA, VISITOR, BOT, REMOTE):
                self.allowed(run(guard().may_invite(inviter, invitee, "!r")))

    def test_a_company_is_invited_to_a_room_by_who_made_it(self) -> None:
        for user in OTHERS:
            made = guard(created_by(user))
            self.allowed(run(made.may_invite(user, COMPANY, "!r")))
            self.allowed(run(made.may_invite(user, OTHER_COMPANY, "!r")))

    def test_people_and_ghosts_are_invited_by_nobody_else(self) -> None:
        for user in OTHERS:
            for invitee in (BEN, VISITOR, BOT, SENDER, REMOTE):
                verdict = run(guard(created_by(user)).may_invite(user, invitee, "!r"))
                self.refused(verdict, "Only companies of this server invite people")

    def test_a_company_is_not_invited_to_somebody_elses_room(self) -> None:
        for creator in (BEN, COMPANY, VISITOR):
            verdict = run(
                guard(created_by(creator)).may_invite(ANNA, OTHER_COMPANY, "!r")
            )
            self.refused(verdict, "a room that you made")
        self.refused(run(guard().may_invite(ANNA, COMPANY, "!r")), "room that you made")

    def test_another_server_invites_nobody_of_ours(self) -> None:
        for invitee in (ANNA, VISITOR, BOT, COMPANY):
            verdict = run(guard(created_by(REMOTE)).may_invite(REMOTE, invitee, "!r"))
            self.refused(verdict, "not invited by other servers")

    def test_a_name_like_ours_on_another_server_is_a_stranger(self) -> None:
        look_alike = "@company_0a_acme:elsewhere.example"
        self.refused(
            run(guard().may_invite(look_alike, ANNA, "!r")), "other servers"
        )
        self.refused(
            run(guard(created_by(ANNA)).may_invite(ANNA, look_alike, "!r")),
            "Only companies of this server",
        )

    def test_nobody_is_invited_by_address(self) -> None:
        self.assertFalse(
            run(guard().may_invite_address("email", "a@example.org", {}))
        )
        sent = event("m.room.third_party_invite", ANNA, key="token")
        self.refused(run(guard().may_send(sent)), "mail address")
        sent = event("m.room.third_party_invite", COMPANY, key="token")
        self.allowed(run(guard().may_send(sent)))

    def test_an_invite_in_an_event_of_another_server_is_kept_out(self) -> None:
        for user in (ANNA, VISITOR, COMPANY):
            sent = member(user, "invite", REMOTE)
            self.refused(run(guard().may_send(sent)), "not invited by other servers")

    def test_other_events_pass(self) -> None:
        for sent in (
            member(ANNA, "invite", COMPANY),
            member(REMOTE, "join"),
            member("@fred:elsewhere.example", "invite", REMOTE),
            member(ANNA, "leave", REMOTE),
            event("m.room.message", REMOTE, {"membership": "invite"}, None),
            event("m.room.member", REMOTE, {"membership": "invite"}, None),
        ):
            self.allowed(run(guard().may_send(sent)))


class Joining(Rules):
    def test_a_room_of_the_service_is_open_as_its_own_rules_say(self) -> None:
        for creator in SERVICE:
            for user in (ANNA, BOT, VISITOR, COMPANY):
                room = guard(created_by(creator))
                self.allowed(run(room.may_join(user, "!r", False)))

    def test_an_invite_of_the_service_opens_somebody_elses_room(self) -> None:
        for user in (ANNA, BOT, VISITOR):
            room = guard(created_by(BEN), member(user, "invite", COMPANY))
            self.allowed(run(room.may_join(user, "!r", True)))

    def test_nobody_else_opens_a_room_and_no_ghost_joins_at_a_strangers_invite(
        self,
    ) -> None:
        for user in (ANNA, BOT, VISITOR):
            for room in (
                guard(created_by(BEN)),
                guard(created_by(BEN), member(user, "invite", BEN)),
                guard(created_by(REMOTE), member(user, "invite", REMOTE)),
                guard(created_by(BEN), member(user, "leave", COMPANY)),
                guard(),
            ):
                self.refused(
                    run(room.may_join(user, "!r", True)), "You may join rooms of"
                )

    def test_a_company_joins_the_room_it_is_invited_to(self) -> None:
        for user in (COMPANY, SENDER):
            room = guard(created_by(ANNA), member(user, "invite", ANNA))
            self.allowed(run(room.may_join(user, "!r", True)))

    def test_ones_own_room_is_entered_again(self) -> None:
        room = guard(created_by(ANNA), member(ANNA, "leave"))
        self.allowed(run(room.may_join(ANNA, "!r", False)))

    def test_who_is_in_the_room_changes_their_name_there(self) -> None:
        room = guard(created_by(BEN), member(ANNA, "join"))
        self.allowed(run(room.may_join(ANNA, "!r", False)))


class OpeningRooms(Rules):
    def sent(self, user: str, type: str, key: str, value: object) -> Any:
        room = guard(created_by(user))
        return run(room.may_send(event(type, user, {key: value})))

    def test_nobody_but_the_service_lets_in_others_than_the_invited(self) -> None:
        for rule in ("public", "knock", "restricted", "knock_restricted", "private", None):
            for user in (*OTHERS, REMOTE):
                verdict = self.sent(user, "m.room.join_rules", "join_rule", rule)
                self.refused(verdict, "join_rule in m.room.join_rules must be invite")
            for user in SERVICE:
                self.allowed(self.sent(user, "m.room.join_rules", "join_rule", rule))
        for user in OTHERS:
            self.allowed(self.sent(user, "m.room.join_rules", "join_rule", "invite"))

    def test_nobody_but_the_service_lets_the_world_read(self) -> None:
        type, key = "m.room.history_visibility", "history_visibility"
        for value in ("world_readable", ["world_readable"], None):
            for user in (*OTHERS, REMOTE):
                self.refused(self.sent(user, type, key, value), "may be shared, invited")
            for user in SERVICE:
                self.allowed(self.sent(user, type, key, value))
        for value in ("shared", "invited", "joined"):
            for user in OTHERS:
                self.allowed(self.sent(user, type, key, value))


class AddressesAndLists(Rules):
    def test_they_are_the_services(self) -> None:
        alias: Any = object()
        for user in SERVICE:
            self.allowed(run(guard().may_create_alias(user, alias)))
            self.allowed(run(guard().may_publish(user, "!r")))
        for user in OTHERS:
            self.refused(run(guard().may_create_alias(user, alias)), "addresses")
            self.refused(run(guard().may_publish(user, "!r")), "publishes")


class Wiring(unittest.TestCase):
    def test_each_rule_is_given_to_synapse_under_a_name_it_knows(self) -> None:
        api = fake_api()
        MembershipGuard(api, users_of(api))
        for name in (
            "register_spam_checker_callbacks",
            "register_third_party_rules_callbacks",
        ):
            known = inspect.signature(getattr(ModuleApi, name)).parameters
            given = getattr(api, name).call_args.kwargs
            self.assertTrue(given)
            self.assertEqual([key for key in given if key not in known], [])


if __name__ == "__main__":
    unittest.main()
