/**
 * Goes to another view; `state` belongs to the entry of the history, so that back and reload keep it and nothing else does. With `replace`
 * the view that is left is not come back to.
 */
export function goTo(path: string, state: Readonly<Record<string, unknown>> | null = null, how: 'push' | 'replace' = 'push'): void {
  if (how === 'push') history.pushState(state, '', path);
  else history.replaceState(state, '', path);
  dispatchEvent(new PopStateEvent('popstate', { state }));
}

/** What the view was opened with. */
export const stateOf = (): Readonly<Record<string, unknown>> => (history.state ?? {}) as Record<string, unknown>;

/** Where somebody signs in to come back to this page. */
export const signInHere = (): string => `/account/sign-in?to=${encodeURIComponent(location.pathname)}`;
