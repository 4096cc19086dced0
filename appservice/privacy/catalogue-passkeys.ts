import type { Rules, TableEntry } from './catalogue-entry.ts';

const rules: Rules = {
  basis: 'GDPR 6(1)(b): the service that the person asked for',
  subjects: ['customer', 'agent', 'admin'],
  life: { start: 'added', period: 'until the person takes it away or deletes the account' },
  recipients: [],
  export: { how: 'included', as: 'account' },
  erasure: { how: 'deleted', with: 'the account' },
};

const technical = { how: 'left out', because: 'It says nothing about the person; the passkey itself is listed.' } as const;

/** Passkeys and their challenges. */
export const passkeyTables: readonly TableEntry[] = [
  {
    table: 'account_passkey',
    purpose: 'Signing in with face, finger or PIN of a device; the private half never leaves the device.',
    rules,
    columns: {
      credential_id: 'Finds the passkey that signed.',
      account_id: 'Whose it is.',
      public_key: { purpose: 'Checks what it signs.', export: technical },
      counter: { purpose: 'Tells a copied key from the real one.', export: technical },
      transports: { purpose: 'Helps the browser to reach it.', export: technical },
      browser: 'Family of the browser in which it was made, so that the person knows it again.',
      system: 'Family of its system.',
      created_at: 'When it was added.',
      last_used_at: 'When it was last signed in with.',
    },
  },
  {
    table: 'passkey_challenge',
    purpose: 'What a device has to sign, so that a signature is good once.',
    rules: {
      ...rules,
      basis: 'GDPR 6(1)(f): running the service safely',
      life: { start: 'asked for', period: '5 minutes; the row an hour longer at most' },
      export: { how: 'left out', because: 'It is random and gone within minutes.' },
      erasure: { how: 'deleted', with: 'its own end within minutes' },
    },
    columns: {
      challenge_hash: 'Recognises it.',
      bound_to_hash: 'Which sign-in or session asked; a hash.',
      expires_at: 'When it ends.',
    },
  },
];
