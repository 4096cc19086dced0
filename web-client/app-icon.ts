import { html } from './html.ts';

/** What an icon of the app stands on: its own ground, or one that reaches every edge and is cut by the system into its own shape. */
export type IconShape = 'free' | 'full';

const MARK = 'M12 0a12 12 0 0 1 12 12v8a4 4 0 0 1-4 4h-8a12 12 0 0 1 0-24';

/** The icon of the app as SVG, 24 units wide: the mark of the brand; what a system may cut off holds nothing of it. */
export function appIcon({ color, onColor }: { readonly color: string; readonly onColor: string }, shape: IconShape): string {
  const isFull = shape === 'full';
  const mark = isFull ? 'translate(6.5 6.5) scale(.458)' : 'translate(1 1) scale(.9167)';
  return html`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24">
    ${isFull && html`<path fill="${color}" d="M0 0h24v24H0z" />`}
    <path fill="${isFull ? onColor : color}" d="${MARK}" transform="${mark}" />
  </svg>`.html;
}
