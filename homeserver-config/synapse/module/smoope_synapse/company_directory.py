"""Company directory: people find companies by name and see who they are before they write to them.

Synapse leaves every user of an appservice out of its user directory, and answers a profile only to who shares a room. For
companies both would close the front door. Which companies are found is not decided here: Synapse lists who is in a room that
everybody may read, and only companies that are open are in that room.

Synapse has no callback for either, so three methods are wrapped. Whether they are what is expected is checked at start; if
not, Synapse does not start.
"""

import inspect
import re
from typing import Any, Collection

from synapse.handlers.profile import ProfileHandler
from synapse.module_api import LoggingTransaction, ModuleApi
from synapse.module_api.errors import ConfigError
from synapse.storage.databases.main.user_directory import UserDirectoryStore
from synapse.types import UserID

EXPECTED = (
    (
        UserDirectoryStore,
        "should_include_local_user_in_dir",
        ["self", "user"],
    ),
    (
        UserDirectoryStore,
        "_filter_local_users_for_dir_txn",
        ["self", "txn", "users"],
    ),
    (
        ProfileHandler,
        "check_profile_query_allowed",
        ["self", "target_user", "requester"],
    ),
)


def check_synapse(expected: tuple[tuple[type, str, list[str]], ...]) -> None:
    """Raises ConfigError when this Synapse does not have the methods that are wrapped."""
    for owner, name, parameters in expected:
        method = getattr(owner, name, None)
        given = [] if method is None else list(inspect.signature(method).parameters)
        if given != parameters:
            raise ConfigError(
                f"company directory: this Synapse has no {owner.__name__}.{name}({', '.join(parameters)}); "
                "nobody would find a company"
            )


class CompanyDirectory:
    """Lets companies, and of the appservice's users nobody else, into the user directory and be looked up."""

    def __init__(self, api: ModuleApi) -> None:
        check_synapse(EXPECTED)
        self._company = re.compile(
            rf"@company_[0-9a-f]{{2}}_[a-z0-9-]+:{re.escape(api.server_name)}"
        )
        self._wrap_directory(api._hs.get_datastores().main)
        self._wrap_profiles(api._hs.get_profile_handler())

    def is_company(self, user_id: str) -> bool:
        """Whether it is the ghost of a company of this server; the appservice alone can make users of such a name."""
        return self._company.fullmatch(user_id) is not None

    def _wrap_directory(self, store: Any) -> None:
        inner = store.should_include_local_user_in_dir
        inner_batch = store._filter_local_users_for_dir_txn

        async def with_companies(user: str) -> bool:
            return self.is_company(user) or await inner(user)

        def batch_with_companies(
            txn: LoggingTransaction, users: Collection[str]
        ) -> Collection[str]:
            companies = [user for user in users if self.is_company(user)]
            return [*inner_batch(txn, users), *companies]

        setattr(store, "should_include_local_user_in_dir", with_companies)
        setattr(store, "_filter_local_users_for_dir_txn", batch_with_companies)

    def _wrap_profiles(self, handler: ProfileHandler) -> None:
        inner = handler.check_profile_query_allowed

        async def open_for_companies(
            target_user: UserID, requester: UserID | None = None
        ) -> None:
            if not self.is_company(target_user.to_string()):
                await inner(target_user, requester)

        setattr(handler, "check_profile_query_allowed", open_for_companies)
