/** Every script that a page may begin by its address; a page with another one stays without it. */
const SCRIPTS = ['/service-worker.js'] as const;

type Policy = { createScriptURL(address: string): string };
type PolicyFactory = { createPolicy(name: string, rules: Policy): Policy };

let policy: Policy | undefined;

function createScriptURL(address: string): string {
  if (!SCRIPTS.some((script) => script === address)) throw new TypeError('This is no script of ours.');
  return address;
}

/** The address of a script of ours as the browser takes it: it comes from the list above by the one policy that our pages have (Trusted Types). */
export function scriptAddress(address: (typeof SCRIPTS)[number]): string {
  const { trustedTypes } = window as { trustedTypes?: PolicyFactory };
  policy ??= trustedTypes?.createPolicy('smoope', { createScriptURL }) ?? { createScriptURL };
  return policy.createScriptURL(address);
}
