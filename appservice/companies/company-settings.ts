import { z } from 'zod';
import { autoClose, cannedReplies, leaveDays, routing, teamTexts } from './company-team-settings.ts';
import { identity, preChat } from './company-visitor-settings.ts';
import { line, paragraphs } from './setting-text.ts';

const colour = z.string().regex(/^#[0-9a-f]{6}$/i, 'must be a colour like #0b5c6b');

const webPage = z.url({ protocol: /^https?$/, error: 'must be an address like https://www.example.de/imprint' }).max(500);

const webOrigin = z
  .url({ protocol: /^https?$/, error: 'must be an origin like https://www.example.de' })
  .refine((value) => new URL(value).origin === value, 'must be an origin like https://www.example.de, without path or slash at the end');

const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time like 08:30');

const serverName = z
  .string()
  .max(230)
  .regex(/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d{1,5})?$/, 'must be a Matrix server name like acme.example');

const texts = z.strictObject({
  title: line(60).optional().describe('Headline of the panel.'),
  greeting: paragraphs(400).optional().describe('First lines in the panel.'),
  ...teamTexts,
});

const openTime = z
  .strictObject({
    day: z.enum(['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday']),
    from: time,
    to: time,
  })
  .refine(({ from, to }) => from < to, { path: ['to'], error: 'must be later than "from"; hours past midnight are two entries' });

const fields = {
  locale: z.enum(['de', 'en']).describe('Language of the company, where a person did not choose one.'),
  origins: z.array(webOrigin).max(50).describe('Origins of websites that may hold the widget.'),
  color: colour.describe("The company's colour."),
  texts: z.partialRecord(z.enum(['de', 'en']), texts).describe('Texts by language.'),
  imprintUrl: webPage.nullable().describe('Imprint (DDG section 5).'),
  privacyUrl: webPage.nullable().describe("The company's privacy notice."),
  privacyContact: line(200).min(3).nullable().describe('Whom people ask about their data: mail address or address.'),
  businessHours: z
    .strictObject({
      timeZone: z.string().refine(isTimeZone, 'must be an IANA time zone like Europe/Berlin').describe('Time zone of the hours.'),
      open: z.array(openTime).max(28).describe('Times at which somebody answers.'),
    })
    .nullable()
    .describe('When somebody answers; null: always.'),
  retentionDays: z.number().positive().nullable().describe("Life of a message in days; null: the operator's default."),
  routing,
  reopenDays: z.number().min(0).max(365).describe('Days for which a closed conversation is taken up again by a new message.'),
  leaveDays,
  autoClose,
  cannedReplies,
  preChat,
  identity,
  listed: z.boolean().describe('Whether people find the company in the public directory, once it is live.'),
  homeserver: serverName.nullable().describe("The company's own homeserver, let into its rooms beside ours (R24)."),
};

/** What a company may set; every key has a default, so an empty object is a new company. */
export const companySettings = z.strictObject({
  locale: fields.locale.default('de'),
  origins: fields.origins.default([]),
  color: fields.color.default('#0b5c6b'),
  texts: fields.texts.default({}),
  imprintUrl: fields.imprintUrl.default(null),
  privacyUrl: fields.privacyUrl.default(null),
  privacyContact: fields.privacyContact.default(null),
  businessHours: fields.businessHours.default(null),
  retentionDays: fields.retentionDays.default(null),
  routing: fields.routing.default('team'),
  reopenDays: fields.reopenDays.default(14),
  leaveDays: fields.leaveDays.default(30),
  autoClose: fields.autoClose.default(null),
  cannedReplies: fields.cannedReplies.default({}),
  preChat: fields.preChat.default([]),
  identity: fields.identity.default({ required: false, maxAgeHours: 24 }),
  listed: fields.listed.default(false),
  homeserver: fields.homeserver.default(null),
});

/** See `companySettings`. */
export type CompanySettings = z.output<typeof companySettings>;

/** Some settings: a key that is not given keeps its value. (`companySettings.partial()` would put the defaults in.) */
export const companySettingsPatch = z.strictObject(fields).partial();

/** See `companySettingsPatch`. */
export type CompanySettingsPatch = z.output<typeof companySettingsPatch>;

/** Lays a patch over settings. */
export function applyPatch(settings: CompanySettings, patch: CompanySettingsPatch): CompanySettings {
  const given = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
  return { ...settings, ...given };
}

/** Names of the settings that differ; the audit log keeps names, never values. */
export function changedSettings(before: CompanySettings, after: CompanySettings): string[] {
  const names = Object.keys(companySettings.shape) as (keyof CompanySettings)[];
  return names.filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]));
}

function isTimeZone(value: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: value }).resolvedOptions().timeZone.length > 0;
  } catch {
    return false;
  }
}
