"""Signs in by single sign-on as a Matrix client does that knows nothing of us: with matrix-nio and a web server of its own.

What it learns is written on standard output, one JSON object a line: the flows that the homeserver offers, the address that a
person must open in a browser, who it is signed in as. Afterwards each line on standard input makes it sync once.
"""

import asyncio
import json
import logging
import sys
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

from nio import AsyncClient, AsyncClientConfig, ErrorResponse


def write(**line: Any) -> None:
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()


async def wait_for_token(homeserver: str) -> str:
    """The login token with which the browser comes back."""
    token: asyncio.Future[str] = asyncio.get_running_loop().create_future()

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        target = (await reader.readline()).decode().split(" ")[1]
        given = parse_qs(urlsplit(target).query).get("loginToken")
        if given and not token.done():
            token.set_result(given[0])
        writer.write(b"HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\nconnection: close\r\ncontent-length: 9\r\n\r\nsigned in")
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    address = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/"
    write(open=f"{homeserver}/_matrix/client/v3/login/sso/redirect?redirectUrl={quote(address, safe='')}", back=address)
    try:
        return await token
    finally:
        server.close()


async def sync(client: AsyncClient) -> None:
    response = await client.sync(timeout=0)
    if isinstance(response, ErrorResponse):
        write(refused=response.status_code)
    else:
        write(rooms=list(response.rooms.join))


async def read_lines() -> asyncio.StreamReader:
    reader = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    return reader


async def main() -> None:
    # A refused sync is what a test waits for.
    logging.getLogger("nio").setLevel(logging.CRITICAL)
    homeserver = sys.argv[1]
    client = AsyncClient(homeserver, "", config=AsyncClientConfig(encryption_enabled=False))
    write(flows=(await client.login_info()).flows)
    response = await client.login(token=await wait_for_token(homeserver), device_name="test")
    if isinstance(response, ErrorResponse):
        write(refused=response.status_code)
    else:
        write(userId=response.user_id, deviceId=response.device_id, accessToken=response.access_token)
        await sync(client)
        commands = await read_lines()
        while await commands.readline():
            await sync(client)
    await client.close()


asyncio.run(main())
