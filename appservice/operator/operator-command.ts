import type { OperatorApi } from './operator-api.ts';

/** Rows for a table on the terminal: the first one is the head. */
export type Table = readonly (readonly string[])[];

/** What a command answers: `data` for `--json`, `table` or `lines` for people. */
export type CommandAnswer = { readonly data: unknown; readonly table?: Table; readonly lines?: readonly string[] };

/** An option of a command. */
export type CommandOption = { readonly name: string; readonly value: string; readonly help: string; readonly multiple?: boolean };

/** Arguments as given: positional ones by name, options by name. */
export type CommandInput = {
  readonly arguments: Readonly<Record<string, string>>;
  readonly options: Readonly<Record<string, readonly string[]>>;
};

/** One command of the operator's command line. */
export type OperatorCommand = {
  /** Words that call it, for example `company create`. */
  readonly words: string;
  /** Names of positional arguments, in order; all are needed. */
  readonly positional: readonly string[];
  readonly options: readonly CommandOption[];
  readonly help: string;
  run(api: OperatorApi, input: CommandInput): Promise<CommandAnswer>;
};
