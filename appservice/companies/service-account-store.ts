import type { Database } from '../database/database.ts';
import type { CompanyId, DeviceId, UserId } from '../ids.ts';

/** A Matrix user of a company for its own bots and integrations; its access token is at the homeserver only. */
export type ServiceAccount = {
  /** Row id (UUID). */
  readonly id: string;
  readonly companyId: CompanyId;
  /** Unique among the company's accounts in force; part of the Matrix id. */
  readonly name: string;
  readonly userId: UserId;
  readonly deviceId: DeviceId;
  readonly issuedAt: Date;
  /** null while it is in force. */
  readonly revokedAt: Date | null;
};

type Row = { id: string; company_id: string; name: string; user_id: string; device_id: string; issued_at: Date; revoked_at: Date | null };

function toDomain(row: Row): ServiceAccount {
  return {
    id: row.id,
    companyId: row.company_id as CompanyId,
    name: row.name,
    userId: row.user_id as UserId,
    deviceId: row.device_id as DeviceId,
    issuedAt: row.issued_at,
    revokedAt: row.revoked_at,
  };
}

/** Service accounts; a revoked one stays as a row, and its name may be issued again. */
export function createServiceAccountStore(database: Database) {
  return {
    async add({ id, companyId, name, userId, deviceId }: Omit<ServiceAccount, 'issuedAt' | 'revokedAt'>): Promise<void> {
      await database('service_account').insert({ id, company_id: companyId, name, user_id: userId, device_id: deviceId });
    },
    /** The latest of that name, also a revoked one. */
    async findLatest(companyId: CompanyId, name: string): Promise<ServiceAccount | undefined> {
      const row = await database<Row>('service_account')
        .where({ company_id: companyId, name })
        .orderByRaw('revoked_at desc nulls first, issued_at desc')
        .first();
      return row === undefined ? undefined : toDomain(row);
    },
    /** Those in force. */
    async listCurrent(companyId: CompanyId): Promise<ServiceAccount[]> {
      const rows = await database<Row>('service_account').where({ company_id: companyId }).whereNull('revoked_at').orderBy('name');
      return rows.map(toDomain);
    },
    async revoke(id: string): Promise<void> {
      await database('service_account').where({ id }).whereNull('revoked_at').update({ revoked_at: database.fn.now() });
    },
  };
}

/** See `createServiceAccountStore`. */
export type ServiceAccountStore = ReturnType<typeof createServiceAccountStore>;
