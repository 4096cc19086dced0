import { createTransport } from 'nodemailer';
import type { NotificationAdapter } from './notification.ts';

/** An SMTP server, and who speaks to it. */
export type SmtpSettings = {
  readonly host: string;
  /** 465: TLS from the beginning; any other: STARTTLS, without which nothing is sent. */
  readonly port: number;
  readonly user?: string | undefined;
  readonly password?: string | undefined;
  /** Sender of every mail. */
  readonly from: string;
};

/** What came of a mail, without the address that the server's own words repeat. */
export class MailNotSent extends Error {
  override readonly name = 'MailNotSent';
  /** `mail-refused` by the server for good, `mail-postponed` by it, or `mail-unreachable`. */
  readonly code: string;

  constructor(code: string) {
    super(code);
    this.code = code;
  }
}

const ANSWER_MS = 20_000;
const TLS_PORT = 465;

const isHere = (host: string): boolean => ['localhost', '127.0.0.1', '::1'].includes(host);

function codeOf(error: unknown): string {
  const { responseCode } = Object(error) as { responseCode?: unknown };
  if (typeof responseCode !== 'number') return 'mail-unreachable';
  return responseCode >= 500 ? 'mail-refused' : 'mail-postponed';
}

/**
 * Sends mails over SMTP (https://www.rfc-editor.org/rfc/rfc5321), one connection a mail; over TLS, except to this machine. Throws
 * `MailNotSent`.
 */
export function createSmtpAdapter({ host, port, user, password, from }: SmtpSettings): NotificationAdapter {
  const transport = createTransport({
    host,
    port,
    secure: port === TLS_PORT,
    requireTLS: !isHere(host),
    ignoreTLS: isHere(host),
    ...(user === undefined || password === undefined ? {} : { auth: { user, pass: password } }),
    connectionTimeout: ANSWER_MS,
    greetingTimeout: ANSWER_MS,
    socketTimeout: ANSWER_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    async send({ address, subject, text }) {
      // As an object: an address in words could name several people.
      const mail = {
        from,
        to: { name: '', address },
        subject,
        text,
        xMailer: false,
        headers: { 'Auto-Submitted': 'auto-generated' },
      } as const;
      try {
        await transport.sendMail(mail);
      } catch (error) {
        throw new MailNotSent(codeOf(error));
      }
    },
  };
}
