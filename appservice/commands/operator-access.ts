import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { loadConfig } from '../config.ts';
import { UsageError } from '../operator/operator-arguments.ts';

const stackFile = z.object({ appUrl: z.string(), operatorToken: z.string(), databaseUrl: z.string() });

type StackFile = z.infer<typeof stackFile>;
type Common = Readonly<Record<string, string>>;

function readStackFile(common: Common): StackFile | undefined {
  const path = join(common['data'] ?? '.local', 'stack.json');
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
  return stackFile.parse(JSON.parse(text));
}

/** Address and token of the service a command speaks to; throws `UsageError` that says what to give. */
export function findService(common: Common, environment: NodeJS.ProcessEnv): { url: string; token: string } {
  const stack = common['url'] === undefined ? readStackFile(common) : undefined;
  const url = common['url'] ?? stack?.appUrl;
  const token = environment['SMOOPE_OPERATOR_TOKEN'] ?? stack?.operatorToken;
  if (url === undefined) throw new UsageError('No service is running here: give --url URL, or --data DIR of a running npm start.');
  if (token === undefined) throw new UsageError('The token is missing: set SMOOPE_OPERATOR_TOKEN.');
  return { url, token };
}

/** Address of the database for commands that work on it directly; throws `UsageError` that says what to give. */
export function findDatabaseUrl(common: Common, environment: NodeJS.ProcessEnv): string {
  const file = common['config'] ?? environment['SMOOPE_CONFIG'];
  if (file !== undefined) return loadConfig(file, environment).database.url;
  const stack = readStackFile(common);
  if (stack === undefined) throw new UsageError('Which database? Give --config FILE, or --data DIR of a running npm start.');
  return stack.databaseUrl;
}
