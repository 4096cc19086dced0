"""The module's part of homeserver.yaml."""

import re
from dataclasses import dataclass, fields
from typing import Any

from synapse.module_api.errors import ConfigError


@dataclass(frozen=True)
class SmoopeConfig:
    """Settings of the rules: names that the membership guard tells apart. No rule can be switched off."""

    sender: str
    """Matrix id of the appservice's own user."""
    service_users: re.Pattern[str]
    """Matrix ids that the service alone speaks for, whole."""
    company_users: re.Pattern[str]
    """Matrix ids of companies, whole: whom anybody may write to."""


def parse_config(config: dict[str, Any] | None) -> SmoopeConfig:
    """Decodes the settings; a key that no rule knows is refused, because a misspelt rule would not be held."""
    given = config or {}
    allowed = [field.name for field in fields(SmoopeConfig)]
    unknown = sorted(set(given) - set(allowed))
    if unknown:
        raise ConfigError(
            f"smoope_synapse: unknown key {unknown[0]!r}; allowed: {', '.join(sorted(allowed))}"
        )
    for key in allowed:
        if not isinstance(given.get(key), str) or not given[key]:
            raise ConfigError(
                f"smoope_synapse: {key} must be text; without it nobody would be known"
            )
    return SmoopeConfig(
        sender=given["sender"],
        service_users=_pattern("service_users", given["service_users"]),
        company_users=_pattern("company_users", given["company_users"]),
    )


def _pattern(key: str, text: str) -> re.Pattern[str]:
    try:
        return re.compile(text)
    except re.error as error:
        raise ConfigError(
            f"smoope_synapse: {key} is no regular expression: {error}"
        ) from error
