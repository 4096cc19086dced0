import type { Rules, TableEntry } from './catalogue-entry.ts';

const rules: Rules = {
  basis: 'GDPR 6(1)(b): the service that the person asked for',
  subjects: ['customer', 'agent', 'admin'],
  life: { start: 'connected', period: 'until it is disconnected or the account is deleted' },
  recipients: [],
  export: { how: 'included', as: 'networks' },
  erasure: { how: 'deleted', with: 'the account; the permission is given back at the network first' },
};

const hashed = { how: 'left out', because: 'A hash says nothing to the person.' } as const;

const passing: Rules = {
  ...rules,
  export: { how: 'left out', because: 'It is gone within minutes; what it led to is exported with the account.' },
  erasure: { how: 'deleted', with: 'its own end within minutes' },
};

/** Accounts of other networks with which people sign in here. */
export const networkTables: readonly TableEntry[] = [
  {
    table: 'account_network',
    purpose: 'That somebody signs in with a network, and with which; nothing that the network told is kept with it.',
    rules,
    columns: {
      account_id: 'Whose it is.',
      network: 'Name of the network.',
      subject_hash: { purpose: 'Finds the account when somebody signs in; a keyed hash.', export: hashed },
      subject_sealed: {
        purpose: 'The id at the network, encrypted, to give the permission back there; it is opened for nothing else.',
        recipients: ['the network, when it is disconnected'],
      },
      connected_at: 'Since when.',
    },
  },
  {
    table: 'network_registration',
    purpose: 'With which network somebody makes an account, until it is made.',
    rules: {
      ...passing,
      life: { start: 'begun', period: 'until the account is made, else 24 hours' },
      erasure: { how: 'deleted', with: 'its own end within a day' },
    },
    columns: {
      registration_id: 'Which registration it belongs to.',
      network: 'Name of the network.',
      subject_hash: 'Keyed hash of the id at the network.',
      subject_sealed: 'The id at the network, encrypted.',
    },
  },
  {
    table: 'network_visit',
    purpose: 'Knows somebody again who comes back from a network, so that nobody else can in their place.',
    rules: { ...passing, life: { start: 'left', period: 'until they are back, else 20 minutes; the row an hour longer at most' } },
    columns: {
      state_hash: 'Keyed hash of what the network gives back.',
      network: 'Name of the network.',
      browser_hash: 'Keyed hash of the cookie of the browser that left.',
      sealed: 'For what they left, and what the exchange needs, encrypted.',
      expires_at: 'When it ends by itself.',
    },
  },
  {
    table: 'network_proof',
    purpose: 'Who came back from a network, until their sign-in goes on.',
    rules: {
      ...passing,
      life: { start: 'came back', period: 'until the sign-in goes on, else 15 minutes; the row an hour longer at most' },
    },
    columns: {
      flow_hash: 'Which sign-in and browser it belongs to; a keyed hash.',
      network: 'Name of the network.',
      sealed: 'Id, names and mail address as the network told them, encrypted.',
      expires_at: 'When it ends by itself.',
    },
  },
  {
    table: 'network_withdrawal',
    purpose: 'Gives back at a network what somebody had allowed, and proves what came of it.',
    rules: {
      ...rules,
      life: { start: 'disconnected', period: '30 days; the id at the network until it has confirmed, at most three days' },
      erasure: { how: 'deleted', with: 'its own end after 30 days; it names no account any more once that is gone' },
    },
    columns: {
      id: 'Refers to the row.',
      account_id: 'Whose it was.',
      network: 'Name of the network.',
      subject_hash: { purpose: 'Stops it when the person allows it anew; a keyed hash.', export: hashed },
      subject_sealed: { purpose: 'The id at the network, encrypted.', recipients: ['the network'] },
      outcome: 'What came of it.',
      tries: 'How often it was tried.',
      asked_at: 'When it was disconnected.',
      next_try_at: 'When it is tried again.',
    },
  },
  {
    table: 'network_deletion',
    purpose: 'Proves that a deletion which somebody asked for at a network was done, and tells them how far it is.',
    rules: {
      ...rules,
      basis: 'GDPR 6(1)(c): a duty of law',
      life: { start: 'finished', period: 'three years' },
      export: { how: 'included', as: 'requests' },
      erasure: { how: 'stays', because: 'It is the proof; it names nobody once the profile is gone.' },
    },
    columns: {
      code_hash: { purpose: 'Recognises the code that the person got.', export: hashed },
      network: 'Name of the network.',
      account_id: 'Whose profile; empty as soon as it is gone.',
      asked_at: 'When it was asked for.',
      finished_at: 'When nothing was left.',
    },
  },
];
