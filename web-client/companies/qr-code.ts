import { html, svg, type TemplateResult } from 'lit';
import { encode } from 'uqr';

/** Draws a QR code; dark on light whatever the surroundings, because many cameras read nothing else. */
export function renderQrCode(words: string, label: string): TemplateResult {
  const { size, data } = encode(words, { border: 3, ecc: 'M' });
  const squares = data.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])));
  return html`<svg role="img" aria-label=${label} viewBox="0 0 ${size} ${size}" shape-rendering="crispEdges">
    ${svg`<path fill="#fff" d="M0 0h${size}v${size}h-${size}z"/><path fill="#10222e" d=${squares.join('')} />`}
  </svg>`;
}
