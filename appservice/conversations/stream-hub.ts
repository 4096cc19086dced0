import type { CompanyId, PersonId } from '../ids.ts';
import type { StreamMessages } from './conversation-wire.ts';

/** One message of a stream; `id` where a reader resumes after it. */
export type StreamMessage = {
  [Name in keyof StreamMessages]: { readonly event: Name; readonly data: StreamMessages[Name]; readonly id?: string };
}[keyof StreamMessages];

/** An open stream of a person, about one company. */
export type Subscriber = {
  readonly personId: PersonId;
  readonly companyId: CompanyId;
  send(message: StreamMessage): void;
  /** Ends the stream; the reader comes back and resumes. */
  close(): void;
};

/** Streams open in this process. Nothing here outlives a connection, so processes need not agree (design, growing). */
export type StreamHub = {
  /** Adds a stream; the answer takes it out again. */
  subscribe(subscriber: Subscriber): () => void;
  /** Whether anybody listens, so that work for nobody is left out. */
  hasSubscribers(personId: PersonId, companyId: CompanyId): boolean;
  publish(personId: PersonId, companyId: CompanyId, message: StreamMessage): void;
  /** Ends a person's streams of this process; their readers come back and resume. */
  closePerson(personId: PersonId): void;
  /** Companies with at least one open stream. */
  listCompanies(): CompanyId[];
  /** Calls back when a company gets its first open stream. */
  onCompany(handle: (companyId: CompanyId) => void): void;
  /** Ends all streams of this process. */
  closeAll(): void;
};

/** See `StreamHub`. */
export function createStreamHub(): StreamHub {
  const byPerson = new Map<PersonId, Set<Subscriber>>();
  const companies = new Map<CompanyId, number>();
  const handlers: ((companyId: CompanyId) => void)[] = [];

  return {
    subscribe(subscriber) {
      const { personId, companyId } = subscriber;
      const subscribers = byPerson.get(personId) ?? new Set();
      byPerson.set(personId, subscribers.add(subscriber));
      const open = (companies.get(companyId) ?? 0) + 1;
      companies.set(companyId, open);
      if (open === 1) handlers.forEach((handle) => handle(companyId));
      return () => {
        if (!subscribers.delete(subscriber)) return;
        if (subscribers.size === 0) byPerson.delete(personId);
        const left = (companies.get(companyId) ?? 1) - 1;
        if (left === 0) companies.delete(companyId);
        else companies.set(companyId, left);
      };
    },
    hasSubscribers(personId, companyId) {
      return [...(byPerson.get(personId) ?? [])].some((subscriber) => subscriber.companyId === companyId);
    },
    publish(personId, companyId, message) {
      for (const subscriber of byPerson.get(personId) ?? []) if (subscriber.companyId === companyId) subscriber.send(message);
    },
    listCompanies: () => [...companies.keys()],
    closePerson: (personId) => byPerson.get(personId)?.forEach((subscriber) => subscriber.close()),
    closeAll: () => byPerson.forEach((subscribers) => subscribers.forEach((subscriber) => subscriber.close())),
    onCompany: (handle) => void handlers.push(handle),
  };
}
