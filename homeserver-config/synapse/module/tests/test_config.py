import unittest
from typing import Any

from synapse.module_api.errors import ConfigError

from smoope_synapse.config import parse_config

WHOLE = {
    "sender": "@smoope:smoope.localhost",
    "service_users": r"^@(company|visitor)_0a_.*:smoope\.localhost$",
    "company_users": r"^@(company)_0a_.*:smoope\.localhost$",
}


class ParseConfig(unittest.TestCase):
    def refuse(self, config: dict[str, Any] | None, says: str) -> None:
        with self.assertRaisesRegex(ConfigError, says):
            parse_config(config)

    def test_names_are_read_as_expressions(self) -> None:
        config = parse_config(WHOLE)
        self.assertEqual(config.sender, "@smoope:smoope.localhost")
        self.assertTrue(
            config.service_users.fullmatch("@visitor_0a_x:smoope.localhost")
        )
        self.assertFalse(
            config.company_users.fullmatch("@visitor_0a_x:smoope.localhost")
        )

    def test_an_unknown_key_is_refused_by_its_name(self) -> None:
        self.refuse({**WHOLE, "media_gard": False}, "media_gard")

    def test_a_missing_key_is_refused_by_its_name(self) -> None:
        self.refuse(None, "sender")
        self.refuse({}, "sender")
        for key in WHOLE:
            self.refuse({**WHOLE, key: ""}, key)
            self.refuse({**WHOLE, key: 7}, key)

    def test_what_is_no_expression_is_refused_by_its_key(self) -> None:
        self.refuse({**WHOLE, "company_users": "("}, "company_users")


if __name__ == "__main__":
    unittest.main()
