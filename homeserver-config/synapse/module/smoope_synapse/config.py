"""The module's part of homeserver.yaml."""

from dataclasses import dataclass, fields
from typing import Any

from synapse.module_api.errors import ConfigError


@dataclass(frozen=True)
class SmoopeConfig:
    """Settings of the rules. The media guard has none: it cannot be switched off."""


def parse_config(config: dict[str, Any] | None) -> SmoopeConfig:
    """Decodes the settings; a key that no rule knows is refused, because a misspelt rule would not be held."""
    given = config or {}
    allowed = {field.name for field in fields(SmoopeConfig)}
    unknown = sorted(set(given) - allowed)
    if unknown:
        raise ConfigError(
            f"smoope_synapse: unknown key {unknown[0]!r}; allowed: {', '.join(sorted(allowed)) or 'none'}"
        )
    return SmoopeConfig(**given)
