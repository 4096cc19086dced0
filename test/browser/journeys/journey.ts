import { sharedStackAccess, type StackAccess } from '../../stack/stack-access.ts';
import { newCompany, type CompanyAgent, type TestCompany } from '../../stack/test-company.ts';
import { startHostSite, type HostSite } from './host-site.ts';
import { startJourneyBrowser, type BrowserHabits, type JourneyBrowser } from './journey-browser.ts';

/** A company with a website on an origin of its own, and a browser to visit it. */
export type Journey = { stack: StackAccess; site: HostSite; company: TestCompany; browser: JourneyBrowser };

/** Opens a journey; what was opened is closed with `open`, also when the rest fails. */
export async function openJourney(open: AsyncDisposableStack, habits?: BrowserHabits): Promise<Journey> {
  const stack = sharedStackAccess();
  const site = open.adopt(await startHostSite(), (started) => started.close());
  const company = await newCompany(stack, { settings: { origins: [site.origin] } });
  const browser = open.adopt(await startJourneyBrowser(habits), (started) => started.close());
  return { stack, site, company, browser };
}

/** An agent of the company, in matrix-nio. */
export async function openAgent(open: AsyncDisposableStack, { company }: Pick<Journey, 'company'>): Promise<CompanyAgent> {
  return open.adopt(await company.newAgent(), (agent) => agent.stop());
}
