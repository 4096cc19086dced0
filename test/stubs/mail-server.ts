import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

/** A mail as the server took it. */
export type TakenMail = { readonly from: string; readonly to: readonly string[]; readonly source: string };

/** A mail server on this machine. */
export type MailServer = { readonly port: number; readonly mails: readonly TakenMail[]; stop(): Promise<void> };

/** How a server can fail; the texts name the address, as those of real servers do. */
export type MailFault = 'unknown-recipient' | 'try-later';

const refuse = (code: number, text: string): Error => Object.assign(new Error(text), { responseCode: code });

/** Starts one that takes everything, or fails in one way. */
export async function startMailServer({
  fault,
  host = '127.0.0.1',
  ...options
}: SMTPServerOptions & { fault?: MailFault; host?: string } = {}): Promise<MailServer> {
  const mails: TakenMail[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    ...options,
    onAuth({ username, password }, _session, done) {
      if (username === 'smoope' && password === 'geheim') done(null, { user: username });
      else done(refuse(535, '5.7.8 authentication failed'));
    },
    onRcptTo({ address }, _session, done) {
      if (fault === 'unknown-recipient') done(refuse(550, `5.1.1 <${address}> unknown`));
      else if (fault === 'try-later') done(refuse(451, `4.7.1 <${address}> greylisted`));
      else done();
    },
    onData(stream, { envelope }, done) {
      let source = '';
      stream.setEncoding('utf8').on('data', (part: string) => (source += part));
      stream.on('end', () => {
        const from = envelope.mailFrom === false ? '' : envelope.mailFrom.address;
        mails.push({ from, to: envelope.rcptTo.map(({ address }) => address), source });
        done();
      });
    },
  });
  server.listen(0, host);
  await once(server.server, 'listening');
  return {
    port: (server.server.address() as AddressInfo).port,
    mails,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
