import type { Database } from '../database/database.ts';
import type { CompanyId } from '../ids.ts';

/** What a ticket was made for. */
export type PanelTicket = { readonly companyId: CompanyId; readonly channel: 'widget' | 'form' };

/** Rows of `panel_ticket`. */
export function createPanelTicketStore(database: Database) {
  return {
    async create({ hash, companyId, channel, expiresAt }: PanelTicket & { hash: string; expiresAt: Date }): Promise<void> {
      await database('panel_ticket').insert({ hash, company_id: companyId, channel, expires_at: expiresAt });
    },
    /** Uses a ticket up; undefined when it was used, is too old or never was. */
    async take(hash: string, now: Date): Promise<PanelTicket | undefined> {
      const [row] = await database<{ hash: string; company_id: CompanyId; channel: 'widget' | 'form'; expires_at: Date }>('panel_ticket')
        .where({ hash })
        .delete()
        .returning('*');
      return row === undefined || row.expires_at <= now ? undefined : { companyId: row.company_id, channel: row.channel };
    },
    async deleteExpired(now: Date): Promise<number> {
      return database('panel_ticket').where('expires_at', '<=', now).delete();
    },
  };
}
