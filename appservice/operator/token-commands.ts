import type { RecordAudit } from '../audit/audit-log.ts';
import type { Database } from '../database/database.ts';
import { UsageError } from './operator-arguments.ts';
import type { CommandAnswer, CommandInput, OperatorCommand } from './operator-command.ts';
import { issueOperatorToken, listOperatorTokens, revokeOperatorToken } from './operator-token.ts';

/** A command on the database itself: the first token of an installation cannot come through the API. */
export type TokenCommand = Omit<OperatorCommand, 'run'> & { run(database: Database, input: CommandInput): Promise<CommandAnswer> };

/** Commands on operator tokens. */
export const createTokenCommands = (record: RecordAudit): readonly TokenCommand[] => [
  {
    words: 'token issue',
    positional: ['LABEL'],
    options: [],
    help: 'make a token of the operator API; it is shown once',
    async run(database, { arguments: { LABEL = '' } }) {
      if (!/^[\w .:-]{1,60}$/.test(LABEL)) throw new UsageError('LABEL must be 1 to 60 letters, digits, spaces, and . : _ -');
      const issued = await database.transaction(async (transaction) => {
        const made = await issueOperatorToken(transaction, LABEL);
        await record(transaction, { actor: 'command', action: 'token.issue', companyId: null, detail: { token: made.id } });
        return made;
      });
      return {
        data: issued,
        table: [
          ['id', issued.id],
          ['token', issued.token],
          ['', 'It is kept nowhere: note it now.'],
        ],
      };
    },
  },
  {
    words: 'token revoke',
    positional: ['ID'],
    options: [],
    help: 'end a token',
    async run(database, { arguments: { ID = '' } }) {
      const revoked = await database.transaction(async (transaction) => {
        const ended = await revokeOperatorToken(transaction, ID);
        if (ended) await record(transaction, { actor: 'command', action: 'token.revoke', companyId: null, detail: { token: ID } });
        return ended;
      });
      if (!revoked) throw new UsageError('There is no token in force with this id; "token list" shows them.');
      return { data: {}, lines: [`The token ${ID} is revoked.`] };
    },
  },
  {
    words: 'token list',
    positional: [],
    options: [],
    help: 'list the tokens in force',
    async run(database) {
      const tokens = await listOperatorTokens(database);
      await record(database, { actor: 'command', action: 'token.list', companyId: null, detail: {} });
      return {
        data: { tokens },
        table: [['id', 'label', 'made'], ...tokens.map(({ id, label, createdAt }) => [id, label, createdAt.toISOString()])],
      };
    },
  },
];
