"""Entry for Synapse: reads the module's config and starts every rule."""

from typing import Any

from synapse.module_api import ModuleApi

from smoope_synapse.company_directory import CompanyDirectory
from smoope_synapse.config import SmoopeConfig, parse_config
from smoope_synapse.history_guard import HistoryGuard
from smoope_synapse.invite_acceptance import InviteAcceptance
from smoope_synapse.media_guard import MediaGuard
from smoope_synapse.media_resource import MediaResource
from smoope_synapse.media_rooms import MediaRooms
from smoope_synapse.membership_guard import MembershipGuard
from smoope_synapse.profile_guard import ProfileGuard
from smoope_synapse.search_index import SearchIndex
from smoope_synapse.service_users import ServiceUsers


class SmoopeModule:
    """Named in homeserver.yaml under `modules`. A rule that cannot be held stops the start of Synapse."""

    def __init__(self, config: SmoopeConfig, api: ModuleApi) -> None:
        media_rooms = MediaRooms(api)
        self.media_guard = MediaGuard(api, media_rooms)
        self.media_resource = MediaResource(api, media_rooms)
        self.history_guard = HistoryGuard(api)
        self.company_directory = CompanyDirectory(api)
        self.search_index = SearchIndex(api)
        self.profile_guard = ProfileGuard(api)
        users = ServiceUsers(api, config)
        self.membership_guard = MembershipGuard(api, users)
        self.invite_acceptance = InviteAcceptance(api, users)

    @staticmethod
    def parse_config(config: dict[str, Any] | None) -> SmoopeConfig:
        return parse_config(config)
