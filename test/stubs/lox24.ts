import { startStubServer, type StubAnswer, type StubServer } from './stub-server.ts';

/** Account and key that the stub knows. */
export const LOX24_TOKEN = '12345:a-key-of-the-tests-1234';

/** A gateway that answers as LOX24 does (https://doc.lox24.eu/api/operations/api_sms_post_collection/). */
export type FakeLox24 = StubServer & {
  /** Answers this status of HTTP to whatever comes. */
  refusal: number | undefined;
  /** Takes the text and says this of it; 100 is "passed on". */
  statusCode: number;
  /** Messages that it says it made; it leaves them open until it has looked. */
  partsCount: number | null;
};

const problem = (status: number, detail: string): StubAnswer => ({
  status,
  type: 'application/problem+json; charset=utf-8',
  body: JSON.stringify({ type: 'https://tools.ietf.org/html/rfc2616#section-10', title: 'An error occurred', detail }),
});

/** Starts the stub. */
export async function startLox24(): Promise<FakeLox24> {
  let wrongKeys = 0;
  let count = 0;
  const server = await startStubServer(({ headers, body }) => {
    const { phone, text, sender_id: sender } = body as { phone?: string; text?: string; sender_id?: string };
    if (wrongKeys > 3) return problem(429, 'IP address was temporary blocked');
    if (headers['x-lox24-auth-token'] !== LOX24_TOKEN) {
      wrongKeys += 1;
      return problem(401, "Client ID or API key isn't active or invalid!");
    }
    if (fake.refusal !== undefined) return problem(fake.refusal, 'An error of the tests');
    if (!/^\+\d{8,15}$/.test(phone ?? '') || text === undefined || text === '' || sender === undefined)
      return problem(400, 'Invalid input');
    count += 1;
    const uuid = `9fe26332-cdbe-11ee-8d61-${String(count).padStart(12, '0')}`;
    return {
      status: 201,
      type: 'application/json; charset=utf-8',
      body: JSON.stringify({
        uuid,
        text: body['is_text_deleted'] === true ? '' : text,
        sender_id: sender,
        phone,
        delivery_at: 0,
        status_code: fake.statusCode,
        source: 'api',
        created_at: 1_708_192_910,
        is_unicode: body['is_unicode'],
        iso2: 'DE',
        parts_count: fake.partsCount,
        chars_count: text.length,
        callback_data: null,
        service_code: body['service_code'],
        is_text_deleted: body['is_text_deleted'],
        price: 0.075,
        is_sent: false,
      }),
    };
  });
  // The same object, so that a fault set on it is seen by the server.
  const fake: FakeLox24 = Object.assign(server, { refusal: undefined, statusCode: 0, partsCount: 1 });
  return fake;
}
