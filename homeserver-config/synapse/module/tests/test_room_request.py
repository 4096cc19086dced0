import unittest
from typing import Any

from smoope_synapse.room_request import REFUSED_STATE, find_objection

from tests.people import ANNA, COMPANY, OTHER_COMPANY, VISITOR, fake_api, users_of

DIRECT_CHAT = {
    "preset": "trusted_private_chat",
    "visibility": "private",
    "is_direct": True,
    "invite": [COMPANY],
    "initial_state": [
        {"type": "m.room.guest_access", "content": {"guest_access": "can_join"}}
    ],
    "creation_content": {"m.federate": True},
}


class FindObjection(unittest.TestCase):
    def objection(self, changes: dict[str, Any]) -> str | None:
        return find_objection(
            {**DIRECT_CHAT, **changes}, users_of(fake_api()).is_company
        )

    def refuse(self, changes: dict[str, Any], says: str) -> None:
        self.assertRegex(self.objection(changes) or "no objection", says)

    def test_a_direct_chat_to_a_company_is_fine_as_clients_ask_for_it(self) -> None:
        self.assertIsNone(self.objection({}))
        self.assertIsNone(
            find_objection({"invite": [COMPANY]}, users_of(fake_api()).is_company)
        )

    def test_one_company_is_invited_and_nobody_else(self) -> None:
        for invite in (
            None,
            [],
            COMPANY,
            [ANNA],
            [VISITOR],
            [COMPANY, ANNA],
            [COMPANY, OTHER_COMPANY],
            [COMPANY, COMPANY],
            [f"x{COMPANY}"],
            [f"{COMPANY}\n"],
            [f"{COMPANY}.example"],
            [7],
            [None],
            [[COMPANY]],
            {COMPANY: True},
        ):
            self.refuse({"invite": invite}, "invite one company and nobody else")

    def test_nobody_is_invited_by_address(self) -> None:
        self.refuse(
            {"invite_3pid": [{"medium": "email", "address": "a@example.org"}]},
            "mail address",
        )

    def test_the_room_has_no_address_and_no_place_in_a_list(self) -> None:
        self.refuse({"room_alias_name": "ours"}, "room_alias_name")
        self.refuse({"room_alias_name": ""}, "room_alias_name")
        self.refuse({"visibility": "public"}, "visibility must be private")
        self.refuse({"visibility": None}, "visibility must be private")

    def test_it_is_no_space_and_replaces_no_room(self) -> None:
        self.refuse({"creation_content": {"type": "m.space"}}, "spaces")
        self.refuse(
            {"creation_content": {"predecessor": {"room_id": "!r"}}}, "replaces"
        )
        self.refuse({"creation_content": ["m.space"]}, "must be an object")

    def test_an_upgrade_as_synapse_asks_about_it_is_refused(self) -> None:
        upgrade = {
            "creation_content": {"predecessor": {"room_id": "!r"}},
            "initial_state": [],
        }
        self.assertRegex(
            find_objection(upgrade, users_of(fake_api()).is_company) or "", "replaces"
        )

    def test_no_member_alias_or_space_comes_in_as_initial_state(self) -> None:
        for type in REFUSED_STATE:
            self.refuse(
                {
                    "initial_state": [
                        {"type": "m.room.topic", "content": {}},
                        {"type": type, "state_key": ANNA, "content": {}},
                    ]
                },
                type,
            )

    def test_it_is_not_opened_by_its_preset_or_its_initial_state(self) -> None:
        self.refuse({"preset": "public_chat"}, "preset must be private_chat")
        for type, content, says in (
            ("m.room.join_rules", {"join_rule": "public"}, "must be invite"),
            ("m.room.join_rules", None, "must be invite"),
            (
                "m.room.history_visibility",
                {"history_visibility": "world_readable"},
                "may be shared",
            ),
        ):
            state = [{"type": "m.room.topic"}, {"type": type, "content": content}]
            self.refuse({"initial_state": state}, says)
        for type, content in (
            ("m.room.join_rules", {"join_rule": "invite"}),
            ("m.room.history_visibility", {"history_visibility": "invited"}),
        ):
            self.assertIsNone(
                self.objection({"initial_state": [{"type": type, "content": content}]})
            )

    def test_initial_state_of_another_form_is_refused(self) -> None:
        for state in ({"type": "m.room.member"}, "m.room.member", ["m.room.member"]):
            self.refuse({"initial_state": state}, "list of state events")
        self.assertIsNone(self.objection({"initial_state": [{"type": ["m.room.member"]}]}))


if __name__ == "__main__":
    unittest.main()
