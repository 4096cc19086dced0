import { z } from 'zod';
import { callJson, type JsonAnswer, type StackAccess } from '../stack-access.ts';

/** Somebody who uses our API from a Matrix client. */
export type ApiClient = { readonly token: string; call(method: string, path: string, body?: unknown): Promise<JsonAnswer> };

/** Asks for a session with what is said to be an OpenID token. */
export const tryOpenApi = ({ appUrl }: StackAccess, body: unknown): Promise<JsonAnswer> =>
  callJson(`${appUrl}/api/v1/api-sessions`, { method: 'POST', body });

/** Opens a session with an OpenID token of the homeserver. */
export async function openApi(stack: StackAccess, openIdToken: unknown): Promise<ApiClient> {
  const { status, body } = await tryOpenApi(stack, openIdToken);
  if (status !== 201) throw new Error(`the session was answered with ${status} ${JSON.stringify(body)}`);
  const { token } = z.object({ token: z.string() }).parse(body);
  return {
    token,
    call: (method, path, sent) => callJson(`${stack.appUrl}/api/v1${path}`, { method, token, body: sent }),
  };
}

/** An OpenID token that the homeserver gives to the holder of a Matrix access token. */
export async function openIdTokenOf(stack: StackAccess, who: { userId: string; accessToken: string }): Promise<Record<string, unknown>> {
  const path = `/_matrix/client/v3/user/${encodeURIComponent(who.userId)}/openid/request_token`;
  return (await callJson(`${stack.homeserverUrl}${path}`, { method: 'POST', token: who.accessToken, body: {} })).body;
}
