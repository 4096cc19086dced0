import type { CompanyProfile, DirectoryPage } from '../../appservice/companies/company-directory-wire.ts';

/** Why the directory gave nothing. */
export type DirectoryFault = 'offline' | 'limit' | 'gone' | 'other';

/** What a call of the directory throws; `signal` that was aborted throws its own error. */
export class DirectoryError extends Error {
  override readonly name = 'DirectoryError';
  readonly fault: DirectoryFault;

  constructor(fault: DirectoryFault) {
    super(fault);
    this.fault = fault;
  }
}

const BASE = '/api/v1/companies';

// An address with letters that no slug has is refused as such, and leads to nobody all the same.
const FAULTS: Readonly<Record<number, DirectoryFault>> = { 400: 'gone', 404: 'gone', 429: 'limit' };

async function ask<Answer>(path: string, signal: AbortSignal): Promise<Answer> {
  let response: Response;
  try {
    response = await fetch(path, { signal });
  } catch (cause) {
    if (signal.aborted) throw cause;
    throw new DirectoryError('offline');
  }
  if (!response.ok) throw new DirectoryError(FAULTS[response.status] ?? 'other');
  return (await response.json()) as Answer;
}

/** Calls about companies that let themselves be found. */
export const directory = {
  /** A page of those whose names hold the words of `search`; `from` is `next` of the page before. */
  list({ search, from }: { readonly search: string; readonly from: string | null }, signal: AbortSignal): Promise<DirectoryPage> {
    const query = new URLSearchParams({ ...(search !== '' && { search }), ...(from !== null && { from }) });
    return ask(`${BASE}?${query}`, signal);
  },
  get: (slug: string, signal: AbortSignal): Promise<CompanyProfile> => ask(`${BASE}/${encodeURIComponent(slug)}`, signal),
};
