"""Which local files an event speaks of."""

import re
from typing import Any, Mapping


def find_media_ids(content: Mapping[str, Any], server_name: str) -> set[str]:
    """Ids of all files of this server that stand anywhere in the content: `url`, `file.url`, thumbnails, pictures in HTML.

    Walks with a stack of its own: content comes from strangers, and deep nesting would end a recursion.
    """
    pattern = re.compile(rf"mxc://{re.escape(server_name)}/([A-Za-z0-9_-]+)")
    found: set[str] = set()
    waiting: list[Any] = [content]
    while waiting:
        value = waiting.pop()
        if isinstance(value, str):
            found.update(pattern.findall(value))
        elif isinstance(value, Mapping):
            waiting.extend(value.values())
        elif isinstance(value, (list, tuple)):
            waiting.extend(value)
    return found
