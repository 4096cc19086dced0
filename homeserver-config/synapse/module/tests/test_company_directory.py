import asyncio
import unittest
from types import SimpleNamespace
from typing import Any, Coroutine, TypeVar
from unittest.mock import AsyncMock, Mock

from synapse.module_api.errors import ConfigError, SynapseError
from synapse.types import UserID

from smoope_synapse.company_directory import (
    EXPECTED,
    CompanyDirectory,
    check_synapse,
)

ACME = "@company_0a_acme-gmbh:smoope.localhost"
ANNA = UserID.from_string("@anna:smoope.localhost")
OTHERS = (
    "@anna:smoope.localhost",
    "@smoope:smoope.localhost",
    "@visitor_0a_0123:smoope.localhost",
    "@service_0a_acme_bot:smoope.localhost",
    "@company_0a_acme:elsewhere.example",
    "@company_0a_acme:smoopeXlocalhost",
    "@company_zz_acme:smoope.localhost",
    "@company_0a_:smoope.localhost",
)
T = TypeVar("T")


def run(work: Coroutine[Any, Any, T]) -> T:
    return asyncio.run(work)


def synapse() -> Any:
    """A Synapse that lists and shows nobody, with the rule before it."""
    store = SimpleNamespace(
        should_include_local_user_in_dir=AsyncMock(return_value=False),
        _filter_local_users_for_dir_txn=Mock(return_value=["@bert:smoope.localhost"]),
    )
    refusal = SynapseError(403, "Profile isn't available")
    profiles = SimpleNamespace(check_profile_query_allowed=AsyncMock(side_effect=refusal))
    hs = SimpleNamespace(
        get_datastores=lambda: SimpleNamespace(main=store),
        get_profile_handler=lambda: profiles,
    )
    CompanyDirectory(SimpleNamespace(_hs=hs, server_name="smoope.localhost"))  # type: ignore[arg-type]
    return SimpleNamespace(store=store, profiles=profiles)


class Finding(unittest.TestCase):
    def test_a_company_may_stand_in_the_directory(self) -> None:
        self.assertTrue(run(synapse().store.should_include_local_user_in_dir(ACME)))

    def test_for_everybody_else_synapse_decides(self) -> None:
        for user_id in OTHERS:
            with self.subTest(user_id):
                include = synapse().store.should_include_local_user_in_dir
                self.assertFalse(run(include(user_id)))

    def test_a_directory_that_is_built_anew_has_the_companies_too(self) -> None:
        batch = synapse().store._filter_local_users_for_dir_txn
        self.assertEqual(
            batch(None, [ACME, *OTHERS]), ["@bert:smoope.localhost", ACME]
        )


class LookingUp(unittest.TestCase):
    def test_a_company_shows_its_name_to_whoever_asks(self) -> None:
        target = UserID.from_string(ACME)
        run(synapse().profiles.check_profile_query_allowed(target, ANNA))

    def test_for_everybody_else_synapse_decides(self) -> None:
        for user_id in OTHERS:
            with self.subTest(user_id), self.assertRaises(SynapseError):
                target = UserID.from_string(user_id)
                run(synapse().profiles.check_profile_query_allowed(target, ANNA))


class OtherVersionsOfSynapse(unittest.TestCase):
    def test_the_pinned_version_is_as_the_rule_needs_it(self) -> None:
        check_synapse(EXPECTED)

    def test_a_missing_method_stops_the_start(self) -> None:
        with self.assertRaisesRegex(ConfigError, "Changed.find"):
            check_synapse(((type("Changed", (), {}), "find", ["self"]),))

    def test_other_parameters_stop_the_start(self) -> None:
        def find(self: Any, user: str, more: str) -> None: ...

        changed = type("Changed", (), {"find": find})
        with self.assertRaisesRegex(ConfigError, "nobody would find"):
            check_synapse(((changed, "find", ["self", "user"]),))


if __name__ == "__main__":
    unittest.main()
