import type { PanelSettings } from '../../appservice/visitors/panel-wire.ts';

const COLOR = /^#[0-9a-f]{6}$/i;

/** Style sheet with the company's colours; undefined where one of them is no colour. */
export function companyColors({ color, onColor, darkColor, onDarkColor }: PanelSettings['company']): string | undefined {
  if (![color, onColor, darkColor, onDarkColor].every((value) => COLOR.test(value))) return undefined;
  return `:root{--company:${color};--on-company:${onColor}}@media(prefers-color-scheme:dark){:root{--company:${darkColor};--on-company:${onDarkColor}}}`;
}
