import type { Companies } from './app-companies.ts';
import type { AppSettings, Connections } from './app-connections.ts';
import type { Media } from './app-media.ts';
import { createContactFieldStore } from './contact-fields/contact-field-store.ts';
import type { ErasureId } from './ids.ts';
import { createVerifiedIdentityStore } from './identities/verified-identity-store.ts';
import { createErasing } from './matrix/erasing.ts';
import { createMediaUploadStore } from './media/media-upload-store.ts';
import { createPersonStore } from './persons/person-store.ts';
import { createErasureRequests } from './privacy/erasure-request.ts';
import { createErasureWork } from './privacy/erasure-work.ts';
import { createVisitorBlockStore } from './visitors/visitor-block-store.ts';
import { createVisitorSessionStore } from './visitors/visitor-session-store.ts';

/** Deletion for good: what a person asks for, and the work that follows. `begin` asks for the job. */
export function wireErasure(
  { log }: AppSettings,
  { database, locks, homeserver, names, reading, sending }: Connections,
  { companies }: Companies,
  media: Media,
  begin: (id: ErasureId) => Promise<void>,
) {
  const work = createErasureWork({
    database,
    locks,
    erasing: createErasing({ homeserver, serverName: names.serverName }),
    reading,
    sending,
    getCompany: (id) => companies.get(id),
    listUploads: (id) => createMediaUploadStore(database).listOfConversation(id),
    deleteMedia: (mxc) => media.outbox.deleteMedia({ mxc }),
    rows: {
      ofConversation: [(on, id) => createMediaUploadStore(on).removeOfConversation(id)],
      ofPerson: [
        (on, id, companyId) => createContactFieldStore(on).removeAll(id, companyId),
        (on, id, companyId) => createVisitorSessionStore(on).removeOfPerson(id, companyId),
        (on, id, companyId) => createVerifiedIdentityStore(on).removeOfPerson(id, companyId),
        (on, id, companyId) => createVisitorBlockStore(on).removeOfPerson(id, companyId),
      ],
    },
    log: log.child('erasure'),
  });
  const requests = createErasureRequests({
    database,
    begin,
    neighbours: {
      lockPerson: (on, id) => createPersonStore(on).lock(id),
      endSession: (on, id) => createVisitorSessionStore(on).end(id),
      endSessionsOf: (on, id, companyId) => createVisitorSessionStore(on).endOfPerson(id, companyId),
      restartStreamsOf: (on, id, companyId) => createVisitorSessionStore(on).restartStreams(id, companyId),
      forgetIdentityOf: (on, id, companyId) => createVerifiedIdentityStore(on).removeOfPerson(id, companyId),
    },
  });
  return { work, requests };
}

/** See `wireErasure`. */
export type Erasures = ReturnType<typeof wireErasure>;
