import { z } from 'zod';
import type { Config } from '../../appservice/config.ts';

const SLUG = 'demo';
/** Name of the demo company, whose website sells bicycles. */
export const DEMO_COMPANY_NAME = 'Muster Räder GmbH';
const COMPANIES = '/api/v1/operator/companies';

const summariesSchema = z.object({ companies: z.array(z.object({ slug: z.string() })) });
const detailsSchema = z.object({
  slug: z.string(),
  userId: z.string(),
  spaceId: z.string().nullable(),
  teamRoomId: z.string().nullable(),
  agreement: z.object({ version: z.string() }).nullable(),
});
const membersSchema = z.object({ members: z.array(z.object({ userId: z.string() })) });

/** A company as it stands in stack.json. */
export type StackCompany = { slug: string; companyUserId: string; spaceId: string; teamRoomId: string };

/** The operator's API of the running appservice. */
export type OperatorApi = {
  /** Decoded answer; undefined for 404. Throws with status and error code for any other refusal. */
  call<Answer>(method: 'GET' | 'POST' | 'PATCH', path: string, answer: z.ZodType<Answer>, body?: unknown): Promise<Answer | undefined>;
};

/** Calls with the operator's token. */
export function createOperatorApi(origin: string, token: string): OperatorApi {
  return {
    call: async (method, path, answer, body) => {
      const response = await fetch(`${origin}${path}`, {
        method,
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        signal: AbortSignal.timeout(60_000),
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      if (response.status === 404) return undefined;
      if (!response.ok) throw new Error(`the appservice answered ${response.status} to ${method} ${path}: ${await response.text()}`);
      return answer.parse(response.status === 204 ? undefined : await response.json());
    },
  };
}

/** Settings of the demo company; the website with the widget is served on another origin than ours, as a real one is. */
function demoSettings({ listen, operator }: Config) {
  const website = `http://127.0.0.1:${listen.port}`;
  return {
    locale: 'de',
    origins: [website],
    color: '#0b5c6b',
    imprintUrl: `${website}/demo/#imprint`,
    privacyUrl: `${website}/demo/#privacy`,
    privacyContact: operator.dataProtectionOfficer.email,
    listed: true,
  };
}

/** Makes the demo company with its agent at the first start, and gives it the current address of its website at each. */
export async function ensureDemoCompany(api: OperatorApi, config: Config, agentUserId: string): Promise<{ slug: string }> {
  const path = `${COMPANIES}/${SLUG}`;
  const settings = demoSettings(config);
  const existing = await api.call('GET', path, detailsSchema);
  if (existing === undefined) {
    await api.call('POST', COMPANIES, z.unknown(), { slug: SLUG, name: DEMO_COMPANY_NAME, settings });
  } else {
    await api.call('PATCH', `${path}/settings`, z.unknown(), settings);
  }
  if (existing?.agreement?.version !== config.processingAgreement.version) {
    const body = { version: config.processingAgreement.version, acceptedBy: 'Dana Demo, managing director (example)' };
    await api.call('POST', `${path}/agreement`, z.unknown(), body);
  }
  const members = await api.call('GET', `${path}/members`, membersSchema);
  if (members?.members.some(({ userId }) => userId === agentUserId) === true) return { slug: SLUG };
  await api.call('POST', `${path}/members`, z.unknown(), { userId: agentUserId, role: 'admin', displayName: 'Dana' });
  return { slug: SLUG };
}

/** Every company that has its rooms, as stack.json lists them. */
export async function listStackCompanies(api: OperatorApi): Promise<StackCompany[]> {
  const list = await api.call('GET', COMPANIES, summariesSchema);
  const companies: StackCompany[] = [];
  for (const { slug } of list?.companies ?? []) {
    const details = await api.call('GET', `${COMPANIES}/${slug}`, detailsSchema);
    if (details === undefined || details.spaceId === null || details.teamRoomId === null) continue;
    companies.push({ slug, companyUserId: details.userId, spaceId: details.spaceId, teamRoomId: details.teamRoomId });
  }
  return companies;
}
