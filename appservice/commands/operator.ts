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
  return table.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ').trimEnd()).join('\n');
}

function show({ data, table, lines }: CommandAnswer, json: boolean): void {
  const text = json ? JSON.stringify(data, null, 2) : table === undefined ? (lines ?? []).join('\n') : render(table);
  process.stdout.write(`${text}\n`);
}

async function execute(argv: readonly string[]): Promise<void> {
  const parsed = parseCommand(ALL, argv);
  const { command, common, json } = parsed;
  const onDatabase = tokenCommands.find((one) => one === command);
  if (onDatabase !== undefined) {
    const database = openDatabase({ url: findDatabaseUrl(common, process.env), poolSize: 2 });
    try {
      return show(await onDatabase.run(database, parsed), json);
    } finally {
      await database.destroy();
    }
  }
  const onService = OPERATOR_COMMANDS.find((one) => one === command);
  if (onService !== undefined) show(await onService.run(createOperatorApi(findService(common, process.env)), parsed), json);
}

const argv = process.argv.slice(2);
if (argv.length === 0 || argv.includes('--help') || argv[0] === 'help') {
  process.stdout.write(`${helpText(ALL, argv.filter((word) => word !== '--help' && word !== 'help').join(' '))}\n`);
} else {
  try {
    await execute(argv);
  } catch (error) {
    const known = error instanceof OperatorApiError || error instanceof UsageError || error instanceof ConfigError;
    const message = error instanceof Error ? error.message : 'unknown error';
    process.stderr.write(`${known ? message : `Failed: ${message}`}\n${error instanceof UsageError ? 'More: npm run operator -- --help\n' : ''}`);
    process.exitCode = error instanceof UsageError ? 2 : 1;
  }
}
