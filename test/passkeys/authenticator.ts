import { createHash, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';

type Cbor = string | number | Buffer | ReadonlyMap<string | number, Cbor>;

/** Length and kind of a CBOR value (RFC 8949 section 3). */
function head(kind: number, length: number): Buffer {
  if (length < 24) return Buffer.from([(kind << 5) | length]);
  if (length < 256) return Buffer.from([(kind << 5) | 24, length]);
  return Buffer.from([(kind << 5) | 25, length >> 8, length & 255]);
}

function cbor(value: Cbor): Buffer {
  if (typeof value === 'number') return value >= 0 ? head(0, value) : head(1, -1 - value);
  if (typeof value === 'string') return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)]);
  if (Buffer.isBuffer(value)) return Buffer.concat([head(2, value.length), value]);
  const entries = [...value].flatMap(([key, inner]) => [cbor(key), cbor(inner)]);
  return Buffer.concat([head(5, value.size), ...entries]);
}

/** What an authenticator may be made to do wrong. */
export type Faults = {
  /** Another website than the one that asked. */
  readonly origin?: string;
  readonly rpId?: string;
  /** Face, finger or PIN was not asked for. */
  readonly isUnverified?: boolean;
  /** Says that it belongs to somebody else. */
  readonly userHandle?: string;
  readonly challenge?: string;
};

type Options = { readonly challenge: string };

const USER_PRESENT = 1;
const USER_VERIFIED = 4;
const HAS_CREDENTIAL = 64;
const sha256 = (data: Buffer | string): Buffer => createHash('sha256').update(data).digest();
const encode = (data: Buffer): string => data.toString('base64url');

/** A device with one passkey (https://www.w3.org/TR/webauthn-3/#sctn-authenticator-model), for a website. */
export function createAuthenticator({ origin, account }: { origin: string; account: string }) {
  const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const id = randomBytes(32);
  let counter = 0;

  function authenticatorData({ rpId = new URL(origin).hostname, isUnverified = false }: Faults, more: Buffer = Buffer.alloc(0)): Buffer {
    const flags = USER_PRESENT | (isUnverified ? 0 : USER_VERIFIED) | (more.length > 0 ? HAS_CREDENTIAL : 0);
    const count = Buffer.alloc(4);
    count.writeUInt32BE(counter);
    return Buffer.concat([sha256(rpId), Buffer.from([flags]), count, more]);
  }

  const clientData = (type: string, { challenge }: Options, faults: Faults): Buffer =>
    Buffer.from(JSON.stringify({ type, challenge: faults.challenge ?? challenge, origin: faults.origin ?? origin, crossOrigin: false }));

  const coseKey = (key: KeyObject): Buffer => {
    const { x = '', y = '' } = key.export({ format: 'jwk' });
    const coordinates: [number, Cbor][] = [
      [-2, Buffer.from(x, 'base64url')],
      [-3, Buffer.from(y, 'base64url')],
    ];
    return cbor(new Map<number, Cbor>([[1, 2], [3, -7], [-1, 1], ...coordinates]));
  };

  const credential = { id: encode(id), rawId: encode(id), type: 'public-key', clientExtensionResults: {} };

  return {
    id: encode(id),
    /** Makes the passkey, as `navigator.credentials.create` does. */
    create(options: Options, faults: Faults = {}) {
      const length = Buffer.from([0, id.length]);
      const attested = Buffer.concat([Buffer.alloc(16), length, id, coseKey(keys.publicKey)]);
      const attestationObject = cbor(
        new Map<string, Cbor>([
          ['fmt', 'none'],
          ['attStmt', new Map()],
          ['authData', authenticatorData(faults, attested)],
        ]),
      );
      const clientDataJSON = encode(clientData('webauthn.create', options, faults));
      return { ...credential, response: { clientDataJSON, attestationObject: encode(attestationObject), transports: ['internal'] } };
    },
    /** Signs, as `navigator.credentials.get` does. */
    get(options: Options, faults: Faults = {}) {
      counter += 1;
      const data = authenticatorData(faults);
      const client = clientData('webauthn.get', options, faults);
      const signature = sign('sha256', Buffer.concat([data, sha256(client)]), keys.privateKey);
      const userHandle = encode(Buffer.from(faults.userHandle ?? account));
      const response = { clientDataJSON: encode(client), authenticatorData: encode(data), signature: encode(signature), userHandle };
      return { ...credential, response };
    },
    /** A copy of the device from before its latest signatures. */
    forgetCount(): void {
      counter = 0;
    },
  };
}

/** See `createAuthenticator`. */
export type Authenticator = ReturnType<typeof createAuthenticator>;
