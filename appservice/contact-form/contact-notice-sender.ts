import { randomInt } from 'node:crypto';
import type { Company } from '../companies/company.ts';
import type { Database } from '../database/database.ts';
import type { JobDeclaration } from '../database/jobs.ts';
import { inTransaction } from '../database/transaction.ts';
import type { CompanyId, ConversationId, PersonId } from '../ids.ts';
import type { AddToOutbox } from '../matrix/outbox-store.ts';
import type { NotificationAdapter } from '../notifications/notification.ts';
import type { ContactLinks } from './contact-links.ts';
import type { ContactHash } from './contact-notice-service.ts';
import { createContactNoticeStore, type StoredNotice } from './contact-notice-store.ts';
import { noticeText } from './contact-notice-texts.ts';

const MINUTE_MS = 60_000;

/** A code is good for so long. */
const CODE_MINUTES = 15;

/** An answer that is not read for so long is one that the person does not see. */
const AWAY_MS = 2 * MINUTE_MS;

/** Most notices of one run; the next one goes on. */
const BATCH = 200;

type Dependencies = {
  readonly database: Database;
  readonly addToOutbox: AddToOutbox;
  readonly notifications: NotificationAdapter;
  readonly links: ContactLinks;
  readonly hash: ContactHash;
  readonly getCompanyOf: (id: ConversationId) => Promise<Company | undefined>;
  /** Whether the person has a stream open in this process; one in another process marks what it shows as read. */
  readonly isWatching: (personId: PersonId, companyId: CompanyId) => boolean;
  readonly now: () => Date;
};

/**
 * Sends codes and notices after commit. Codes and links are made when they are sent, so no row ever holds one; a crash between
 * sending and the row's removal sends anew, and the code before is worth nothing then.
 */
export function createContactNoticeSender(dependencies: Dependencies) {
  const { database, addToOutbox, notifications, links, hash, getCompanyOf, isWatching, now } = dependencies;
  const notices = createContactNoticeStore(database);

  async function send(
    kind: 'code' | 'answer',
    notice: StoredNotice,
    company: Company,
    secret: { code: string; link: string },
  ): Promise<void> {
    const { way, address, locale } = notice;
    const gaps = { company: company.name, minutes: CODE_MINUTES, days: links.days, ...secret };
    await notifications.send({ way, address, ...noticeText(kind, locale, gaps) });
  }

  async function tell(id: ConversationId, before: Date): Promise<void> {
    await inTransaction(database, async (transaction) => {
      if (!(await createContactNoticeStore(transaction).noteTold(id, before))) return;
      await addToOutbox(transaction, [{ lane: `notice/${id}`, action: 'sendContactNotice', payload: { conversationId: id } }]);
    });
  }

  const job: JobDeclaration = {
    name: 'contact.notice',
    cron: '* * * * *',
    async run() {
      const before = new Date(now().getTime() - AWAY_MS);
      for (const { id, personId, companyId } of await notices.listUntold(before, BATCH)) {
        if (!isWatching(personId, companyId)) await tell(id, before);
      }
    },
  };

  return {
    jobs: [job] as const,
    outbox: {
      async sendContactCode({ conversationId }: { conversationId: ConversationId }): Promise<void> {
        const [notice, company] = [await notices.find(conversationId), await getCompanyOf(conversationId)];
        if (notice === undefined || notice.isProven || company?.status !== 'live') return;
        const code = String(randomInt(1_000_000)).padStart(6, '0');
        const expiresAt = new Date(now().getTime() + CODE_MINUTES * MINUTE_MS);
        await notices.setCode(conversationId, hash('code', `${conversationId} ${code}`), expiresAt);
        await send('code', notice, company, { code, link: '' });
      },
      async sendContactNotice({ conversationId }: { conversationId: ConversationId }): Promise<void> {
        const [notice, company] = [await notices.find(conversationId), await getCompanyOf(conversationId)];
        // They may have come back, or ended the notices, while this waited.
        if (notice === undefined || company?.status !== 'live' || !(await notices.isAway(conversationId))) return;
        await send('answer', notice, company, { code: '', link: await links.make(company, notice) });
      },
    },
  };
}
