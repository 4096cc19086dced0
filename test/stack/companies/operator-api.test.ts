import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { runOperatorCommand } from '../../../appservice/commands/operator-command-line.ts';
import type { RoomId } from '../../../appservice/ids.ts';
import { membershipOf, newSlug, openCompaniesOnStack, stateOf, type CompaniesOnStack } from './companies-fixture.ts';

const operator = suite<{ stack: CompaniesOnStack; appUrl: string; token: string }>('operator on the running stack');

operator.before(async (context) => {
  context.stack = await openCompaniesOnStack();
  const file = JSON.parse(readFileSync(process.env['SMOOPE_STACK'] ?? '', 'utf8')) as { appUrl: string; operatorToken: string };
  context.appUrl = file.appUrl;
  context.token = file.operatorToken;
});

operator.after(async ({ stack }) => {
  await stack.close();
});

type Shown = { status: string; missing: string[]; spaceId: RoomId; teamRoomId: RoomId };

async function command(appUrl: string, token: string, ...args: string[]): Promise<unknown> {
  const { out, err, code } = await runOperatorCommand([...args, '--url', appUrl, '--json'], { SMOOPE_OPERATOR_TOKEN: token });
  assert.is(code, 0, err);
  return JSON.parse(out);
}

async function eventually(expected: string, read: () => Promise<unknown>): Promise<void> {
  const deadline = Date.now() + 20_000;
  let found = await read();
  while (found !== expected && Date.now() < deadline) {
    await wait(200);
    found = await read();
  }
  assert.is(found, expected);
}

operator(
  'the whole life of a company from the command line: made, opened, renamed, peopled, suspended, closed',
  async ({ stack, appUrl, token }) => {
    const run = (...args: string[]) => command(appUrl, token, ...args);
    const slug = newSlug();
    const made = (await run('company', 'create', slug, 'Life GmbH')) as Shown;
    assert.equal(made.missing, ['imprint', 'privacyContact', 'processingAgreement']);
    await run('company', 'set', slug, '--set', 'imprintUrl=https://life.example/i', '--set', 'privacyContact=privacy@life.example');
    const { version } = stack.config.processingAgreement;
    const live = (await run('company', 'agreement', 'accept', slug, '--version', version, '--by', 'Erika M., CEO')) as Shown;
    assert.is(live.status, 'live');

    const company = await stack.companies.companies.findBySlug(slug);
    assert.ok(company);
    const person = await stack.newPerson();
    await run('member', 'add', slug, person.userId, '--name', 'Anna');
    for (const room of [made.spaceId, made.teamRoomId]) {
      await eventually('invite', () => membershipOf(stack.connections, company, room, person.userId));
      assert.is((await person.call('POST', `/_matrix/client/v3/rooms/${encodeURIComponent(room)}/join`)).status, 200);
    }
    await run('company', 'rename', slug, 'Life AG');
    await eventually('Life AG', async () => (await stateOf(stack.connections, company, made.spaceId, 'm.room.name'))?.['name']);
    await run('member', 'remove', slug, person.userId);
    for (const room of [made.spaceId, made.teamRoomId])
      await eventually('leave', () => membershipOf(stack.connections, company, room, person.userId));
    assert.is(((await run('company', 'suspend', slug)) as Shown).status, 'suspended');
    assert.is(((await run('company', 'resume', slug)) as Shown).status, 'live');
    assert.equal(((await run('company', 'repair', slug)) as { changed: string[] }).changed, []);
    assert.is(((await run('company', 'close', slug)) as Shown).status, 'closed');
    const { entries } = (await run('audit', 'list', '--company', slug)) as { entries: { action: string }[] };
    for (const action of [
      'company.create',
      'company.set',
      'company.agreement.accept',
      'member.add',
      'company.rename',
      'member.remove',
      'company.suspend',
      'company.resume',
      'company.repair',
      'company.close',
    ]) {
      assert.ok(
        entries.some((entry) => entry.action === action),
        action,
      );
    }
  },
);

operator('the operator is a live company on its own service', async ({ stack, appUrl, token }) => {
  const shown = (await command(appUrl, token, 'company', 'show', stack.config.operator.slug)) as Shown;
  assert.is(shown.status, 'live');
});

operator.run();
