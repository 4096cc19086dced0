import { parseArgs } from 'node:util';
import type { CommandInput, CommandOption, OperatorCommand } from './operator-command.ts';

/** How a command line could not be read; its message is for the terminal. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Options that every command knows. */
export const COMMON_OPTIONS: readonly CommandOption[] = [
  { name: 'url', value: 'URL', help: 'address of the service; without it the one of DIR/stack.json' },
  { name: 'data', value: 'DIR', help: 'data folder of a running npm start, .local by default' },
  { name: 'config', value: 'FILE', help: 'config file, for "token" commands on a production database' },
];

/** A command line that was understood. */
export type ParsedCommand<Command> = CommandInput & {
  readonly command: Command;
  readonly common: Readonly<Record<string, string>>;
  readonly json: boolean;
};

type Callable = Pick<OperatorCommand, 'words' | 'positional' | 'options' | 'help'>;

/** Finds the command of a command line and reads its arguments; throws `UsageError` that says what is wrong. */
export function parseCommand<Command extends Callable>(commands: readonly Command[], argv: readonly string[]): ParsedCommand<Command> {
  const line = argv.join(' ');
  const command = commands.find(({ words }) => line === words || line.startsWith(`${words} `));
  if (command === undefined)
    throw new UsageError(argv[0] === undefined ? 'A command is missing.' : `There is no command "${argv.slice(0, 2).join(' ')}".`);
  const { values, positionals } = readOptions(command, argv.slice(command.words.split(' ').length));
  if (positionals.length !== command.positional.length) throw new UsageError(`Usage: ${usageOf(command)}`);
  const common = COMMON_OPTIONS.flatMap(({ name }) => {
    const value = values[name]?.at(-1);
    return value === undefined ? [] : [[name, value] as const];
  });
  return {
    command,
    arguments: Object.fromEntries(command.positional.map((name, index) => [name, positionals[index] ?? ''])),
    options: values,
    common: Object.fromEntries(common),
    json: values['json'] !== undefined,
  };
}

function readOptions(
  { options }: Callable,
  argv: readonly string[],
): { values: Record<string, readonly string[]>; positionals: readonly string[] } {
  const known = [...options, ...COMMON_OPTIONS];
  try {
    const parsed = parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        json: { type: 'boolean' },
        ...Object.fromEntries(known.map(({ name }) => [name, { type: 'string' as const, multiple: true }])),
      },
    });
    const values = Object.entries(parsed.values).map(
      ([name, value]) => [name, Array.isArray(value) ? value.map(String) : [String(value)]] as const,
    );
    return { values: Object.fromEntries(values), positionals: parsed.positionals };
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : 'The options cannot be read.');
  }
}

function usageOf({ words, positional, options }: Callable): string {
  return [words, ...positional, ...options.map(({ name, value, multiple }) => `[--${name} ${value}]${multiple === true ? '…' : ''}`)].join(
    ' ',
  );
}

/** Lines of two columns; the second begins after the longest of the first. */
function columns(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(...rows.map(([left]) => left.length)) + 2;
  return rows.map(([left, right]) => left.padEnd(width) + right);
}

/** Help on all commands, or on those that begin with `topic`. */
export function helpText(commands: readonly Callable[], topic = ''): string {
  const chosen = commands.filter(({ words }) => words.startsWith(topic));
  const listed = chosen.length > 0 ? chosen : commands;
  const rows = listed.flatMap((command): [string, string][] => [
    [`  ${[command.words, ...command.positional].join(' ')}`, command.help],
    ...command.options.map(({ name, value, help }): [string, string] => [`      --${name} ${value}`, help]),
  ]);
  const common = COMMON_OPTIONS.map(({ name, value, help }): [string, string] => [`  --${name} ${value}`, help]);
  return [
    'Usage: npm run operator -- COMMAND [ARGUMENTS] [OPTIONS]',
    '',
    ...columns(rows),
    '',
    'Options of every command:',
    ...columns([...common, ['  --json', 'answer as JSON']]),
    '',
    'The token of the operator API comes from SMOOPE_OPERATOR_TOKEN, or from DIR/stack.json.',
  ].join('\n');
}
