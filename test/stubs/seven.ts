import { startStubServer, type StubAnswer, type StubServer } from './stub-server.ts';

/** Key that the stub knows. */
export const SEVEN_KEY = 'a-key-of-the-tests-1234';

/** How the real one says a code: in an object, as a bare number, or as plain text. */
export type SevenForm = 'object' | 'number' | 'text';

/** A gateway that answers as seven.io does (https://docs.seven.io/en/rest-api/endpoints/sms): with 200, whatever is wrong. */
export type FakeSeven = StubServer & {
  /** Answers this code to whatever comes. */
  refusal: { readonly code: string; readonly form: SevenForm } | undefined;
  /** Takes the request and says of its one message that it failed. */
  messageFailure: string | undefined;
};

const json = (value: unknown): StubAnswer => ({ status: 200, type: 'application/json', body: JSON.stringify(value) });

const FORMS: Record<SevenForm, (code: string) => StubAnswer> = {
  object: (code) => json({ success: code, total_price: 0, balance: 3.2, debug: 'false', sms_type: 'direct', messages: [] }),
  number: (code) => json(Number(code)),
  text: (code) => ({ status: 200, type: 'text/plain; charset=UTF-8', body: `${code}\n` }),
};

/** Starts the stub. */
export async function startSeven(): Promise<FakeSeven> {
  const recent = new Set<string>();
  let count = 0;
  const server = await startStubServer(({ headers, body }) => {
    const { to, text, from } = body as { to?: string; text?: string; from?: string };
    if (headers['x-api-key'] !== SEVEN_KEY) return FORMS.text('900');
    if (fake.refusal !== undefined) return FORMS[fake.refusal.form](fake.refusal.code);
    if (!/^\+?\d{8,15}$/.test(to ?? '')) return FORMS.object('202');
    if (from === undefined || from.length > 16) return FORMS.object('201');
    if (text === undefined || text === '') return FORMS.text('305');
    // The real one forgets after 180 s, which no test lasts.
    if (recent.has(`${to} ${text}`)) return FORMS.object('402');
    recent.add(`${to} ${text}`);
    count += 1;
    const error = fake.messageFailure ?? null;
    return json({
      success: error === null ? '100' : '101',
      total_price: 0.075,
      balance: 3.2,
      debug: 'false',
      sms_type: 'direct',
      messages: [
        {
          id: error === null ? `7722913598${count}` : null,
          sender: from,
          recipient: (to ?? '').replace('+', ''),
          text,
          encoding: 'gsm',
          label: null,
          parts: 1,
          udh: null,
          is_binary: false,
          price: 0.075,
          success: error === null,
          error,
          error_text: error === null ? null : 'Carrier failed',
        },
      ],
    });
  });
  // The same object, so that a fault set on it is seen by the server.
  const fake: FakeSeven = Object.assign(server, { refusal: undefined, messageFailure: undefined });
  return fake;
}
