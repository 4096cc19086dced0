import { errors, type Adapter } from 'oidc-provider';
import type { OpenidRecordStore } from './openid-record-store.ts';

/** What the library stores its models through; one kind of record for each model. */
export function createOpenidAdapter(records: OpenidRecordStore): (kind: string) => Adapter {
  return (kind) => ({
    upsert: (id, payload, expiresIn) => records.put(kind, id, payload, expiresIn),
    find: (id) => records.find(kind, id, new Date()),
    findByUid: async (uid) => (await records.listSessions(uid, new Date()))[0],
    // Codes to type on another device are switched off.
    findByUserCode: async () => undefined,
    async consume(id) {
      // The library looks first and consumes later; two exchanges of one code at the same moment would both pass its look.
      if (!(await records.consume(kind, id))) throw new errors.InvalidGrant(`${kind} already consumed`);
    },
    destroy: (id) => records.remove(kind, id),
    revokeByGrantId: (grantId) => records.removeOfGrant(grantId),
  });
}
