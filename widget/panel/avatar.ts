import { html, nothing, type TemplateResult } from 'lit';

function hideBroken({ target }: Event): void {
  if (target instanceof HTMLElement) target.hidden = true;
}

/** Picture of a person or company, or the first letter of the name where there is none or it does not load. */
export function renderAvatar(name: string, pictureUrl: string | null, className = ''): TemplateResult {
  const [letter = ''] = new Intl.Segmenter().segment(name.trim());
  return html`<span class="avatar ${className}" aria-hidden="true"
    >${letter && letter.segment.toUpperCase()}${pictureUrl ? html`<img src=${pictureUrl} alt="" @error=${hideBroken} />` : nothing}</span
  >`;
}
