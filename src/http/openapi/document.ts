import type { Route } from '../route.js';
import { OPERATIONS, type Operation } from './operations.js';
import { ref, type Schema } from './schema.js';
import { SCHEMAS } from './schemas.js';

const VERSION = '1.0.0';
/** Any route may refuse a host or origin, a key, and what happens to nobody's fault. */
const EVERYWHERE = [401, 403, 500];

/** The OpenAPI 3.1 document of these routes. */
export function openApi(routes: readonly Route[], server: string): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const { method, path, open } of routes) {
    const operation = OPERATIONS[`${method} ${path}`];
    if (!operation) continue;
    paths[path] = { ...paths[path], [method.toLowerCase()]: describe(path, operation, open === true) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'classer-local',
      version: VERSION,
      summary: 'The Classer API, answered on this machine.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: server }],
    security: [{}, { bearer: [] }],
    paths,
    components: { schemas: SCHEMAS, securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } } },
  };
}

function describe(path: string, { summary, body, query = {}, answer, refusals }: Operation, open: boolean): object {
  const [status, schema] = answer;
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
  const inQuery = Object.entries(query).map(([name, schema]) => ({ name, in: 'query', schema }));
  const parameters = [...inPath, ...inQuery];
  const upload = path.endsWith('/upload') ? { 'multipart/form-data': { schema: ref('Upload') } } : undefined;
  const content = body ? { 'application/json': { schema: ref(body) } } : upload;
  const errors = [...EVERYWHERE, ...refusals].map((code) => [code, responseOf('Refused', 'Error')]);
  return {
    summary,
    ...(open && { security: [] }),
    ...(parameters.length > 0 && { parameters }),
    ...(content && { requestBody: { required: true, content } }),
    responses: { [status]: responseOf(summary, schema), ...Object.fromEntries(errors) },
  };
}

/** A schema's name, a media type, or nothing. */
function responseOf(description: string, schema: string | null): Schema {
  if (schema === null) return { description };
  const content = schema.includes('/') ? { [schema]: {} } : { 'application/json': { schema: ref(schema) } };
  return { description, content };
}
