import unittest

from synapse.module_api.errors import ConfigError

from smoope_synapse.config import SmoopeConfig, parse_config


class ParseConfig(unittest.TestCase):
    def test_an_empty_config_is_one(self) -> None:
        self.assertEqual(parse_config({}), SmoopeConfig())
        self.assertEqual(parse_config(None), SmoopeConfig())

    def test_an_unknown_key_is_refused_by_its_name(self) -> None:
        with self.assertRaisesRegex(ConfigError, "media_gard"):
            parse_config({"media_gard": False})


if __name__ == "__main__":
    unittest.main()
