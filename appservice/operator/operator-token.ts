import { randomUUID } from 'node:crypto';
import type { Database } from '../database/database.ts';
import { ApiError } from '../errors.ts';
import { bearerToken } from '../http/auth.ts';
import type { HttpContext } from '../http/context.ts';
import { hashToken, newToken } from '../opaque-token.ts';

/** A token of the operator API as it may be shown; the token itself is kept nowhere. */
export type OperatorToken = { readonly id: string; readonly label: string; readonly createdAt: Date };

type Row = { id: string; token_hash: string; label: string; created_at: Date; revoked_at: Date | null };

/** Makes a token; the answer is its only plain copy. `label` says whom or what it is for. */
export async function issueOperatorToken(database: Database, label: string): Promise<{ id: string; token: string }> {
  const id = randomUUID();
  const token = newToken('o');
  await database<Row>('operator_token').insert({ id, token_hash: hashToken(token), label });
  return { id, token };
}

/**
 * The token of an installation that keeps it in a file: the known one while it is in force, else a new one; older ones of
 * that label are revoked, because nobody knows them any more.
 */
export async function ensureOperatorToken(
  database: Database,
  { label, known }: { label: string; known: string | undefined },
): Promise<string> {
  if (known !== undefined && (await findOperatorToken(database, known)) !== undefined) return known;
  return database.transaction(async (transaction) => {
    await transaction<Row>('operator_token')
      .where({ label })
      .whereNull('revoked_at')
      .update({ revoked_at: transaction.fn.now() as unknown as Date });
    const { token } = await issueOperatorToken(transaction, label);
    return token;
  });
}

/** Tokens in force, oldest first. */
export async function listOperatorTokens(database: Database): Promise<OperatorToken[]> {
  const rows = await database<Row>('operator_token').whereNull('revoked_at').orderBy('created_at').orderBy('id');
  return rows.map(({ id, label, created_at: createdAt }) => ({ id, label, createdAt }));
}

/** Ends a token; false where there is none of this id in force. */
export async function revokeOperatorToken(database: Database, id: string): Promise<boolean> {
  const revoked = await database('operator_token').where({ id }).whereNull('revoked_at').update({ revoked_at: database.fn.now() });
  return revoked === 1;
}

/** Id of a plain token that is in force. */
export async function findOperatorToken(database: Database, token: string): Promise<string | undefined> {
  const row = await database<Row>('operator_token')
    .where({ token_hash: hashToken(token) })
    .whereNull('revoked_at')
    .first('id');
  return row?.id;
}

/** Authenticator of kind `operator`: throws M_MISSING_TOKEN or M_UNKNOWN_TOKEN. */
export function operatorAuthenticator(database: Database): (context: HttpContext) => Promise<{ actor: `operator:${string}` }> {
  return async (context) => {
    const tokenId = await findOperatorToken(database, bearerToken(context));
    if (tokenId === undefined) throw new ApiError('M_UNKNOWN_TOKEN', 'The operator token is not known or was revoked.');
    return { actor: `operator:${tokenId}` };
  };
}
