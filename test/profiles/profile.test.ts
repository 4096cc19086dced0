import sharp from 'sharp';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { wireProfiles, type ProfileParts } from '../../appservice/app-profiles.ts';
import { ApiError } from '../../appservice/errors.ts';
import type { AccountId, UserId } from '../../appservice/ids.ts';
import { createLogger } from '../../appservice/logger.ts';
import { createNames } from '../../appservice/matrix/names.ts';
import { createUploadSpace } from '../../appservice/media/upload-space.ts';
import { newNumber, newPerson, register, type Answer, type TestPerson } from '../accounts/person-fixture.ts';
import { exampleSecrets } from '../homeserver-config/example-config.ts';
import { activeFiles, photo, picture, pngBomb } from '../media/sample-files.ts';
import { FROM_OUR_PAGE, startOpenid, type OpenidFixture } from '../openid/openid-fixture.ts';

/** What the homeserver holds, and what it does next. */
type Homeserver = { files: Map<string, Buffer>; shown: [UserId, string, string | null][]; refuses: boolean };
type Context = { openid: OpenidFixture; homeserver: Homeserver; profiles: () => ProfileParts };

const suiteOf = suite<Context>('profiles');
const PROFILE = '/api/v1/account/profile';
const PICTURE = `${PROFILE}/picture`;
const NAMES = { firstName: 'Kanari', lastName: 'Kanarisurname', alias: null, locale: 'de' };

suiteOf.before(async (context) => {
  const homeserver: Homeserver = { files: new Map(), shown: [], refuses: false };
  let profiles: ProfileParts | undefined;
  let count = 0;
  context.homeserver = homeserver;
  context.openid = await startOpenid({
    moreRoutes({ accounts, config, database }) {
      const media = {
        reserve: async () => `mxc://smoope.localhost/kanari${(count += 1)}`,
        async upload(_as: unknown, mxc: string, { bytes }: { bytes: Uint8Array }) {
          if (homeserver.refuses) throw new ApiError('COM_SMOOPE_HOMESERVER_UNAVAILABLE', 'away');
          homeserver.files.set(mxc, Buffer.from(bytes));
        },
        read: async (_as: unknown, mxc: string) => homeserver.files.get(mxc),
      };
      profiles = wireProfiles(
        { config, secrets: exampleSecrets, log: createLogger({ level: 'silent' }) },
        {
          database,
          names: createNames('smoope.localhost'),
          conversationMedia: media,
          media,
          ghosts: { setProfile: async (userId, shown) => void homeserver.shown.push([userId, shown.displayName, shown.avatarMxc]) },
        },
        accounts,
        { checkUpload: async () => undefined, space: createUploadSpace(100_000_000) },
        { renderShell: () => 'the page', requestErasure: async () => undefined },
      );
      return profiles.routes;
    },
  });
  context.profiles = () => {
    if (profiles === undefined) throw new Error('the profiles were not wired');
    return profiles;
  };
});
suiteOf.after(({ openid }) => openid.close());

async function newRegistered({ openid }: Context): Promise<{ person: TestPerson; id: string }> {
  const person = await newPerson(openid);
  return { person, id: await register(openid, person, newNumber()) };
}

type Row = { mxc: string; account_id: string; type: string; created_at: Date; shown_at: Date | null };
const picturesOf = ({ openid }: Context) => openid.database<Row>('account_picture');

const outboxOf = ({ openid: { database } }: Context, lane: string): Promise<{ action: string; payload: Record<string, string> }[]> =>
  database('outbox').where({ lane }).whereIn('action', ['publishProfile', 'deleteMedia']).orderBy('id').select('action', 'payload');

async function show({ browser }: TestPerson, bytes: Buffer, headers: Record<string, string> = FROM_OUR_PAGE): Promise<Answer> {
  const response = await browser.request(PICTURE, { method: 'PUT', headers, body: new Uint8Array(bytes) });
  const text = await response.text();
  return { status: response.status, text, body: JSON.parse(text) as Record<string, unknown> };
}

suiteOf('a person corrects names, alias and language; only what companies see goes to Matrix, once a change', async (context) => {
  const { person, id } = await newRegistered(context);
  assert.equal((await person.ask(PROFILE)).body, { ...NAMES, displayName: 'Kanari', picture: null });
  const changed = { firstName: ' Kanaria ', lastName: 'Vogel', alias: 'Gelber Vogel', locale: 'en' };
  const answer = await person.ask(PROFILE, changed, 'PUT');
  assert.equal([answer.status, answer.body], [200, { ...changed, firstName: 'Kanaria', displayName: 'Gelber Vogel', picture: null }]);
  assert.equal((await person.ask(PROFILE)).body, answer.body);
  assert.equal(await outboxOf(context, id), [{ action: 'publishProfile', payload: { accountId: id } }]);
  await person.ask(PROFILE, { ...changed, firstName: 'Verborgen', lastName: 'Auch' }, 'PUT');
  assert.is((await outboxOf(context, id)).length, 1, 'names behind an alias are nobody’s business');
  await person.ask(PROFILE, { ...changed, alias: null }, 'PUT');
  assert.is((await outboxOf(context, id)).length, 2, 'without an alias the first name is shown');
});

suiteOf(
  'names that are empty, too long, of several lines, or hide what they are, are refused with the field, and nothing changes',
  async (context) => {
    const { person, id } = await newRegistered(context);
    const bad = [
      '',
      '   ',
      'x'.repeat(81),
      'Anna\nAdmin',
      'Anna\r\nBcc: x',
      'Anna\u0000',
      'Anna\u0007',
      'Anna\u202Egro',
      '\u200B',
      'A\u2028B',
      '…',
      '\uD800a',
    ];
    for (const field of ['firstName', 'lastName', 'alias']) {
      for (const value of bad) {
        const { status, body } = await person.ask(PROFILE, { ...NAMES, [field]: value }, 'PUT');
        assert.equal([status, body['field']], [400, `body.${field}`], `${field} ${JSON.stringify(value)}`);
      }
    }
    for (const [field, value] of [
      ['firstName', null],
      ['alias', 5],
      ['locale', 'fr'],
      ['locale', 'de\n'],
    ] as const) {
      assert.is((await person.ask(PROFILE, { ...NAMES, [field]: value }, 'PUT')).body['field'], `body.${field}`);
    }
    assert.is((await person.ask(PROFILE, { ...NAMES, isAdmin: true }, 'PUT')).status, 400, 'a field that nobody knows');
    assert.is((await person.ask(PROFILE, { firstName: 'Kanari' }, 'PUT')).status, 400, 'half a profile');
    assert.equal((await person.ask(PROFILE)).body, { ...NAMES, displayName: 'Kanari', picture: null });
    assert.equal(await outboxOf(context, id), []);
  },
);

suiteOf('names of all languages are taken', async (context) => {
  const { person } = await newRegistered(context);
  for (const firstName of ['Zoë-Ömür', "D'Arcy", 'Нина', '王小明', 'فاطمة', 'Anne 2', 'x'.repeat(80)]) {
    assert.is((await person.ask(PROFILE, { ...NAMES, firstName }, 'PUT')).body['displayName'], firstName);
  }
});

suiteOf('a picture becomes a square without metadata, and the one before goes after it was replaced', async (context) => {
  const { person, id } = await newRegistered(context);
  assert.is((await person.ask(PICTURE)).status, 404);
  const first = await show(person, await photo());
  assert.is(first.status, 200, first.text);
  const answer = await person.browser.request(String(first.body['picture']));
  const seen = Buffer.from(await answer.arrayBuffer());
  const { width, height, exif, format } = await sharp(seen).metadata();
  assert.equal([width, height, exif, format], [40, 40, undefined, 'jpeg']);
  assert.equal([answer.headers.get('content-type'), answer.headers.get('cache-control')], ['image/jpeg', 'no-store']);
  assert.not.ok(seen.includes('KanariPhone'));
  const second = await show(person, await picture('png', 2_000));
  assert.is.not(second.body['picture'], first.body['picture'], 'another address, so that the browser loads it');
  const kept = await picturesOf(context).where({ account_id: id });
  assert.is(kept.length, 1);
  assert.is((await sharp(context.homeserver.files.get(kept[0]?.mxc ?? '')).metadata()).width, 512);
  const steps = await outboxOf(context, id);
  assert.equal(
    steps.map(({ action }) => action),
    ['publishProfile', 'publishProfile', 'deleteMedia'],
    'in one lane, the file last',
  );
  assert.is((await person.ask(PICTURE, undefined, 'DELETE')).status, 204);
  assert.is((await person.ask(PICTURE)).status, 404);
  assert.is((await person.ask(PROFILE)).body['picture'], null);
  assert.equal(
    (await outboxOf(context, id)).slice(3).map(({ action, payload }) => [action, payload['mxc']]),
    [
      ['publishProfile', undefined],
      ['deleteMedia', kept[0]?.mxc],
    ],
  );
  assert.is((await person.ask(PICTURE, undefined, 'DELETE')).status, 204, 'taking away nothing is no fault');
  assert.is((await outboxOf(context, id)).length, 5);
});

suiteOf('what is no JPEG, PNG or WebP by its content is refused: SVG, pages, animations, bombs, nothing at all', async (context) => {
  const { person, id } = await newRegistered(context);
  const refused: [string, Buffer][] = activeFiles.map(([name, bytes]): [string, Buffer] => [name, bytes]);
  refused.push(['gif', await picture('gif')], ['avif', await picture('avif')], ['empty', Buffer.alloc(0)]);
  refused.push(['cut off', (await photo()).subarray(0, 300)]);
  const files = context.homeserver.files.size;
  for (const [name, bytes] of refused) {
    const { status, body } = await show(person, bytes, { ...FROM_OUR_PAGE, 'content-type': 'image/png' });
    assert.equal([status, body['errcode']], [415, 'COM_SMOOPE_MEDIA_TYPE'], name);
  }
  assert.is((await show(person, pngBomb(20_000))).body['errcode'], 'M_TOO_LARGE');
  assert.is((await show(person, Buffer.alloc(10 * 1024 * 1024 + 1))).body['errcode'], 'M_TOO_LARGE');
  assert.is(context.homeserver.files.size, files);
  assert.equal(await picturesOf(context).where({ account_id: id }), []);
});

suiteOf('an upload that breaks off leaves the picture before as it is, and is deleted', async (context) => {
  const { person, id } = await newRegistered(context);
  const { body } = await show(person, await photo());
  context.homeserver.refuses = true;
  assert.is((await show(person, await photo())).status, 503);
  context.homeserver.refuses = false;
  assert.is((await person.ask(PROFILE)).body['picture'], body['picture']);
  const left = await context.openid
    .database<{ id: string; action: string; lane: string; payload: { mxc: string } }>('outbox')
    .where({ action: 'deleteMedia' })
    .orderBy('id', 'desc')
    .first();
  assert.is(left?.payload.mxc, left?.lane);
  const rows = () => picturesOf(context).where({ account_id: id });
  assert.is((await rows()).length, 1);
  // A crash between the row and the answer of the homeserver.
  const hoursAgo = (hours: number): Date => new Date(Date.now() - hours * 3_600_000);
  const lost = { account_id: id, type: 'image/png', shown_at: null };
  await picturesOf(context).insert([
    { ...lost, mxc: 'mxc://smoope.localhost/kanarilost', created_at: hoursAgo(25) },
    { ...lost, mxc: 'mxc://smoope.localhost/kanariunderway', created_at: hoursAgo(23) },
  ]);
  await context.profiles().housekeep();
  assert.equal(
    (await rows()).map(({ mxc }) => mxc).filter((mxc) => /lost|underway/.test(mxc)),
    ['mxc://smoope.localhost/kanariunderway'],
  );
  assert.is((await outboxOf(context, 'mxc://smoope.localhost/kanarilost')).length, 1);
});

suiteOf('Matrix gets what the rows have now, for the account and for the ghosts that its owner wrote by before', async (context) => {
  const { person, id } = await newRegistered(context);
  const account = await context.openid.accounts.accounts.find(id as AccountId);
  assert.ok(account);
  const ghost = '@visitor_0a_kanari:smoope.localhost' as UserId;
  await context.openid.database('person_identity').insert([
    { id: crypto.randomUUID(), person_id: account.personId, kind: 'visitor', user_id: ghost, valid_to: new Date() },
    { id: crypto.randomUUID(), person_id: account.personId, kind: 'customer', user_id: '@kanari:elsewhere.example' },
  ]);
  await person.ask(PROFILE, { ...NAMES, alias: 'Gelb' }, 'PUT');
  await show(person, await photo());
  const [row] = await picturesOf(context).where({ account_id: id });
  const { shown } = context.homeserver;
  shown.length = 0;
  await context.profiles().outbox.publishProfile({ accountId: account.id });
  const mxc = row?.mxc ?? '';
  assert.equal(
    shown.toSorted(([one], [other]) => one.localeCompare(other)),
    (
      [
        [`@${id}:smoope.localhost`, 'Gelb', mxc],
        [ghost, 'Gelb', mxc],
      ] as const
    ).toSorted(([one], [other]) => one.localeCompare(other)),
    'nobody of another server',
  );
  await person.ask(PICTURE, undefined, 'DELETE');
  shown.length = 0;
  await context.profiles().outbox.publishProfile({ accountId: account.id });
  assert.equal(
    shown.map(([, , avatar]) => avatar),
    ['', ''],
  );
});

suiteOf('nobody reads or changes a profile without its session, and no other website does', async (context) => {
  const { person } = await newRegistered(context);
  const stranger = await newPerson(context.openid);
  for (const [path, method] of [
    [PROFILE, 'GET'],
    [PROFILE, 'PUT'],
    [PICTURE, 'GET'],
    [PICTURE, 'PUT'],
    [PICTURE, 'DELETE'],
  ] as const) {
    const body = method === 'PUT' ? NAMES : undefined;
    assert.is((await stranger.ask(path, body, method)).status, 401, `${method} ${path}`);
    if (method === 'GET') continue;
    const headers = { 'sec-fetch-site': 'cross-site', 'content-type': 'application/json' };
    const init = { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
    assert.is((await person.browser.request(path, init)).status, 403, `${method} ${path} from elsewhere`);
  }
});

suiteOf.run();
