import { html, svg, type SVGTemplateResult, type TemplateResult } from 'lit';

// Lines of Lucide (ISC), 24 units wide.
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

/** Icons of files; each stands in a button with a name of its own. */
export const icons = {
  attach: icon(
    svg`<path d="m16 6-8.414 8.586a2 2 0 0 0 2.829 2.829l8.414-8.586a4 4 0 1 0-5.657-5.657l-8.379 8.551a6 6 0 1 0 8.485 8.485l8.379-8.551"/>`,
  ),
  microphone: icon(svg`<path d="M12 19v3M19 10v2a7 7 0 0 1-14 0v-2"/><rect x="9" y="2" width="6" height="13" rx="3"/>`),
  close: icon(svg`<path d="M18 6 6 18M6 6l12 12"/>`),
  stop: icon(svg`<rect x="5" y="5" width="14" height="14" rx="2"/>`),
  send: icon(
    svg`<path d="M14.536 21.686a.5.5 0 0 0 .937-.024l6.5-19a.496.496 0 0 0-.635-.635l-19 6.5a.5.5 0 0 0-.024.937l7.93 3.18a2 2 0 0 1 1.112 1.11zM21.854 2.147l-10.94 10.939"/>`,
  ),
  discard: icon(svg`<path d="M3 6h18M19 6v14a2 2 0 0 1-2 2H7a2 2 0 0 1-2-2V6M8 6V4a2 2 0 0 1 2-2h4a2 2 0 0 1 2 2v2"/>`),
  download: icon(svg`<path d="M12 15V3M21 15v4a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2v-4M7 10l5 5 5-5"/>`),
  play: icon(svg`<path fill="currentColor" d="M7 4.5v15l12-7.5z"/>`),
  pause: icon(svg`<path fill="currentColor" d="M7 5h3v14H7zM14 5h3v14h-3z"/>`),
  file: icon(svg`<path d="M6 22a2 2 0 0 1-2-2V4a2 2 0 0 1 2-2h8l6 6v12a2 2 0 0 1-2 2zM14 2v5a1 1 0 0 0 1 1h5"/>`),
  back: icon(svg`<path d="m15 18-6-6 6-6"/>`),
  on: icon(svg`<path d="m9 18 6-6-6-6"/>`),
};
