import { eventually } from './element-fixture.ts';

/** Catches what is saved: the link that would be followed; the browser's own saving is kept out of the test. */
export async function savedLink(act: () => unknown): Promise<HTMLAnchorElement> {
  const { click } = HTMLAnchorElement.prototype;
  const followed: HTMLAnchorElement[] = [];
  HTMLAnchorElement.prototype.click = function () {
    followed.push(this);
  };
  try {
    await act();
    await eventually(() => followed.length > 0);
    return followed[0] ?? document.createElement('a');
  } finally {
    HTMLAnchorElement.prototype.click = click;
  }
}
