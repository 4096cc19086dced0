import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { createSmtpAdapter, MailNotSent, type SmtpSettings } from '../../appservice/notifications/smtp-adapter.ts';
import { startMailServer, type MailServer } from '../stubs/mail-server.ts';

const mails = suite<{ server?: MailServer | undefined }>('mails over SMTP');

mails.after.each(async (context) => {
  await context.server?.stop();
  context.server = undefined;
});

const CODE = { way: 'mail', address: 'erika@example.de', subject: 'Ihr Code für Grün & Söhne', text: 'Ihr Code: 123456\n' } as const;

const adapterFor = ({ port }: MailServer, more: Partial<SmtpSettings> = {}) =>
  createSmtpAdapter({ host: '127.0.0.1', port, from: 'antwort@example.org', ...more });

async function failureOf(sending: Promise<void>): Promise<MailNotSent> {
  const failure = await sending.then(
    () => undefined,
    (error: unknown) => error,
  );
  assert.instance(failure, MailNotSent);
  return failure as MailNotSent;
}

mails('a mail arrives with subject and text, as one that no program should answer', async (context) => {
  const server = (context.server = await startMailServer());
  await adapterFor(server).send(CODE);
  const [mail] = server.mails;
  assert.equal([mail?.from, mail?.to], ['antwort@example.org', ['erika@example.de']]);
  assert.match(mail?.source ?? '', 'Ihr Code: 123456');
  assert.match(mail?.source ?? '', 'Auto-Submitted: auto-generated');
  assert.match(mail?.source ?? '', /^Subject: =\?UTF-8\?/m);
  assert.not.match(mail?.source ?? '', /X-Mailer|nodemailer/i);
});

mails('neither an address nor a subject can name further recipients or headers', async (context) => {
  const server = (context.server = await startMailServer());
  const adapter = adapterFor(server);
  await adapter.send({ ...CODE, subject: 'Hallo\r\nBcc: anna@example.de' });
  await adapter.send({ ...CODE, address: 'erika@example.de, anna@example.de' }).catch(() => undefined);
  await adapter.send({ ...CODE, address: 'erika@example.de\r\nRCPT TO:<anna@example.de>' }).catch(() => undefined);
  assert.not.ok(server.mails.some(({ to }) => to.includes('anna@example.de')));
  assert.not.ok(server.mails.some(({ source }) => /^Bcc:/m.test(source)));
});

mails('user and password are shown to a server that asks for them; wrong ones are refused', async (context) => {
  const server = (context.server = await startMailServer({ authOptional: false, allowInsecureAuth: true }));
  await adapterFor(server, { user: 'smoope', password: 'geheim' }).send(CODE);
  assert.is(server.mails.length, 1);
  assert.is((await failureOf(adapterFor(server, { user: 'smoope', password: 'falsch' }).send(CODE))).code, 'mail-refused');
});

for (const [fault, code] of [
  ['unknown-recipient', 'mail-refused'],
  ['try-later', 'mail-postponed'],
] as const)
  mails(`${fault}: it is told by a code, and never with the address that the server repeats`, async (context) => {
    const server = (context.server = await startMailServer({ fault }));
    const failure = await failureOf(adapterFor(server).send(CODE));
    assert.is(failure.code, code);
    assert.not.match(`${failure.message} ${String(failure.cause)} ${failure.stack}`, 'erika');
  });

mails('a server that is not there is unreachable', async (context) => {
  const server = await startMailServer();
  await server.stop();
  context.server = undefined;
  assert.is((await failureOf(adapterFor(server).send(CODE))).code, 'mail-unreachable');
});

mails('to another machine nothing is sent without TLS', async (context) => {
  // This machine too, but the adapter does not know.
  const host = '127.0.0.2';
  const server = (context.server = await startMailServer({ host }));
  assert.is((await failureOf(adapterFor(server, { host }).send(CODE))).code, 'mail-refused', 'STARTTLS is asked for, and is not there');
  assert.is(server.mails.length, 0);
});

mails.run();
