import asyncio
import unittest
from types import SimpleNamespace
from typing import Any, Callable
from unittest.mock import Mock

from smoope_synapse.search_index import FORGET, INTERVAL_MS, SearchIndex


def started(*, background: bool) -> tuple[SearchIndex, Mock, Mock]:
    """The rule, what it asked to be called for, and the transaction it runs in."""
    looping, txn = Mock(), Mock()

    async def run_db_interaction(_desc: str, work: Callable[[Any], None]) -> None:
        work(txn)

    api = SimpleNamespace(
        should_run_background_tasks=lambda: background,
        looping_background_call=looping,
        run_db_interaction=run_db_interaction,
    )
    return SearchIndex(api), looping, txn  # type: ignore[arg-type]


class SearchIndexTest(unittest.TestCase):
    def test_redacted_events_are_forgotten_again_and_again(self) -> None:
        index, looping, txn = started(background=True)
        self.assertEqual(looping.call_args.args, (index.forget_redacted, INTERVAL_MS))
        asyncio.run(index.forget_redacted())
        txn.execute.assert_called_once_with(FORGET)

    def test_one_process_of_several_does_it(self) -> None:
        _, looping, _ = started(background=False)
        looping.assert_not_called()
