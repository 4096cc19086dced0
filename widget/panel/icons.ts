import { html, svg, type SVGTemplateResult, type TemplateResult } from 'lit';

/** An icon from lines of lucide (https://lucide.dev, ISC licence), drawn on a 24 grid. */
export const icon = (lines: SVGTemplateResult): TemplateResult =>
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

/** Closes the panel. */
export const closeIcon = icon(svg`<path d="M18 6 6 18M6 6l12 12"/>`);
/** Opens what can be done. */
export const menuIcon = icon(svg`<path d="M12 12h.01M19 12h.01M5 12h.01" stroke-width="3"/>`);
/** Sends the message. */
export const sendIcon = icon(svg`<path d="m5 12 7-7 7 7M12 19V5"/>`);
/** Goes to the latest message. */
export const downIcon = icon(svg`<path d="M12 5v14M19 12l-7 7-7-7"/>`);
/** Marks a link that leaves the page. */
export const externalIcon = icon(svg`<path d="M7 17 17 7M8 7h9v9"/>`);
/** Stands beside what is said about data. */
export const shieldIcon = icon(svg`<path d="M20 13c0 5-3.5 7.5-8 9-4.5-1.5-8-4-8-9V5l8-3 8 3zM9 12l2 2 4-4"/>`);
/** Chooses files. */
export const attachIcon = icon(svg`<path d="M5 12h14M12 5v14"/>`);
/** Records a voice message. */
export const voiceIcon = icon(svg`<rect x="9" y="2" width="6" height="13" rx="3"/><path d="M12 19v3M19 10v2a7 7 0 0 1-14 0v-2"/>`);
/** Chooses an emoji. */
export const emojiIcon = icon(svg`<circle cx="12" cy="12" r="10"/><path d="M8 14s1.5 2 4 2 4-2 4-2M9 9h.01M15 9h.01"/>`);
/** Goes back. */
export const backIcon = icon(svg`<path d="m15 18-6-6 6-6"/>`);
