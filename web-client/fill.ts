/** Fills in the gaps of a text; `{name}` stands for a value. */
export const fill = (text: string, values: Readonly<Record<string, string | number>>): string =>
  text.replace(/\{(\w+)\}/g, (gap: string, name: string) => String(values[name] ?? gap));
