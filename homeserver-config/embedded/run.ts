import { constants } from 'node:os';
import { join, resolve } from 'node:path';
import { migrateToLatest } from '../../appservice/database/migrate.ts';
import { OUTBOX_FILE } from '../../appservice/notifications/outbox-adapter.ts';
import { createEmbeddedAppservice } from './appservice.ts';
import { ensureBundles } from './browser-bundles.ts';
import { acceptInvitations, DEMO_NUMBER, ensureDemoAgent } from './demo-agent.ts';
import { createOperatorApi, DEMO_COMPANY_NAME, ensureDemoCompany, listStackCompanies, type OperatorApi } from './demo-company.ts';
import { ensureStackToken } from './operator-access.ts';
import { showOutbox } from './outbox-display.ts';
import type { Part } from './part.ts';
import { createProgress, type Progress } from './progress.ts';
import { removeStackFile, stackAddresses, writeStackFile } from './stack-file.ts';
import { startEmbeddedStack, type EmbeddedStack } from './stack.ts';
import { superviseParts, type Supervision } from './supervision.ts';
import { watchSources } from './watching.ts';

/** What `npm start` was asked for. */
export type EmbeddedRun = { readonly port?: number; readonly dataDir: string; readonly demo: boolean; readonly watch: boolean };

type Write = (line: string) => void;

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Aborted by the first signal; the same signal may arrive twice (from the terminal and from npm) and counts once. */
function stopOnSignal(): AbortSignal {
  const controller = new AbortController();
  for (const signal of SIGNALS) process.on(signal, () => controller.abort(signal));
  return controller.signal;
}

function describeWhatOpensWhere({ config, dataDir }: EmbeddedStack, demo: boolean): string[] {
  const { widgetDemoUrl } = stackAddresses(config);
  return [
    '',
    `${config.brand.name} runs:`,
    ...(!demo
      ? []
      : [
          `  Website with the widget   ${widgetDemoUrl}`,
          `  Answer as an agent        in any Matrix client: homeserver ${config.homeserver.publicUrl}`,
          `                            sign in with the mobile number ${DEMO_NUMBER}; the code appears here and in`,
          `                            ${join(dataDir, OUTBOX_FILE)}`,
          `                            new conversations are announced in the room "${DEMO_COMPANY_NAME} · Team"`,
        ]),
    `  Sign in                   ${config.publicOrigin}/account`,
    `  Start page                ${config.publicOrigin}/`,
    `  API                       ${config.publicOrigin}/api/v1/openapi.json`,
    `  Data and logs             ${dataDir}`,
    '',
    'Ctrl-C stops everything; the data stays.',
  ];
}

async function bringUpDemo({ config, secrets }: EmbeddedStack, api: OperatorApi): Promise<void> {
  if (secrets.adminToken === undefined) throw new Error('there is no server-admin account');
  const agent = await ensureDemoAgent(api, config, secrets.adminToken);
  const { slug } = await ensureDemoCompany(api, config, agent.userId);
  const company = (await listStackCompanies(api)).find((each) => each.slug === slug);
  if (company === undefined) throw new Error('the demo company has no rooms');
  await acceptInvitations(config, secrets.adminToken, agent, [company.spaceId, company.teamRoomId]);
}

/** Appservice, demo company and stack.json, on a stack that answers. */
async function bringUpService(stack: EmbeddedStack, appservice: Part, progress: Progress, demo: boolean): Promise<void> {
  const { config, dataDir } = stack;
  await progress('Appservice', () => appservice.start());
  const origin = `http://${config.listen.host}:${config.listen.port}`;
  const operatorToken = await ensureStackToken(dataDir, config.database.url);
  const api = createOperatorApi(origin, operatorToken);
  if (demo) await progress('Demo company', () => bringUpDemo(stack, api));
  writeStackFile(dataDir, { ...stackAddresses(config), companies: await listStackCompanies(api), operatorToken });
}

/**
 * Runs everything on this machine until a signal comes; resolves with the exit code when all has ended in good order. Throws
 * what stopped the start, after ending what had begun.
 */
export async function runEmbedded({ port, dataDir, demo, watch }: EmbeddedRun, write: Write): Promise<number> {
  const began = Date.now();
  const signal = stopOnSignal();
  const progress = createProgress(write);
  const building = new AbortController();
  const bundles = progress('Widget and web client', (say) => ensureBundles(say, AbortSignal.any([signal, building.signal])));
  // Awaited below; until then its failure must not end the process before the parts are stopped.
  bundles.catch(() => undefined);
  let stack: EmbeddedStack | undefined;
  let appservice: Part | undefined;
  let endWatching: (() => Promise<void>) | undefined;
  let supervision: Supervision | undefined;
  let outbox: ReturnType<typeof showOutbox> | undefined;
  let failed = 0;
  const interrupted = Promise.withResolvers<void>();
  signal.addEventListener('abort', () => interrupted.resolve());
  try {
    stack = await startEmbeddedStack({
      dataDir: resolve(dataDir),
      port,
      progress,
      signal,
      whenDatabaseAnswers: (config) => progress('Migrations', () => migrateToLatest(config.database.url)),
    });
    await bundles;
    signal.throwIfAborted();
    outbox = showOutbox(stack.dataDir, write);
    appservice = createEmbeddedAppservice(stack);
    await bringUpService(stack, appservice, progress, demo);
    signal.throwIfAborted();
    for (const line of describeWhatOpensWhere(stack, demo)) write(line);
    write(`Ready after ${((Date.now() - began) / 1000).toFixed(1)} s.`);
    const giveUp = (part: Part): void => {
      failed = 1;
      write(`${part.name} ends again and again; the last lines of ${part.logFile} say why.`);
      interrupted.resolve();
    };
    supervision = superviseParts([stack.postgres, stack.synapse, appservice], { say: write, giveUp });
    endWatching = watch ? watchSources(appservice, write) : undefined;
    await interrupted.promise;
    return failed;
  } catch (error) {
    if (!signal.aborted) throw error;
    return 128 + constants.signals[signal.reason as (typeof SIGNALS)[number]];
  } finally {
    await endWatching?.();
    supervision?.end();
    outbox?.end();
    building.abort();
    await bundles.catch(() => undefined);
    if (stack !== undefined) {
      write('\nStopping …');
      removeStackFile(stack.dataDir);
      await appservice?.stop();
      await stack.stop();
      write('Stopped.');
    }
  }
}
