/** Colours of a company's panel, as `PanelSettings` carries them; every pair holds 4.5:1 (WCAG 2.2, 1.4.3). */
export type CompanyColors = {
  /** The company's colour, shifted until it can carry text. */
  readonly color: string;
  /** Text on `color`. */
  readonly onColor: string;
  /** The same for dark surroundings. */
  readonly darkColor: string;
  /** Text on `darkColor`. */
  readonly onDarkColor: string;
};

type Rgb = readonly [number, number, number];

const WHITE = '#ffffff';
const NEAR_BLACK = '#10181b';
/** Surfaces of the panel on which the colour stands: edges of controls need 3:1 there (WCAG 2.2, 1.4.11). */
const LIGHT_SURFACE = '#ffffff';
const DARK_SURFACE = '#1b2428';
const TEXT_CONTRAST = 4.5;
const EDGE_CONTRAST = 3;
const STEP = 0.02;

function toRgb(colour: string): Rgb {
  const value = Number.parseInt(colour.slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}

function toHex(rgb: Rgb): string {
  return `#${rgb.map((part) => Math.round(part).toString(16).padStart(2, '0')).join('')}`;
}

function luminance(colour: string): number {
  const [red, green, blue] = toRgb(colour).map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as unknown as Rgb;
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** Contrast of two colours `#rrggbb`, 1 to 21 (https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio). */
export function contrast(first: string, second: string): number {
  const [lighter, darker] = [luminance(first), luminance(second)].sort((a, b) => b - a) as [number, number];
  return (lighter + 0.05) / (darker + 0.05);
}

function mix(colour: string, other: string, share: number): string {
  const [from, to] = [toRgb(colour), toRgb(other)];
  return toHex(from.map((part, index) => part + ((to[index] ?? part) - part) * share) as unknown as Rgb);
}

function textOn(colour: string): string | undefined {
  return [WHITE, NEAR_BLACK].find((text) => contrast(text, colour) >= TEXT_CONTRAST);
}

/** Moves a colour towards `target`, no further than needed, until text on it and its edge on `surface` can be seen. */
function shift(colour: string, target: string, surface: string): { shifted: string; text: string } {
  for (let share = 0; share < 1; share += STEP) {
    const shifted = mix(colour, target, share);
    const text = textOn(shifted);
    if (text !== undefined && contrast(shifted, surface) >= EDGE_CONTRAST) return { shifted, text };
  }
  return { shifted: target, text: textOn(target) ?? WHITE };
}

/** What a company's colour becomes on its panel: darkened on light surfaces, lightened on dark ones, only as far as contrast asks. */
export function companyColors(color: string): CompanyColors {
  const own = color.toLowerCase();
  const light = shift(own, NEAR_BLACK, LIGHT_SURFACE);
  const dark = shift(own, WHITE, DARK_SURFACE);
  return { color: light.shifted, onColor: light.text, darkColor: dark.shifted, onDarkColor: dark.text };
}

/** Style sheet with a company's colours, for pages on which no script puts them in. */
export function colorSheet({ color, onColor, darkColor, onDarkColor }: CompanyColors): string {
  const light = `:root{--company:${color};--on-company:${onColor}}`;
  return `${light}@media(prefers-color-scheme:dark){:root{--company:${darkColor};--on-company:${onDarkColor}}}`;
}
