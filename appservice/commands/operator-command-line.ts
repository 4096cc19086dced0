import { record } from '../audit/audit-log.ts';
import { ConfigError } from '../config.ts';
import { openDatabase } from '../database/database.ts';
import { createOperatorApi, OperatorApiError } from '../operator/operator-api.ts';
import { helpText, parseCommand, UsageError } from '../operator/operator-arguments.ts';
import type { CommandAnswer, Table } from '../operator/operator-command.ts';
import { OPERATOR_COMMANDS } from '../operator/operator-commands.ts';
import { createTokenCommands } from '../operator/token-commands.ts';
import { findDatabaseUrl, findService } from './operator-access.ts';

const tokenCommands = createTokenCommands(record);
const ALL = [...OPERATOR_COMMANDS, ...tokenCommands];

function render(table: Table): string {
  const widths = (table[0] ?? []).map((_, column) => Math.max(...table.map((row) => (row[column] ?? '').length)));
  return table
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function textOf({ data, table, lines }: CommandAnswer, json: boolean): string {
  return json ? JSON.stringify(data, null, 2) : table === undefined ? (lines ?? []).join('\n') : render(table);
}

async function execute(argv: readonly string[], environment: NodeJS.ProcessEnv): Promise<string> {
  const parsed = parseCommand(ALL, argv);
  const { command, common, json } = parsed;
  const onDatabase = tokenCommands.find((one) => one === command);
  if (onDatabase !== undefined) {
    const database = openDatabase({ url: findDatabaseUrl(common, environment), poolSize: 2 });
    try {
      return textOf(await onDatabase.run(database, parsed), json);
    } finally {
      await database.destroy();
    }
  }
  const onService = OPERATOR_COMMANDS.find((one) => one === command);
  if (onService === undefined) throw new UsageError('There is no such command.');
  return textOf(await onService.run(createOperatorApi(findService(common, environment)), parsed), json);
}

/** What a command line led to: what goes to standard output and standard error, and the exit code. */
export type CommandResult = { readonly out: string; readonly err: string; readonly code: 0 | 1 | 2 };

/** Carries out one line of the operator's command line; 1: refused or failed, 2: not understood. */
export async function runOperatorCommand(argv: readonly string[], environment: NodeJS.ProcessEnv): Promise<CommandResult> {
  if (argv.length === 0 || argv.includes('--help') || argv[0] === 'help') {
    const topic = argv.filter((word) => word !== 'help' && !word.startsWith('--')).join(' ');
    return { out: helpText(ALL, topic), err: '', code: 0 };
  }
  try {
    return { out: await execute(argv, environment), err: '', code: 0 };
  } catch (error) {
    const message = error instanceof Error ? error.message : 'unknown error';
    if (error instanceof UsageError) return { out: '', err: `${message}\nMore: npm run operator -- --help`, code: 2 };
    const known = error instanceof OperatorApiError || error instanceof ConfigError;
    return { out: '', err: known ? message : `Failed: ${message}`, code: 1 };
  }
}
