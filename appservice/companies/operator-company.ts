import type { Config } from '../config.ts';
import type { CompanyService } from './company-service.ts';
import type { CompanyStore } from './company-store.ts';

/** What of the config makes the operator a company. */
export type OperatorConfig = Pick<Config, 'operator' | 'publicOrigin' | 'processingAgreement' | 'brand'>;

/**
 * Makes the operator a company on its own service (R25), at each start: what is there stays as it is, also what the operator
 * changed since; a closed company stays closed. The version of the processing agreement in force is accepted by the operator for itself.
 */
export async function ensureOperatorCompany(
  { companies, service }: { companies: CompanyStore; service: CompanyService },
  { operator, publicOrigin, processingAgreement, brand }: OperatorConfig,
): Promise<void> {
  const { slug } = operator;
  const present = await companies.findBySlug(slug);
  if (present !== undefined && present.closedAt !== null) return;
  const unfinished = present === undefined || present.spaceRoomId === null || present.teamRoomId === null;
  if (unfinished) {
    await service.create('system', {
      slug,
      name: present?.name ?? operator.name,
      settings: {
        origins: [publicOrigin],
        color: brand.color,
        imprintUrl: `${publicOrigin}/imprint`,
        privacyUrl: `${publicOrigin}/privacy`,
        privacyContact: operator.dataProtectionOfficer.email,
        listed: true,
      },
    });
  }
  if (present?.acceptedAgreement === processingAgreement.version) return;
  await service.acceptAgreement('system', slug, { version: processingAgreement.version, acceptedBy: operator.representedBy });
}
