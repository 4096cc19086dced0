import { accountMeansTables } from './catalogue-account-means.ts';
import { accountTables } from './catalogue-accounts.ts';
import { agentInvitationTables } from './catalogue-agent-invitations.ts';
import { apiSessionTables } from './catalogue-api-sessions.ts';
import { browserStores } from './catalogue-browser.ts';
import { companyTables, migrationTables, operatorTables } from './catalogue-companies.ts';
import { conversationTables, personTables } from './catalogue-conversations.ts';
import type { BrowserStoreEntry, FileEntry, MatrixStoreEntry, Rules, TableEntry } from './catalogue-entry.ts';
import { contactFormTables } from './catalogue-contact-form.ts';
import { frontDoorTables } from './catalogue-front-door.ts';
import { files, machineryTables } from './catalogue-machinery.ts';
import { identityTables } from './catalogue-identities.ts';
import { networkTables } from './catalogue-networks.ts';
import { phoneTables } from './catalogue-phones.ts';
import { mediaTables } from './catalogue-media.ts';
import { matrixMachinery } from './catalogue-matrix-machinery.ts';
import { matrixStores } from './catalogue-matrix.ts';
import { passkeyTables } from './catalogue-passkeys.ts';
import { profileTables } from './catalogue-profiles.ts';
import { registrationTables } from './catalogue-registrations.ts';
import { jobStores, teamTables } from './catalogue-team.ts';

/**
 * Everything that is stored, with purpose, legal basis, whose data, life, recipients, export and erasure (design 12). Export,
 * erasure, retention and the record of processing activities are driven by it; a test fails for a column that it does not name.
 */
export const DATA_CATALOGUE: {
  readonly tables: readonly TableEntry[];
  readonly matrix: readonly MatrixStoreEntry[];
  /** Stores that libraries of ours keep in our own database, in a schema of their own. */
  readonly libraries: readonly MatrixStoreEntry[];
  readonly files: readonly FileEntry[];
  /** In the browsers of people. */
  readonly browser: readonly BrowserStoreEntry[];
} = {
  tables: [
    ...companyTables,
    ...operatorTables,
    ...personTables,
    ...accountTables,
    ...accountMeansTables,
    ...registrationTables,
    ...passkeyTables,
    ...profileTables,
    ...networkTables,
    ...apiSessionTables,
    ...agentInvitationTables,
    ...conversationTables,
    ...frontDoorTables,
    ...contactFormTables,
    ...teamTables,
    ...mediaTables,
    ...identityTables,
    ...phoneTables,
    ...machineryTables,
    ...migrationTables,
  ],
  matrix: [...matrixStores, ...matrixMachinery],
  libraries: jobStores,
  files,
  browser: browserStores,
};

/** A column with the rules that hold for it. */
export type CataloguedColumn = { readonly table: string; readonly column: string; readonly purpose: string } & Rules;

/** Every column of our database, each with its own or its table's rules. */
export function listColumns(tables: readonly TableEntry[] = DATA_CATALOGUE.tables): CataloguedColumn[] {
  return tables.flatMap(({ table, rules, columns }) =>
    Object.entries(columns).map(([column, entry]) => ({
      ...rules,
      ...(typeof entry === 'string' ? { purpose: entry } : entry),
      table,
      column,
    })),
  );
}
