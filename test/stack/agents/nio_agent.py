"""Holds the side of agents with matrix-nio, one client each, told what to do by a test.

Commands arrive on standard input and are answered on standard output, one JSON object a line; `agent` says whose it is.
What the sync brings is written unasked, as `{"heard": ...}`.
"""

import asyncio
import json
import sys
from typing import Any, Awaitable, Callable

from nio import AsyncClient, AsyncClientConfig, ErrorResponse, MessageDirection, SyncResponse

SYNC_TIMEOUT_MS = 20_000
# Of more events between two syncs the homeserver leaves out the older ones, and a test would wait for them in vain.
SYNC_FILTER = {"room": {"timeline": {"limit": 200}}}


def write(line: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()


def listener(agent: str) -> Callable[[SyncResponse], Awaitable[None]]:
    def hear(kind: str, room_id: str, **more: Any) -> None:
        write({"agent": agent, "heard": {"kind": kind, "roomId": room_id, **more}})

    async def on_sync(response: SyncResponse) -> None:
        for room_id in response.rooms.invite:
            hear("invite", room_id)
        for room_id, room in response.rooms.join.items():
            hear("join", room_id)
            for event in room.timeline.events:
                hear("event", room_id, event=event.source)
            for event in room.ephemeral:
                if hasattr(event, "users"):
                    hear("typing", room_id, users=event.users)
                for receipt in getattr(event, "receipts", []):
                    hear("receipt", room_id, eventId=receipt.event_id, userId=receipt.user_id)
        for room_id, room in response.rooms.leave.items():
            hear("leave", room_id)
            for event in room.timeline.events:
                hear("event", room_id, event=event.source)
        hear("synced", "")

    return on_sync


def checked(response: Any) -> Any:
    if isinstance(response, ErrorResponse):
        raise RuntimeError(response.status_code or response.message)
    return response


async def login(client: AsyncClient, command: dict[str, Any]) -> dict[str, Any]:
    client.restore_login(command["userId"], "test", command["token"])
    return {"accessToken": client.access_token}


async def join(client: AsyncClient, command: dict[str, Any]) -> dict[str, Any]:
    return {"roomId": checked(await client.join(command["roomId"])).room_id}


async def leave(client: AsyncClient, command: dict[str, Any]) -> dict[str, Any]:
    checked(await client.room_leave(command["roomId"]))
    return {}


async def send(client: AsyncClient, command: dict[str, Any]) -> dict[str, Any]:
    response = await client.room_send(command["roomId"], command["type"], command["content"], tx_id=command.get("txnId"))
    return {"eventId": checked(response).event_id}


async def redact(client: AsyncClient, command: dict[str, Any]) -> dict[str, Any]:
    return {"eventId": checked(await client.room_redact(command["roomId"], command["eventId"])).event_id}


async def typing(client: AsyncClient, command: dict[str, Any]) -> dict[str, Any]:
    checked(await client.room_typing(command["roomId"], command["typing"], timeout=10_000))
    return {}


async def receipt(client: AsyncClient, command: dict[str, Any]) -> dict[str, Any]:
    checked(await client.update_receipt_marker(command["roomId"], command["eventId"]))
    return {}


async def messages(client: AsyncClient, command: dict[str, Any]) -> dict[str, Any]:
    response = await client.room_messages(command["roomId"], limit=command["limit"], direction=MessageDirection.back)
    return {"events": [event.source for event in reversed(checked(response).chunk)]}


COMMANDS: dict[str, Callable[[AsyncClient, dict[str, Any]], Any]] = {
    "login": login,
    "join": join,
    "leave": leave,
    "send": send,
    "redact": redact,
    "typing": typing,
    "receipt": receipt,
    "messages": messages,
}


class Agents:
    """The clients in use, by the name that the test gave them, and what they are doing."""

    def __init__(self) -> None:
        self._clients: dict[str, AsyncClient] = {}
        self._running: dict[str, set[asyncio.Task[None]]] = {}

    def _start(self, agent: str, command: dict[str, Any]) -> None:
        # Rate limits and lost connections are waited out, as a client in use does.
        config = AsyncClientConfig(encryption_enabled=False, max_timeout_retry_wait_time=1)
        client = AsyncClient(command["homeserver"], command["userId"], config=config)
        client.add_response_callback(listener(agent), SyncResponse)
        self._clients[agent] = client
        self._running[agent] = set()

    async def _carry_out(self, client: AsyncClient, command: dict[str, Any]) -> None:
        try:
            write({"id": command["id"], "result": await COMMANDS[command["do"]](client, command)})
        except Exception as error:  # Whatever goes wrong is the test's to judge.
            write({"id": command["id"], "error": str(error) or type(error).__name__})

    async def stop(self, agent: str) -> None:
        for task in self._running.pop(agent):
            task.cancel()
        await self._clients.pop(agent).close()

    async def stop_all(self) -> None:
        for agent in list(self._clients):
            await self.stop(agent)

    async def obey(self, command: dict[str, Any]) -> None:
        agent = command["agent"]
        if command["do"] == "start":
            self._start(agent, command)
        elif command["do"] == "stop":
            await self.stop(agent)
            write({"id": command["id"], "result": {}})
        else:
            client, running = self._clients[agent], self._running[agent]
            sync = command["do"] == "sync"
            work = client.sync_forever(timeout=SYNC_TIMEOUT_MS, sync_filter=SYNC_FILTER, first_sync_filter=SYNC_FILTER, full_state=False) if sync else self._carry_out(client, command)
            task = asyncio.create_task(work)
            running.add(task)
            task.add_done_callback(running.discard)


async def read_lines() -> asyncio.StreamReader:
    reader = asyncio.StreamReader(limit=2**20)
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    return reader


async def main() -> None:
    agents = Agents()
    reader = await read_lines()
    while line := await reader.readline():
        await agents.obey(json.loads(line))
    await agents.stop_all()


asyncio.run(main())
