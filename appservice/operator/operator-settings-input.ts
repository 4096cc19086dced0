import { UsageError } from './operator-arguments.ts';

/** Reads `key=value` of the command line: a value is JSON where it parses as such (numbers, lists, null), else the text itself. */
export function readSettings(pairs: readonly string[]): Record<string, unknown> {
  const settings: Record<string, unknown> = {};
  for (const pair of pairs) {
    const at = pair.indexOf('=');
    if (at < 1) throw new UsageError(`"${pair}" must be KEY=VALUE, for example locale=en or 'origins=["https://www.example.de"]'`);
    settings[pair.slice(0, at)] = readValue(pair.slice(at + 1));
  }
  return settings;
}

function readValue(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
