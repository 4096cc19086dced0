import type { CDPSession, Page } from 'playwright-core';

/** A device with passkeys that stands in for the one of a page (https://chromedevtools.github.io/devtools-protocol/tot/WebAuthn/). */
export type VirtualDevice = {
  /** Whether its owner shows face, finger or PIN when it asks. */
  answers(doesSo: boolean): Promise<void>;
};

/** Gives a page a device that asks for its owner, who is there at once. */
export async function giveDevice(page: Page): Promise<VirtualDevice> {
  const devtools: CDPSession = await page.context().newCDPSession(page);
  await devtools.send('WebAuthn.enable');
  const { authenticatorId } = await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return {
    answers: async (isUserVerified) => void (await devtools.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified })),
  };
}
