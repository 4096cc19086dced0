import { openDatabase } from '../../appservice/database/database.ts';
import { ensureOperatorToken } from '../../appservice/operator/operator-token.ts';
import { operatorTokenFile } from './stack-file.ts';

/** The operator's token of this stack: the one of the last start while it is in force, else a new one. */
export async function ensureStackToken(dataDir: string, databaseUrl: string): Promise<string> {
  const file = operatorTokenFile(dataDir);
  const known = file.read();
  const database = openDatabase({ url: databaseUrl, poolSize: 2 });
  try {
    const token = await ensureOperatorToken(database, { label: 'npm start', known });
    if (token !== known) file.write(token);
    return token;
  } finally {
    await database.destroy();
  }
}
