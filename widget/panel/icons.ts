import { html, svg, type SVGTemplateResult, type TemplateResult } from 'lit';

// Lines of lucide (https://lucide.dev, ISC licence), drawn on a 24 grid.
const icon = (lines: SVGTemplateResult): TemplateResult =>
  html`<svg
    class="icon"
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
/** Opens the menu. */
export const menuIcon = icon(svg`<path d="M12 12h.01M19 12h.01M5 12h.01" stroke-width="3"/>`);
/** Sends the message. */
export const sendIcon = icon(svg`<path d="m5 12 7-7 7 7M12 19V5"/>`);
/** Goes to the latest message. */
export const downIcon = icon(svg`<path d="M12 5v14M19 12l-7 7-7-7"/>`);
/** Marks a link that leaves the page. */
export const externalIcon = icon(svg`<path d="M7 17 17 7M8 7h9v9"/>`);
/** Stands beside what is said about data. */
export const shieldIcon = icon(
  svg`<path d="M20 13c0 5-3.5 7.5-7.66 8.95a1 1 0 0 1-.67-.01C7.5 20.5 4 18 4 13V6a1 1 0 0 1 1-1c2 0 4.5-1.2 6.24-2.72a1.17 1.17 0 0 1 1.52 0C14.51 3.81 17 5 19 5a1 1 0 0 1 1 1zM9 12l2 2 4-4"/>`,
);
