import { html, type TemplateResult } from 'lit';

/** Somebody in a conversation, as the reader may see them. */
export type Person = { readonly name: string; readonly pictureUrl: string | null };

const initial = (name: string): string => (/\p{L}|\p{N}/u.exec(name)?.[0] ?? '·').toUpperCase();

const handleError = (event: Event): void => (event.target as HTMLElement).remove();

/** The picture of somebody, over the first letter of their name, which stays where there is none. */
export function renderFace({ name, pictureUrl }: Person): TemplateResult {
  const picture = pictureUrl === null ? '' : html`<img src=${pictureUrl} alt="" width="24" height="24" @error=${handleError} />`;
  return html`<span class="face" aria-hidden="true">${initial(name)}${picture}</span>`;
}
