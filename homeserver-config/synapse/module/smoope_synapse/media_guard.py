"""Media guard: a file that was sent in a room is for its uploader and for those who are in such a room now.

Synapse gives any file to any signed-in user who knows its id, also to somebody who has left the company it was sent to.
Files that were never sent (pictures of profiles, a file just uploaded) stay readable, as Matrix has it.

Synapse has no callback for downloads, so the one method through which each of them passes is wrapped (client and
federation, file and thumbnail). Whether that still holds is checked at start; if not, Synapse does not start.
"""

import inspect
from typing import Any, Literal, Protocol

from synapse.events import EventBase
from synapse.http.site import SynapseRequest
from synapse.media._base import respond_404
from synapse.media.media_repository import MediaRepository
from synapse.media.thumbnailer import ThumbnailProvider
from synapse.module_api import NOT_SPAM, ModuleApi
from synapse.module_api.errors import ConfigError
from synapse.storage.databases.main.media_repository import LocalMedia
from synapse.types import Requester

from smoope_synapse.media_references import find_media_ids
from smoope_synapse.media_rooms import MediaRooms

ENTRY = "get_local_media_info"
ENTRY_PARAMETERS = [
    "self",
    "request",
    "media_id",
    "max_timeout_ms",
    "bypass_quarantine",
]
WAYS_TO_A_FILE = (
    (MediaRepository, "get_local_media"),
    (ThumbnailProvider, "respond_local_thumbnail"),
    (ThumbnailProvider, "select_or_generate_local_thumbnail"),
)


class MediaInfo(Protocol):
    """Synapse's own look-up, which the guard stands before."""

    async def __call__(
        self, request: SynapseRequest, media_id: str, *args: Any, **kwargs: Any
    ) -> LocalMedia | None: ...


def check_synapse(repository: type, ways: tuple[tuple[type, str], ...]) -> None:
    """Raises ConfigError when this Synapse does not lead every download through the method that is wrapped."""
    entry = getattr(repository, ENTRY, None)
    if entry is None or list(inspect.signature(entry).parameters) != ENTRY_PARAMETERS:
        raise ConfigError(
            f"media guard: this Synapse has no {ENTRY}({', '.join(ENTRY_PARAMETERS)}); files would be open to everybody"
        )
    for owner, name in ways:
        way = getattr(owner, name, None)
        if way is None or ENTRY not in way.__code__.co_names:
            raise ConfigError(
                f"media guard: in this Synapse {owner.__name__}.{name} does not ask {ENTRY}; files would be open to everybody"
            )


class MediaGuard:
    """Notes where files are sent, and answers 404 M_NOT_FOUND to whom they are not meant for."""

    def __init__(self, api: ModuleApi, rooms: MediaRooms) -> None:
        self._api = api
        self._rooms = rooms
        config = api._hs.config
        api.register_spam_checker_callbacks(check_event_for_spam=self.note_media)
        if not config.media.can_load_media_repo:
            return  # A worker that serves no files.
        if not config.media.enable_authenticated_media:
            raise ConfigError("media guard: needs enable_authenticated_media: true")
        check_synapse(MediaRepository, WAYS_TO_A_FILE)
        self._wrap(api._hs.get_media_repository())

    def _wrap(self, repository: MediaRepository) -> None:
        inner: MediaInfo = repository.get_local_media_info

        async def guarded(
            request: SynapseRequest, media_id: str, *args: Any, **kwargs: Any
        ) -> LocalMedia | None:
            if await self.is_allowed(request.requester, media_id):
                return await inner(request, media_id, *args, **kwargs)
            # As for a file that does not exist, so that nobody learns which ids do.
            respond_404(request)
            return None

        setattr(repository, ENTRY, guarded)

    async def note_media(self, event: EventBase) -> Literal["NOT_SPAM"]:
        """Called before an event is stored. An error here refuses the event: none is stored without its note.

        State is left out: it holds pictures of profiles and rooms, which are for everybody.
        """
        if not event.is_state():
            media_ids = find_media_ids(event.content, self._api.server_name)
            if media_ids:
                await self._rooms.bind(media_ids, event.room_id, event.sender)
        return NOT_SPAM

    async def is_allowed(
        self, requester: Requester | str | None, media_id: str
    ) -> bool:
        """Whether the file is for this user, or (a name) for a server that has somebody in a room it was sent to."""
        rooms = await self._rooms.rooms_of(media_id)
        if not rooms:
            return True
        if requester is None:
            return False
        if isinstance(requester, str):
            return await self._is_server_in_one_of(rooms, requester)
        user_id = requester.user.to_string()
        return await self._rooms.may_read(
            media_id, user_id
        ) or await self._api.is_user_admin(user_id)

    async def _is_server_in_one_of(self, rooms: list[str], server: str) -> bool:
        store = self._api._hs.get_datastores().main
        for room_id in rooms:
            if await store.is_host_joined(room_id, server):
                return True
        return False
