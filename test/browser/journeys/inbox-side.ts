import type { Page } from 'playwright-core';
import { newSignedInPerson, type SignedInPerson } from '../../stack/openid/signed-in-person.ts';
import { CANARY, type TestCompany } from '../../stack/test-company.ts';
import type { Journey } from './journey.ts';
import type { VisitorBrowser } from './journey-browser.ts';

/** An agent who works in our web client, in a browser of their own. */
export type InboxAgent = { readonly person: SignedInPerson; readonly browser: VisitorBrowser; readonly page: Page };

/** Makes somebody with an account a member of the company, who has accepted both invitations. */
async function employ(company: TestCompany, person: SignedInPerson, displayName: string): Promise<void> {
  const { status } = await company.operate('POST', '/members', { userId: person.userId, role: 'agent', displayName });
  if (status !== 200) throw new Error(`the member was answered with ${status}`);
  for (const roomId of [company.spaceId, company.teamRoomId]) {
    const path = `/_matrix/client/v3/join/${encodeURIComponent(roomId)}`;
    for (let tries = 0; (await person.matrix('POST', path, {})).status !== 200; tries += 1)
      if (tries > 50) throw new Error('the invitation did not come');
  }
}

/** Somebody in front of an inbox; they have signed in before. */
export async function openInbox(
  open: AsyncDisposableStack,
  { stack, company, browser }: Pick<Journey, 'stack' | 'company' | 'browser'>,
  displayName: string,
): Promise<InboxAgent> {
  const person = await newSignedInPerson(stack, { firstName: `${CANARY}first`, lastName: `${CANARY}last` });
  await employ(company, person, displayName);
  const own = open.adopt(await browser.newVisitor(), (opened) => opened.close());
  const { userId, deviceId, accessToken } = person;
  await own.context.addInitScript((session) => {
    // A page that is not there yet has no storage.
    if (location.protocol !== 'about:') localStorage.setItem('smoope.matrix-session', session);
  }, JSON.stringify({ userId, deviceId, accessToken }));
  return { person, browser: own, page: await own.visit(`${stack.appUrl}/inbox`) };
}
