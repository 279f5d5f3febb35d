import { numberOf, optionalNumber } from '../contract/checks.js';
import { CLASSIFIER_FIELDS, type ClassifierDefinition } from '../contract/classifier.js';
import { KEPT_LIMITS } from '../contract/limits.js';
import { unknownFields } from '../contract/request.js';
import { warningHeader } from './headers.js';
import { pick } from './json.js';
import type { Exchange, Route } from './route.js';

/** Saved classifiers. */
export const classifierRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/v1/classifiers',
    answer: async ({ classer }) => Response.json({ classifiers: await classer.classifiers.list() }),
  },
  { method: 'POST', path: '/v1/classifiers', answer: save },
  { method: 'GET', path: '/v1/classifiers/{name}', answer: get },
  { method: 'DELETE', path: '/v1/classifiers/{name}', answer: remove },
];

async function save({ classer, json }: Exchange): Promise<Response> {
  const fields = await json();
  const definition = pick(fields, CLASSIFIER_FIELDS) as unknown as ClassifierDefinition;
  const headers = warningHeader(unknownFields(fields, CLASSIFIER_FIELDS));
  return Response.json(await classer.classifiers.save(definition), { status: 201, headers });
}

async function get({ classer, params, url }: Exchange): Promise<Response> {
  const { name = '' } = params;
  const asked = { version: numberOf(url.searchParams.get('version') ?? undefined) };
  const version = optionalNumber(asked, 'version', { min: 1, max: KEPT_LIMITS.version, whole: true });
  return Response.json(await classer.classifiers.get(version === undefined ? name : `${name}@v${version}`));
}

async function remove({ classer, params }: Exchange): Promise<Response> {
  await classer.classifiers.remove(params['name'] ?? '');
  return new Response(null, { status: 204 });
}
