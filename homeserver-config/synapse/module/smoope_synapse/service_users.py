"""Who acts for the service, and who is a company: told by the names that the appservice has reserved."""

from synapse.module_api import ModuleApi

from smoope_synapse.config import SmoopeConfig


class ServiceUsers:
    """Tells apart the service, companies and everybody else."""

    def __init__(self, api: ModuleApi, config: SmoopeConfig) -> None:
        self._api = api
        self._config = config
        self.sender = config.sender

    def is_company(self, user_id: object) -> bool:
        """Whether this is the Matrix id of a company; anything that is no text is none."""
        return (
            isinstance(user_id, str)
            and self._config.company_users.fullmatch(user_id) is not None
        )

    async def is_service(self, user_id: str) -> bool:
        """Whether nobody but the service speaks for this user: its bot, its ghosts, its server-admin account."""
        return (
            user_id == self.sender
            or self._config.service_users.fullmatch(user_id) is not None
            or await self._api.is_user_admin(user_id)
        )
