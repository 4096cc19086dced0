import { html, type Html } from '../html.ts';

/** Kinds of bicycles that the demo shop sells. */
export type BicycleKind = 'city' | 'tour' | 'cargo';

const DARK = '#22303a';
const METAL = '#9aa7af';
const LEATHER = '#8a5a3a';

const wheel = (x: number, y: number, radius: number): Html => {
  const spokes = Array.from({ length: 14 }, (_, index) => {
    const angle = (index * Math.PI) / 7;
    return `M${x} ${y}L${(x + Math.cos(angle) * (radius - 5)).toFixed(1)} ${(y + Math.sin(angle) * (radius - 5)).toFixed(1)}`;
  }).join('');
  return html`<path d="${spokes}" stroke="${METAL}" stroke-width="0.9" /><circle
      cx="${x}"
      cy="${y}"
      r="${radius}"
      stroke="${DARK}"
      stroke-width="5.5"
    /><circle cx="${x}" cy="${y}" r="${radius - 5}" stroke="${METAL}" stroke-width="1.6" /><circle
      cx="${x}"
      cy="${y}"
      r="4.5"
      fill="${DARK}"
    />`;
};

const line = (path: string, color: string, width: number): Html => html`<path d="${path}" stroke="${color}" stroke-width="${width}" />`;

const drive = (x: number, y: number, rear: readonly [number, number]): Html =>
  html`${line(`M${x} ${y - 13}L${rear[0]} ${rear[1] - 6}M${x} ${y + 13}L${rear[0]} ${rear[1] + 6}`, METAL, 1.8)}<circle
      cx="${x}"
      cy="${y}"
      r="13"
      stroke="${DARK}"
      stroke-width="3"
    />${line(`M${x} ${y}l11 24m-7 0h15`, DARK, 4)}<circle cx="${x}" cy="${y}" r="4" fill="${DARK}" />`;

const saddle = (x: number, y: number): Html => line(`M${x - 22} ${y}q14 -7 26 -1q10 1 20 0`, LEATHER, 8);

function city(color: string): Html {
  return html`${wheel(92, 156, 54)}${wheel(276, 156, 54)} ${line('M30 154a62 62 0 0 1 100 -48M222 124a62 62 0 0 1 112 18', color, 4)}
    ${line('M56 98h62M62 98l30 58M104 98l-12 58', DARK, 3)} ${drive(174, 160, [92, 156])}
    ${line('M92 156H174L150 84M92 156L152 92', color, 6)}${line('M174 160Q228 152 246 84M156 108Q214 128 244 96', color, 7)}
    ${line('M248 90Q258 128 276 156', color, 6)}${line('M150 84L146 66M248 92L240 50q-2 -12 -22 -9', DARK, 5)}${line('M220 41h-14', LEATHER, 7)}
    ${saddle(146, 64)}${line('M252 66h42l-6 34h-32zM256 78h36M257 89h33M266 66l2 34M282 66l-2 34', LEATHER, 2.4)}
    <circle cx="262" cy="112" r="6" fill="#f4d37a" stroke="${DARK}" stroke-width="2" />`;
}

function tour(color: string): Html {
  return html`${wheel(90, 154, 56)}${wheel(278, 154, 56)} ${drive(172, 158, [90, 154])}
  ${line('M90 154H172L148 80M90 154L150 86', color, 5)}${line('M172 158L242 92M150 86L239 76', color, 7)}
  ${line('M239 72L246 96Q256 130 278 154', color, 6)}${line('M148 80L143 60M238 72L235 60l20 -4q20 0 15 16q-4 10 -16 8', DARK, 5)}
  ${saddle(142, 57)}${line('M196 98l24 -3l5 12l-22 4z', LEATHER, 3)}${line('M182 132l17 -17', METAL, 9)}
  ${line('M122 60h-24v18h20z', LEATHER, 3)}`;
}

function cargo(color: string): Html {
  return html`${wheel(74, 158, 50)}${wheel(314, 170, 38)} ${line('M18 156a56 56 0 0 1 92 -42', color, 4)} ${drive(142, 164, [74, 158])}
    ${line('M74 158H142L122 92M74 158L124 98', color, 6)}${line('M142 164L206 186H264Q292 186 298 150M130 112L190 96L196 178', color, 7)}
    ${line('M298 140L314 170', color, 6)}${line('M122 92L118 72M190 100L184 58q-2 -10 -20 -8', DARK, 5)}${line('M166 50h-13', LEATHER, 7)}
    ${saddle(118, 70)}<path
      d="M206 112h96l-12 66h-74z"
      fill="#d9b98c"
      stroke="${LEATHER}"
      stroke-width="3"
    />${line('M208 128h91M211 146h85M214 162h79', LEATHER, 1.6)}
    <circle cx="304" cy="122" r="5" fill="#f4d37a" stroke="${DARK}" stroke-width="2" />`;
}

const DRAWINGS: Readonly<Record<BicycleKind, (color: string) => Html>> = { city, tour, cargo };

/** A bicycle as a drawing, its frame in the given colour. Says nothing to screen readers: the text beside it does. */
export const drawBicycle = (kind: BicycleKind, color: string): Html =>
  html`<svg viewBox="0 0 368 224" fill="none" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">
    ${DRAWINGS[kind](color)}
  </svg>`;
