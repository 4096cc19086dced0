import { render } from 'lit';

const keys = new WeakMap<Element, string>();

/**
 * Draws each row into an element of its own that stays with its key: a row that moves, because older ones came before it, is not
 * drawn anew. In place of lit's `repeat`, which would be three times the code.
 */
export function drawRows<Row extends { readonly key: string }>(
  container: Element,
  rows: readonly Row[],
  draw: (row: Row) => unknown,
): void {
  const known = new Map([...container.children].map((element) => [keys.get(element), element as HTMLElement]));
  let next = container.firstElementChild;
  for (const row of rows) {
    const element = known.get(row.key) ?? document.createElement('div');
    known.delete(row.key);
    keys.set(element, row.key);
    render(draw(row), element);
    if (element === next) next = next.nextElementSibling;
    else container.insertBefore(element, next);
  }
  known.forEach((element) => element.remove());
}
