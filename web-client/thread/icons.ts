import { html, svg, type SVGTemplateResult, type TemplateResult } from 'lit';

/** An icon from lines of lucide (https://lucide.dev, ISC licence), drawn on a 24 grid. */
const icon = (lines: SVGTemplateResult): TemplateResult =>
  html`<svg
    viewBox="0 0 24 24"
    width="20"
    height="20"
    fill="none"
    stroke="currentColor"
    stroke-width="1.8"
    stroke-linecap="round"
    stroke-linejoin="round"
    aria-hidden="true"
  >
    ${lines}
  </svg>`;

/** Opens what can be done. */
export const moreIcon = icon(svg`<path d="M12 12h.01M19 12h.01M5 12h.01" stroke-width="3"/>`);
/** Answers a message. */
export const replyIcon = icon(svg`<path d="M20 18v-2a4 4 0 0 0-4-4H4M9 17l-5-5 5-5"/>`);
/** Copies its words. */
export const copyIcon = icon(
  svg`<rect x="8" y="8" width="14" height="14" rx="2"/><path d="M4 16a2 2 0 0 1-2-2V4a2 2 0 0 1 2-2h10a2 2 0 0 1 2 2"/>`,
);
/** Writes it anew. */
export const editIcon = icon(
  svg`<path d="M21.2 6.8a1 1 0 0 0-4-4L3.8 16.2a2 2 0 0 0-.5.8L2 21.4a.5.5 0 0 0 .6.6L7 20.7a2 2 0 0 0 .8-.5zM15 5l4 4"/>`,
);
/** Deletes it. */
export const trashIcon = icon(svg`<path d="M3 6h18M19 6v14a2 2 0 0 1-2 2H7a2 2 0 0 1-2-2V6M8 6V4a2 2 0 0 1 2-2h4a2 2 0 0 1 2 2v2"/>`);
/** Goes to the latest message. */
export const downIcon = icon(svg`<path d="M12 5v14M19 12l-7 7-7-7"/>`);
/** Looks for words. */
export const searchIcon = icon(svg`<circle cx="11" cy="11" r="8"/><path d="m21 21-4.3-4.3"/>`);
/** Closes what is open. */
export const closeIcon = icon(svg`<path d="M18 6 6 18M6 6l12 12"/>`);
