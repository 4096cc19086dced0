"""A company's own program, written with mautrix: it takes every new conversation, answers it, and closes it when thanked.

Reads HOMESERVER, USER_ID, ACCESS_TOKEN and TEAM_ROOM; writes a line for what it has done. Knows nothing of the service but what
people of the company see: the announcement with its link, and the words of commands.
"""

import asyncio
import os
import re
from urllib.parse import unquote

from mautrix.client import Client
from mautrix.types import EventType, Membership, MessageEvent, MessageType, StrippedStateEvent, TextMessageEventContent

LINK = re.compile(r"matrix:roomid/([^?\s]+)\?via=")


class Bot:
    def __init__(self, client: Client, team_room: str) -> None:
        self._client = client
        self._team_room = team_room
        # Announcements by the room that they lead to.
        self._announcements: dict[str, str] = {}

    async def on_message(self, event: MessageEvent) -> None:
        if event.sender == self._client.mxid or event.content.msgtype != MessageType.TEXT:
            return
        if event.room_id == self._team_room:
            await self._on_announcement(event)
        elif event.room_id in self._announcements and event.sender.startswith("@visitor_"):
            await self._on_visitor(event)

    async def _on_announcement(self, event: MessageEvent) -> None:
        link = LINK.search(event.content.body)
        # An edit tells how a conversation goes on; only the first announcement is a new one.
        if link is None or event.content.get_edit() is not None:
            return
        room = "!" + unquote(link[1])
        if room in self._announcements:
            return
        self._announcements[room] = event.event_id
        await self._client.join_room_by_id(room)
        await self._client.send_text(room, "kanari bot hat übernommen")
        print("answered", flush=True)

    async def _on_visitor(self, event: MessageEvent) -> None:
        if "Danke" not in event.content.body:
            return
        await self._client.react(event.room_id, event.event_id, "👍")
        content = TextMessageEventContent(msgtype=MessageType.TEXT, body="!close")
        announcement = await self._client.get_event(self._team_room, self._announcements[event.room_id])
        content.set_reply(announcement)
        await self._client.send_message(self._team_room, content)
        print("closed", flush=True)

    async def on_invite(self, event: StrippedStateEvent) -> None:
        if event.state_key == self._client.mxid and event.content.membership == Membership.INVITE:
            await self._client.join_room_by_id(event.room_id)


async def main() -> None:
    client = Client(mxid=os.environ["USER_ID"], base_url=os.environ["HOMESERVER"], token=os.environ["ACCESS_TOKEN"])
    bot = Bot(client, os.environ["TEAM_ROOM"])
    client.add_event_handler(EventType.ROOM_MESSAGE, bot.on_message)
    client.add_event_handler(EventType.ROOM_MEMBER, bot.on_invite)
    print("ready", flush=True)
    await client.start(None)


asyncio.run(main())
