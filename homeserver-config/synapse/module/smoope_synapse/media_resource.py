"""Tells the service what a file serves, so that deleting one conversation takes no file from another.

Synapse's own admin API knows who uploaded a file, but not where it was sent.
"""

from synapse.http.site import SynapseRequest
from synapse.module_api import DirectServeJsonResource, ModuleApi
from synapse.module_api.errors import Codes, SynapseError

from smoope_synapse.media_rooms import MediaRooms

# Not below `/_synapse/client`, which the proxy lets the world reach.
PATH = "/_synapse/smoope/media"


class MediaResource(DirectServeJsonResource):
    """`GET /_synapse/smoope/media/<id>`, for server administrators alone."""

    isLeaf = True

    def __init__(self, api: ModuleApi, rooms: MediaRooms) -> None:
        super().__init__(clock=api._hs.get_clock())
        self._api = api
        self._rooms = rooms
        api.register_web_resource(PATH, self)

    async def _async_render_GET(self, request: SynapseRequest) -> tuple[int, object]:
        requester = await self._api.get_user_by_req(request)
        if not await self._api.is_user_admin(requester.user.to_string()):
            raise SynapseError(
                403, "Only a server administrator may ask.", Codes.FORBIDDEN
            )
        media_id = b"/".join(request.postpath or []).decode("ascii", "replace")
        use = await self._rooms.find_use(media_id)
        if use is None:
            raise SynapseError(404, "There is no such file.", Codes.NOT_FOUND)
        return 200, use._asdict()
