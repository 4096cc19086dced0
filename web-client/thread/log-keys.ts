const STEPS = new Map<string, (at: number, last: number) => number>([
  ['ArrowUp', (at, last) => (at < 0 ? last : Math.max(0, at - 1))],
  ['ArrowDown', (at, last) => (at < 0 ? last : Math.min(last, at + 1))],
  ['Home', () => 0],
  ['End', (_at, last) => last],
]);

/**
 * Moves the focus between messages with arrow keys, Home and End. Answers the message whose menu is asked for with Enter, the space bar
 * or the key for menus.
 */
export function handleLogKey(event: KeyboardEvent, log: Element): HTMLElement | undefined {
  const { target, key } = event;
  const rows = [...log.querySelectorAll<HTMLElement>('.said')];
  const at = rows.findIndex((row) => row === target);
  const step = STEPS.get(key);
  const isHere = at >= 0 || (target instanceof Element && target.matches('.messages'));
  if (!isHere || event.altKey || event.ctrlKey || event.metaKey) return undefined;
  if (step !== undefined && rows.length > 0) {
    event.preventDefault();
    const next = rows[step(at, rows.length - 1)];
    next?.focus({ preventScroll: true });
    next?.scrollIntoView({ block: 'nearest' });
    return undefined;
  }
  if (at < 0 || !['Enter', ' ', 'ContextMenu'].includes(key)) return undefined;
  event.preventDefault();
  return rows[at];
}
