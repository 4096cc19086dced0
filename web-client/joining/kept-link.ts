/** What a link carried, kept in this tab while the person signs in elsewhere; the address bar and the history lose it at once. */
export type KeptLink = {
  /** What the address carries now, else what was kept before. */
  take(): string | undefined;
  forget(): void;
};

/** See `KeptLink`; `name` tells links of one kind from the others, `page` is the address without secrets. */
export function keptLink({ name, page, carried }: { name: string; page: string; carried: () => string | undefined }): KeptLink {
  const key = `smoope-${name}`;
  return {
    take() {
      const now = carried();
      // The way back from the sign-in carries a token of the homeserver, which is not for this page.
      if (now !== undefined || location.search !== '') history.replaceState(null, '', page);
      try {
        if (now !== undefined) sessionStorage.setItem(key, now);
        return now ?? sessionStorage.getItem(key) ?? undefined;
      } catch {
        return now;
      }
    },
    forget() {
      try {
        sessionStorage.removeItem(key);
      } catch {
        // A browser that keeps nothing has nothing to forget.
      }
    },
  };
}
