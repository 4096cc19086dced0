/**
 * Asks before somebody leaves what they have not saved: by a link, by going back, by closing the page. `hasChanges` is asked each time;
 * answers how to stop.
 */
export function guardChanges(hasChanges: () => boolean, question: string, page: Window = window): () => void {
  const here = page.location.pathname;
  const mayLeave = (): boolean => !hasChanges() || page.confirm(question);

  const onClick = (event: MouseEvent): void => {
    const link = event.composedPath().find((node) => node instanceof HTMLAnchorElement);
    // Another tab takes nothing away, and the browser asks by itself where the page is left.
    if (!link || link.target || link.hasAttribute('download') || link.origin !== page.location.origin) return;
    if (link.pathname === page.location.pathname || mayLeave()) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  const onBack = (event: PopStateEvent): void => {
    if (page.location.pathname === here || mayLeave()) return;
    event.stopImmediatePropagation();
    page.history.pushState(null, '', here);
  };
  const onUnload = (event: BeforeUnloadEvent): void => {
    if (hasChanges()) event.preventDefault();
  };

  page.addEventListener('click', onClick, true);
  page.addEventListener('popstate', onBack, true);
  page.addEventListener('beforeunload', onUnload);
  return () => {
    page.removeEventListener('click', onClick, true);
    page.removeEventListener('popstate', onBack, true);
    page.removeEventListener('beforeunload', onUnload);
  };
}
