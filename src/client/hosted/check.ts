import { type Fields, isFields } from '../../contract/checks.js';
import { checkReference } from '../../contract/classifier.js';
import { CALLS, checkRequest } from '../../contract/request.js';
import type { Method } from '../../service/response.js';

/** Refuses what cannot be right before it is sent anywhere; which labels a classifier has is the host's to know. */
export function checkSent(method: Method, request: Fields): void {
  if (checkReference(request) === undefined) checkRequest(CALLS[method], request);
  else checkRequest(CALLS[method], { ...request, labels: labelsNamed(request) });
}

/** Labels that a request with a classifier says something of, or one in their place. */
function labelsNamed({ descriptions, examples }: Fields): string[] {
  const named = [descriptions, examples].flatMap((one) => (isFields(one) ? Object.keys(one) : []));
  return named.length > 0 ? [...new Set(named)] : ['any'];
}

/** Whether a body is what the contract says of a call: the page that a hotel's network answers everything with is not. */
export function isAnswer(method: Method, { texts }: Fields, body: unknown): body is Fields {
  const { kind, batch } = CALLS[method];
  const isOne = kind === 'tag' ? isTags : isLabel;
  if (!batch) return isOne(body);
  if (!isFields(body)) return false;
  const { results } = body;
  const whole = Array.isArray(results) && Array.isArray(texts) && results.length === texts.length;
  return whole && results.every((one) => isOne(one) || (isFields(one) && typeof one['error'] === 'string'));
}

/** Below `min_confidence` there is no label. */
const isLabel = (value: unknown): boolean =>
  isFields(value) && typeof value['confidence'] === 'number' && ['string', 'undefined'].includes(typeof value['label']);

const isTags = (value: unknown): boolean =>
  isFields(value) &&
  Array.isArray(value['labels']) &&
  value['labels'].every((one) => isLabel(one) && typeof one.label === 'string');
