/** Goes to another view; `state` belongs to the entry of the history, so that back and reload keep it and nothing else does. */
export function goTo(path: string, state: Readonly<Record<string, unknown>> | null = null): void {
  history.pushState(state, '', path);
  dispatchEvent(new PopStateEvent('popstate', { state }));
}

/** What the view was opened with. */
export const stateOf = (): Readonly<Record<string, unknown>> => (history.state ?? {}) as Record<string, unknown>;

/** Where somebody signs in to come back to this page. */
export const signInHere = (): string => `/account/sign-in?to=${encodeURIComponent(location.pathname)}`;
