"""The table that says in which rooms a file was sent: ids only, in Synapse's own database."""

from typing import Collection, NamedTuple

from synapse.module_api import LoggingTransaction, ModuleApi
from synapse.storage.database import make_conn
from synapse.storage.engines import create_engine

SCHEMA = """
CREATE TABLE IF NOT EXISTS smoope_media_room (
    media_id TEXT NOT NULL,
    room_id TEXT NOT NULL,
    PRIMARY KEY (media_id, room_id)
)
"""

# A person at home or abroad is in a room by its current state.
IS_JOINED = """
SELECT 1 FROM smoope_media_room AS sent
    JOIN current_state_events AS member ON member.room_id = sent.room_id
    WHERE sent.media_id = {media_id} AND member.type = 'm.room.member'
        AND member.state_key = ? AND member.membership = 'join'
"""

CLEAN_UP_INTERVAL_MS = 60 * 60 * 1000


class MediaUse(NamedTuple):
    """What a file serves: `rooms` it was sent to that still exist, and whether it is its uploader's picture."""

    user_id: str | None
    rooms: list[str]
    is_picture: bool


class MediaRooms:
    """Rows of `smoope_media_room`. A file without a row was never sent; one with rows belongs to those rooms."""

    def __init__(self, api: ModuleApi) -> None:
        self._api = api
        self._create_table()
        if api.should_run_background_tasks():
            api.looping_background_call(
                self.forget_deleted_media,
                CLEAN_UP_INTERVAL_MS,
                desc="smoope_forget_deleted_media",
            )

    def _create_table(self) -> None:
        """Waits for the database, as Synapse itself does at start: no request may come before the table is there."""
        database = self._api._hs.config.database.get_single_database()
        connection = make_conn(
            db_config=database,
            engine=create_engine(database.config),
            default_txn_name="smoope_schema",
            server_name=self._api.server_name,
        )
        try:
            cursor = connection.cursor()
            cursor.execute(SCHEMA)
            cursor.close()
            connection.commit()
        finally:
            connection.close()

    async def bind(
        self, media_ids: Collection[str], room_id: str, sender: str
    ) -> None:
        """Files named in an event of the room belong to it from now on.

        Only where the sender uploaded the file or may read it: a stranger who knows its id could else open it for
        themselves, or take a picture of a profile away from everybody by sending it.
        """
        may_read = IS_JOINED.format(media_id="media.media_id")
        sql = f"""
            INSERT INTO smoope_media_room (media_id, room_id)
            SELECT media.media_id, ? FROM local_media_repository AS media
                WHERE media.media_id = ANY(?) AND (media.user_id = ? OR EXISTS ({may_read}))
            ON CONFLICT DO NOTHING
        """

        def run(txn: LoggingTransaction) -> None:
            txn.execute(sql, (room_id, list(media_ids), sender, sender))

        await self._api.run_db_interaction("smoope_bind_media", run)

    async def rooms_of(self, media_id: str) -> list[str]:
        """Rooms the file was sent to; empty for one that was never sent."""

        def run(txn: LoggingTransaction) -> list[str]:
            txn.execute(
                "SELECT room_id FROM smoope_media_room WHERE media_id = ?", (media_id,)
            )
            return [row[0] for row in txn.fetchall()]

        return await self._api.run_db_interaction("smoope_rooms_of_media", run)

    async def may_read(self, media_id: str, user_id: str) -> bool:
        """Whether the user uploaded the file or is now in a room it was sent to."""
        sql = f"""
            SELECT 1 FROM local_media_repository WHERE media_id = ? AND user_id = ?
            UNION ALL {IS_JOINED.format(media_id="?")} LIMIT 1
        """

        def run(txn: LoggingTransaction) -> bool:
            txn.execute(sql, (media_id, user_id, media_id, user_id))
            return txn.fetchone() is not None

        return await self._api.run_db_interaction("smoope_may_read_media", run)

    async def find_use(self, media_id: str) -> MediaUse | None:
        """Who uploaded the file and what it serves; None for one that does not exist.

        A room that was deleted for good is no use any more, though its row stays: without it everybody could read the file.
        """
        rooms = """
            SELECT room_id FROM smoope_media_room JOIN rooms USING (room_id) WHERE media_id = ?
        """
        picture = "SELECT 1 FROM profiles WHERE full_user_id = ? AND avatar_url = ?"

        def run(txn: LoggingTransaction) -> MediaUse | None:
            txn.execute(
                "SELECT user_id FROM local_media_repository WHERE media_id = ?",
                (media_id,),
            )
            media = txn.fetchone()
            if media is None:
                return None
            txn.execute(rooms, (media_id,))
            sent_to = [row[0] for row in txn.fetchall()]
            txn.execute(
                picture, (media[0], f"mxc://{self._api.server_name}/{media_id}")
            )
            return MediaUse(media[0], sent_to, txn.fetchone() is not None)

        return await self._api.run_db_interaction("smoope_find_media_use", run)

    async def forget_deleted_media(self) -> None:
        """Rows of files that are gone."""

        def run(txn: LoggingTransaction) -> None:
            txn.execute(
                """
                DELETE FROM smoope_media_room AS sent WHERE NOT EXISTS (
                    SELECT 1 FROM local_media_repository AS media WHERE media.media_id = sent.media_id
                )
                """
            )

        await self._api.run_db_interaction("smoope_forget_deleted_media", run)
