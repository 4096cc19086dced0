import type { Company, CompanyMember } from '../companies/company.ts';
import type { Database } from '../database/database.ts';
import type { CompanyId, PersonId, UserId } from '../ids.ts';

/** Why a company takes no messages from somebody with a Matrix client. */
export type Refusal = {
  /** identityRequired: the company writes with its own users only, and a Matrix account does not prove to be one. */
  readonly reason: 'blocked' | 'identityRequired';
  /** Whether the person was told of it before, and is not told again. */
  readonly wasTold: boolean;
};

type Dependencies = {
  /** A current member only. */
  readonly findMember: (database: Database, companyId: CompanyId, userId: UserId) => Promise<CompanyMember | undefined>;
  readonly findPersonId: (database: Database, userId: UserId) => Promise<PersonId | undefined>;
  readonly findBlock: (
    database: Database,
    companyId: CompanyId,
    personId: PersonId,
  ) => Promise<{ readonly toldAt: Date | null } | undefined>;
};

/** Tells why a company takes no messages of a customer; undefined where it does, and for its own people. */
export type FindRefusal = (database: Database, company: Company, userId: UserId) => Promise<Refusal | undefined>;

/** See `FindRefusal`. What holds for sessions of visitors holds for customers too, whichever client they use. */
export function createCustomerAdmission({ findMember, findPersonId, findBlock }: Dependencies): FindRefusal {
  return async (database, company, userId) => {
    if ((await findMember(database, company.id, userId)) !== undefined) return undefined;
    const personId = await findPersonId(database, userId);
    const block = personId === undefined ? undefined : await findBlock(database, company.id, personId);
    if (block !== undefined) return { reason: 'blocked', wasTold: block.toldAt !== null };
    return company.settings.identity.required ? { reason: 'identityRequired', wasTold: false } : undefined;
  };
}
