import { createHmac, randomUUID } from 'node:crypto';
import type { Database } from '../database/database.ts';
import { deriveKey } from '../derived-key.ts';
import type { MobileNumber, RegistrationId } from '../ids.ts';
import { createSeal, type Seal } from '../sealing.ts';
import type { Registration, RegistrationStart } from './registration.ts';

/** Hashes and encryption of what stands in rows. */
export type RegistrationSeal = {
  readonly hashFlow: (flowId: string) => string;
  readonly hashNumber: (number: MobileNumber) => string;
  readonly seal: Seal;
};

/** See `RegistrationSeal`. */
export function createRegistrationSeal({
  sealingKey,
  hashKey,
  hashNumber,
}: {
  sealingKey: string;
  hashKey: string;
  hashNumber: (number: MobileNumber) => string;
}): RegistrationSeal {
  const flowKey = deriveKey(hashKey, 'flows of registrations');
  return {
    hashFlow: (flowId) => createHmac('sha256', flowKey).update(flowId).digest('base64url'),
    hashNumber,
    seal: createSeal(deriveKey(sealingKey, 'registrations')),
  };
}

type Row = {
  id: RegistrationId;
  flow_hash: string;
  number_sealed: string | null;
  number_hash: string | null;
  proved_at: Date | null;
  first_name: string | null;
  last_name: string | null;
  email_sealed: string | null;
  email_proved_at: Date | null;
  notice_version: string | null;
  notice_hash: string | null;
  created_at: Date;
  expires_at: Date;
};

/** Rows of `registration`. */
export function createRegistrationStore(database: Database, { hashFlow, hashNumber, seal }: RegistrationSeal) {
  const rows = () => database<Row>('registration');
  const numberContext = (id: RegistrationId): string => `registration number ${id}`;
  const emailContext = (id: RegistrationId): string => `registration email ${id}`;

  const numberColumns = (id: RegistrationId, number: MobileNumber | undefined, at: Date) =>
    number === undefined
      ? { number_sealed: null, number_hash: null, proved_at: null }
      : { number_sealed: seal.seal(number, numberContext(id)), number_hash: hashNumber(number), proved_at: at };

  function toDomain(row: Row): Registration {
    const { id, number_sealed: number, proved_at: provedAt, email_sealed: email } = row;
    return {
      id,
      number: number === null || provedAt === null ? null : { value: seal.open(number, numberContext(id)) as MobileNumber, provedAt },
      firstName: row.first_name,
      lastName: row.last_name,
      email: email === null ? null : seal.open(email, emailContext(id)),
      expiresAt: row.expires_at,
    };
  }

  return {
    /** Keeps a registration in place of an earlier one of the flow. */
    async replace(
      flowId: string,
      { number, names, email }: RegistrationStart,
      times: { at: Date; expiresAt: Date },
    ): Promise<Registration> {
      const id = randomUUID() as RegistrationId;
      const row: Row = {
        id,
        flow_hash: hashFlow(flowId),
        ...numberColumns(id, number, times.at),
        first_name: names?.firstName ?? null,
        last_name: names?.lastName ?? null,
        email_sealed: email === undefined ? null : seal.seal(email, emailContext(id)),
        email_proved_at: null,
        notice_version: null,
        notice_hash: null,
        created_at: times.at,
        expires_at: times.expiresAt,
      };
      await rows().where({ flow_hash: row.flow_hash }).delete();
      await rows().insert(row);
      return toDomain(row);
    },
    async find(flowId: string, now: Date): Promise<Registration | undefined> {
      const row = await rows()
        .where({ flow_hash: hashFlow(flowId) })
        .where('expires_at', '>', now)
        .first();
      return row === undefined ? undefined : toDomain(row);
    },
    /** As `find`; of two who complete it at once, one waits and then finds nothing. */
    async lock(flowId: string, now: Date): Promise<Registration | undefined> {
      const row = await rows()
        .where({ flow_hash: hashFlow(flowId) })
        .where('expires_at', '>', now)
        .forUpdate()
        .first();
      return row === undefined ? undefined : toDomain(row);
    },
    /** Adds a number that was proved. */
    async setNumber(id: RegistrationId, number: MobileNumber, at: Date): Promise<void> {
      await rows()
        .where({ id })
        .update(numberColumns(id, number, at));
    },
    async remove(id: RegistrationId): Promise<void> {
      await rows().where({ id }).delete();
    },
    async deleteExpired(now: Date): Promise<void> {
      await rows().where('expires_at', '<=', now).delete();
    },
  };
}
