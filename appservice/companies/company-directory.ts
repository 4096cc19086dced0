import { z } from 'zod';
import { ApiError } from '../errors.ts';
import { companyColors } from './company-colors.ts';
import type { CompanyProfile, ListedCompany } from './company-directory-wire.ts';
import type { ListedPlace } from './company-store.ts';
import type { Company } from './company.ts';
import { companyName, slug } from './company-wire.ts';

/** Whether somebody answers now, and when somebody will. */
export type Availability = { readonly open: boolean; readonly opensAt?: Date };

const place = z.tuple([companyName, slug]);

/** A place in the directory as it stands in addresses. It carries what is sorted by, so that a company may go meanwhile. */
export const placeToText = ({ name, slug: at }: ListedPlace): string => Buffer.from(JSON.stringify([name, at])).toString('base64url');

/** The place that such a text stands for; throws for what is none. */
export function placeFromText(text: string): ListedPlace {
  const { success, data } = place.safeParse(decoded(text));
  if (!success) throw new ApiError('M_INVALID_PARAM', 'query.from: must be "next" of a page before', { field: 'query.from' });
  return { name: data[0], slug: data[1] };
}

function decoded(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString());
  } catch {
    return undefined;
  }
}

/** What the directory shows of a company. */
export function toListed({ slug: ownSlug, name, logoMxc, settings }: Company): ListedCompany {
  const logo = logoMxc === null ? null : `/api/v1/companies/${ownSlug}/logo`;
  return { slug: ownSlug, name, ...companyColors(settings.color), logo };
}

/** What a company tells on its page. */
export function toProfile(company: Company, { open, opensAt }: Availability): CompanyProfile {
  const { texts, imprintUrl, privacyUrl, privacyContact, businessHours } = company.settings;
  return {
    ...toListed(company),
    texts,
    imprintUrl,
    privacyUrl,
    privacyContact,
    privacyPage: `/privacy/${company.slug}`,
    businessHours,
    openNow: open,
    opensAt: opensAt?.getTime() ?? null,
    matrixUserId: company.userId,
  };
}
