import type { PanelSettings } from '../../appservice/visitors/panel-wire.ts';
import { panelAddress } from '../transport/session.ts';
import type { Composer } from './composer/composer.ts';
import type { PanelClient } from './panel-view.ts';

/** Settings of the page. `again`: with so many conversations, what the company wants to know is asked of somebody who has told it before. */
export type AskingSettings = PanelSettings & { readonly again?: number };

/** The panel, as far as it is needed here. */
export type Writing = {
  settings: AskingSettings;
  readonly client: PanelClient;
  readonly composer: Composer | null;
  readonly updateComplete: Promise<boolean>;
};

/**
 * Sends a refused event again. Where it was the first message of a conversation, what the company wants to know may have changed
 * since the page was loaded: then the words go back into the message field, below what is asked now. Throws `ApiFailure`.
 */
export async function writeAgain(panel: Writing, txnId: string): Promise<void> {
  const { client, settings } = panel;
  const { thread, threads, outbox } = client.view();
  const item = outbox.find((other) => other.txnId === txnId);
  const words = item?.content['body'];
  if (thread || item?.content['msgtype'] !== 'm.text' || typeof words !== 'string') return client.retry(txnId);
  const path = panelAddress(settings.company.slug, settings.channel, settings.locale);
  panel.settings = { ...(await client.call<PanelSettings>({ path })), again: threads.length };
  if (!panel.settings.preChat?.length) return client.retry(txnId);
  // In a further conversation only what was not asked before is left to fill in.
  const { fields } = await client.call<{ readonly fields: readonly { readonly key: string; readonly value: string }[] }>({
    path: '/api/v1/visitor',
  });
  client.describe({ ...Object.fromEntries(fields.map(({ key, value }) => [key, value])), ...item.fields });
  client.store.update((kept) => ({ outbox: kept.outbox.filter((other) => other.txnId !== txnId) }));
  client.start();
  await panel.updateComplete;
  panel.composer?.insert(words);
}
