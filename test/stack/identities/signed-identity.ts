import { randomUUID } from 'node:crypto';
import { SignJWT } from 'jose';
import { z } from 'zod';
import type { StackAccess } from '../stack-access.ts';
import type { TestCompany } from '../test-company.ts';
import { visitorWith, type Visitor } from '../visitor-client.ts';

/** What a test's website says of its user; what is not given is right. */
export type Claims = {
  readonly sub?: string;
  readonly jti?: string;
  readonly aud?: string;
  readonly name?: string;
  readonly locale?: string;
  /** Seconds from now. */
  readonly exp?: number;
};

/** A company's website that can say who its users are. */
export type SigningWebsite = {
  readonly keyId: string;
  readonly audience: string;
  readonly secret: string;
  /** A token signed with the website's secret. */
  sign(claims?: Claims): Promise<string>;
};

const added = z.object({ id: z.string(), secret: z.string(), audience: z.string() });

/** Signs as a website would, with any secret. */
export function signWith(secret: string, audience: string, { exp = 300, aud = audience, ...claims }: Claims = {}): Promise<string> {
  const now = Math.floor(Date.now() / 1000);
  return new SignJWT({ sub: 'user-1', jti: randomUUID(), ...claims, aud, exp: now + exp })
    .setProtectedHeader({ alg: 'HS256' })
    .sign(new TextEncoder().encode(secret));
}

/** Gives a company a secret to sign with. */
export async function newSigningWebsite(company: TestCompany): Promise<SigningWebsite> {
  const answer = await company.operate('POST', '/identity-keys', {});
  if (answer.status !== 201) throw new Error(`the key was answered with ${answer.status} ${JSON.stringify(answer.body)}`);
  const { id, secret, audience } = added.parse(answer.body);
  return { keyId: id, audience, secret, sign: (claims) => signWith(secret, audience, claims) };
}

/** The visitor after the website has said who they are; throws on refusal. */
export async function identify(stack: StackAccess, visitor: Visitor, token: string): Promise<Visitor> {
  const answer = await visitor.call('POST', '/identity', { token });
  if (answer.status !== 200) throw new Error(`the identity was answered with ${answer.status} ${JSON.stringify(answer.body)}`);
  return visitorWith(stack, String(answer.body['token']));
}
