"""Words that were taken back leave the search index too.

Synapse empties a redacted event after `redaction_retention_period`, but keeps its words in `event_search` for as long as the
room lives. Retention and the deletion of a room clear them; a redaction alone does not.
"""

from synapse.module_api import LoggingTransaction, ModuleApi

INTERVAL_MS = 60 * 1000

# Until it is censored, every redaction is looked at each time, so an event that is indexed late is found as well.
FORGET = """
DELETE FROM event_search USING redactions
    WHERE NOT redactions.have_censored AND redactions.redacts = event_search.event_id
"""


class SearchIndex:
    """Forgets redacted events once a minute."""

    def __init__(self, api: ModuleApi) -> None:
        self._api = api
        if api.should_run_background_tasks():
            api.looping_background_call(
                self.forget_redacted, INTERVAL_MS, desc="smoope_forget_redacted"
            )

    async def forget_redacted(self) -> None:
        """Takes the words of redacted events out of the index."""

        def run(txn: LoggingTransaction) -> None:
            txn.execute(FORGET)

        await self._api.run_db_interaction("smoope_forget_redacted", run)
