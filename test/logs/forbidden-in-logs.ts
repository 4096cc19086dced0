import { CANARY } from '../stack/test-company.ts';

/** What must stand in no line of a log, whichever suite said it. */
const FORBIDDEN: Readonly<Record<string, RegExp>> = {
  'words and names of the tests': new RegExp(CANARY, 'i'),
  'a Matrix user id': /@[\w.=/+-]+:smoope\.localhost/,
  'a ghost': /visitor_[0-9a-f]{2}_|company_[0-9a-f]{2}_/,
  'a token of ours': /\b[vtoc]_[\w-]{20,}/,
  'a token of Matrix': /\b(syt|mct)_\w+/,
  'a bearer header': /bearer/i,
  'an address of the network': /\b(127\.0\.0\.1|::1)\b/,
  'text of a message': /m\.text|formatted_body|"body"/,
};

/** Lines of a log that say what a log may not say, each with what it is; `secrets` are looked for as they are. */
export function forbiddenLines(log: string, secrets: readonly (string | undefined)[]): string[] {
  const known = secrets.filter((secret) => secret !== undefined && secret.length > 7);
  return log
    .split('\n')
    .flatMap((line) => [
      ...Object.entries(FORBIDDEN).flatMap(([what, pattern]) => (pattern.test(line) ? [`${what}: ${line.slice(0, 300)}`] : [])),
      ...(known.some((secret) => secret !== undefined && line.includes(secret)) ? [`a secret: ${line.slice(0, 40)}…`] : []),
    ]);
}
