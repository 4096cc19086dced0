import type { Database } from '../database/database.ts';
import type { CompanyId } from '../ids.ts';

/** Who accepted which version of the processing agreement for a company, and when (GDPR article 28, R11). */
export type AgreementAcceptance = { readonly version: string; readonly acceptedBy: string; readonly acceptedAt: Date };

type Row = { id: string; company_id: string; version: string; accepted_by: string; accepted_at: Date };

/** Acceptances; each is a proof and stays. */
export function createProcessingAgreementStore(database: Database) {
  return {
    async add({
      id,
      companyId,
      version,
      acceptedBy,
    }: {
      id: string;
      companyId: CompanyId;
      version: string;
      acceptedBy: string;
    }): Promise<void> {
      await database('processing_agreement_acceptance').insert({ id, company_id: companyId, version, accepted_by: acceptedBy });
    },
    /** Latest first. */
    async list(companyId: CompanyId): Promise<AgreementAcceptance[]> {
      const rows = await database<Row>('processing_agreement_acceptance')
        .where({ company_id: companyId })
        .orderBy('accepted_at', 'desc')
        .orderBy('id');
      return rows.map((row) => ({ version: row.version, acceptedBy: row.accepted_by, acceptedAt: row.accepted_at }));
    },
  };
}

/** See `createProcessingAgreementStore`. */
export type ProcessingAgreementStore = ReturnType<typeof createProcessingAgreementStore>;
