/** What a network tells of somebody, as it may be used: cleaned, and absent where it is none. Nothing in it is proved. */
export type NetworkProfile = {
  /** Id of the person at this network and for this app; as the network gave it. */
  readonly subject: string;
  readonly firstName?: string;
  readonly lastName?: string;
  readonly email?: string;
};

/** What binds a request to its answer; made for each visit and used once. */
export type NetworkSecrets = {
  readonly state: string;
  readonly nonce: string;
  /** Verifier of PKCE (RFC 7636). */
  readonly verifier: string;
};

/** What somebody is sent for. */
export type NetworkWish = {
  readonly redirectUri: string;
  /** `profile`: names and mail address as well; `id`: who they are there, for an account that has the rest. */
  readonly asksFor: 'profile' | 'id';
  /** Whether they kept back the mail address before. */
  readonly asksAgain: boolean;
};

/** Whether the network has taken the app's permission back: `not-offered` where it has no way to do so without a token. */
export type Withdrawal = 'confirmed' | 'not-confirmed' | 'not-offered';

/** A network with whose account people sign in. To add a kind, make one of these and its line in `create-networks.ts`. */
export interface Network {
  /** Small letters, digits and hyphens; stands in addresses and rows. */
  readonly name: string;
  /** What people call it. */
  readonly label: string;
  /** The network's own pages, linked before anybody leaves. */
  readonly privacyUrl: string;
  readonly termsUrl: string;
  /** Country in which its operator keeps data, and who that is; said before anybody leaves. */
  readonly operator: string;
  readonly country: string;
  /** Where the person goes. */
  leaveFor(visit: NetworkSecrets & NetworkWish): Promise<URL>;
  /**
   * Exchanges what the person came back with, by the address they came back to. No token outlives it. Throws `NetworkFailure`.
   */
  exchange(address: URL, secrets: NetworkSecrets): Promise<NetworkProfile>;
  /** Takes back what the person allowed the app; never throws. */
  withdraw(subject: string): Promise<Withdrawal>;
}

/**
 * Why somebody came back without having proven anything. `denied`: they did not want to; `refused`: the network did not; `unreachable`:
 * it gave no whole answer in time; `garbage`: an answer that means nothing.
 */
export type NetworkProblem = 'denied' | 'refused' | 'unreachable' | 'garbage';

/** See `NetworkProblem`. `code` is for the log: words of ours and numbers of the network's. */
export class NetworkFailure extends Error {
  override readonly name = 'NetworkFailure';
  readonly problem: NetworkProblem;
  readonly code: string;

  constructor(problem: NetworkProblem, code: string, options: { cause?: unknown } = {}) {
    super(`${problem}: ${code}`, options);
    this.problem = problem;
    this.code = code;
  }
}

/** The failure of ours somewhere among the causes of an error. */
export function failureIn(error: unknown): NetworkFailure | undefined {
  let at = error;
  for (let depth = 0; at instanceof Error && depth < 5; depth += 1, at = at.cause) if (at instanceof NetworkFailure) return at;
  return undefined;
}
