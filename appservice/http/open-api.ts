import { z } from 'zod';
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject, type ZodOpenApiResponsesObject } from 'zod-openapi';
import { ERROR_STATUS, type ErrorCode } from '../errors.ts';
import type { AuthKind } from './auth.ts';
import { renderReference } from './reference-page.ts';
import { route, type Route, type RouteDeclaration } from './route.ts';

/** The OpenAPI 3.1 document of our API (https://spec.openapis.org/oas/v3.1.1.html). */
export type OpenApiDocument = ReturnType<typeof createDocument>;

const errorBody = z
  .object({
    errcode: z.enum(Object.keys(ERROR_STATUS) as ErrorCode[]).describe('What went wrong, for programs.'),
    error: z.string().describe('What went wrong, for people who write programs.'),
    field: z.string().optional().describe('Path of the bad input, for example body.slug.'),
    retry_after_ms: z.int().optional().describe('Milliseconds after which asking again makes sense.'),
    request_id: z.string().optional().describe('Name of the request in our log; only where the fault is ours.'),
  })
  .meta({ id: 'Error', description: 'Every answer that is not a success.' });

const SECURITY: Record<AuthKind, string | undefined> = {
  none: undefined,
  page: undefined,
  account: 'account',
  api: 'api',
  visitor: 'visitor',
  operator: 'operator',
  homeserver: 'homeserver',
};

const SECURITY_SCHEMES = {
  account: { type: 'apiKey', in: 'cookie', name: 'smoope-account', description: 'Cookie of a browser in which somebody is signed in.' },
  api: { type: 'http', scheme: 'bearer', description: 'Token of a session that was opened with an OpenID token of the homeserver.' },
  visitor: { type: 'http', scheme: 'bearer', description: 'Token of a visitor session.' },
  operator: { type: 'http', scheme: 'bearer', description: 'Token of the operator.' },
  homeserver: { type: 'http', scheme: 'bearer', description: 'Token of the homeserver, from the registration.' },
} as const;

function responsesOf({ responses }: RouteDeclaration): ZodOpenApiResponsesObject {
  const declared = Object.entries(responses).map(([status, { description, schema, isFile = false }]) => [
    status,
    {
      description,
      ...(schema && { content: { 'application/json': { schema } } }),
      ...(isFile && { content: { 'application/octet-stream': {} } }),
    },
  ]);
  return {
    ...Object.fromEntries(declared),
    default: { description: 'An error.', content: { 'application/json': { schema: errorBody } } },
  } as ZodOpenApiResponsesObject;
}

function operationOf(declaration: RouteDeclaration): ZodOpenApiOperationObject {
  const { summary, auth, params, query, body, fileBody } = declaration;
  const scheme = SECURITY[auth];
  // The router hands over parameters as an object of strings, so their schemas are objects; `Route` no longer shows it.
  const requestParams = { ...(params && { path: params as z.ZodObject }), ...(query && { query: query as z.ZodObject }) };
  return {
    summary,
    requestParams,
    ...(scheme !== undefined && { security: [{ [scheme]: [] }] }),
    ...(body && { requestBody: { required: true, content: { 'application/json': { schema: body } } } }),
    ...(fileBody !== undefined && {
      requestBody: { required: true, description: fileBody, content: { 'application/octet-stream': {} } },
    }),
    responses: responsesOf(declaration),
  };
}

/** What stands at the head of the document. */
export type OpenApiInfo = { title: string; version: string; publicOrigin: string };

/** Makes the document from the declarations of the routes; hidden ones are left out. */
export function openApiDocument(routes: readonly Route[], { title, version, publicOrigin }: OpenApiInfo): OpenApiDocument {
  const paths: ZodOpenApiPathsObject = {};
  for (const { declaration } of routes) {
    if (declaration.hidden) continue;
    const path = declaration.path.replaceAll(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [declaration.method]: operationOf(declaration) };
  }
  return createDocument({
    openapi: '3.1.1',
    info: { title, version },
    servers: [{ url: publicOrigin }],
    paths,
    components: { securitySchemes: SECURITY_SCHEMES },
  });
}

/** `/api/v1/openapi.json` and the readable page `/api/v1/` with its style sheet. */
export function openApiRoutes(routes: readonly Route[], info: OpenApiInfo): Route[] {
  const document = openApiDocument(routes, info);
  const { html, css } = renderReference(routes, info.title);
  const page = (path: string, type: string, body: string): Route =>
    route(
      {
        method: 'get',
        path,
        summary: 'The API reference.',
        auth: 'none',
        responses: { 200: { description: type } },
        headers: 'page',
        hidden: true,
      },
      () => ({ status: 200, headers: { 'Content-Type': `${type}; charset=utf-8`, 'Cache-Control': 'no-cache' }, body }),
    );
  return [
    page('/api/v1/openapi.json', 'application/json', JSON.stringify(document)),
    page('/api/v1/', 'text/html', html),
    page('/api/v1/reference.css', 'text/css', css),
  ];
}
