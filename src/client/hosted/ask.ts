import { latin } from '../../contract/bytes.js';
import { type Fields, isFields, kindOf, optionalNumber } from '../../contract/checks.js';
import { Deadline } from '../../contract/deadline.js';
import { ENDPOINTS } from '../../contract/endpoints.js';
import { abandoned, ClasserError, failure, isErrorCode } from '../../contract/errors.js';
import { readBytes } from '../../contract/file.js';
import { HOSTED } from '../../contract/hosted.js';
import { CALLS, knownFields } from '../../contract/request.js';
import { refuseUnknown } from '../../contract/unknown.js';
import type { Method, Responses } from '../../service/response.js';
import { checkSignal } from '../options.js';
import { recordSource } from '../source.js';
import { checkSent, isAnswer } from './check.js';
import { type FallbackReason, SideFailure } from './failure.js';

/** How the hosted API is asked. */
export interface HostedSettings {
  readonly apiKey: string | undefined;
  readonly single: number;
  readonly batch: number;
}

const LOCAL = ['signal', 'timeout', 'onProgress'];

/** Asks the hosted API. Rejects with a SideFailure where the other side may answer, else with its error. */
export async function askHosted<M extends Method>(
  method: M,
  request: unknown,
  settings: HostedSettings,
): Promise<Responses[M]> {
  if (!isFields(request)) throw failure('BAD_REQUEST', `A request must be an object, not ${kindOf(request)}.`);
  const call = CALLS[method];
  refuseUnknown(request, [...knownFields(call), ...LOCAL]);
  const signal = checkSignal(request['signal']);
  const own = optionalNumber(request, 'timeout', { min: 0, max: Number.POSITIVE_INFINITY });
  if (signal?.aborted) throw abandoned(signal);
  checkSent(method, request);
  if (globalThis.navigator?.onLine === false) throw side('offline', 'This device is offline.');
  const usual = call.batch ? settings.batch : settings.single;
  const deadline = new Deadline(own ?? usual, signal);
  try {
    const { file, image } = request;
    const images = Array.isArray(image) ? await Promise.all(image.map(inJson)) : await inJson(image);
    const sent = { ...request, file: await inJson(file), image: images };
    const response = await send(ENDPOINTS[method], sent, settings.apiKey, deadline.signal);
    return await read(method, request, response);
  } catch (error) {
    if (signal?.aborted) throw abandoned(signal);
    // That a call was given less time than usual says nothing about the next one.
    if (deadline.signal.aborted) {
      throw new SideFailure('timeout', abandoned(deadline.signal), { lasting: own === undefined || own >= usual });
    }
    if (error instanceof SideFailure || ClasserError.is(error)) throw error;
    throw side('network', `The hosted API could not be reached: ${(error as Error).message}`, error);
  } finally {
    deadline.stop();
  }
}

/** JSON has no bytes. */
const inJson = async (file: unknown): Promise<unknown> =>
  typeof file === 'object' && file ? btoa(latin(await readBytes(file as Blob))) : file;

function send(path: string, request: Fields, apiKey: string | undefined, signal: AbortSignal): Promise<Response> {
  const wire = Object.fromEntries(Object.entries(request).filter(([name]) => !LOCAL.includes(name)));
  const headers = { 'Content-Type': 'application/json', ...(apiKey && { Authorization: `Bearer ${apiKey}` }) };
  return fetch(HOSTED + path, { method: 'POST', headers, body: JSON.stringify(wire), signal });
}

async function read<M extends Method>(method: M, request: Fields, response: Response): Promise<Responses[M]> {
  const { status, ok, headers } = response;
  const body: unknown = await response.json().catch(() => undefined);
  if (!ok) throw refusal(status, isFields(body) ? body : {}, Number(headers.get('Retry-After')) || undefined);
  if (!isAnswer(method, request, body)) {
    throw side('network', 'The hosted API answered with something that is no answer.');
  }
  const results = body['results'];
  const answer = CALLS[method].batch && Array.isArray(results) ? { ...body, results: results.map(plain) } : body;
  const local = headers.get('X-Classer-Source') === 'local';
  const model = headers.get('X-Classer-Model') ?? 'hosted';
  return recordSource(answer, model, local ? 'local' : 'hosted') as unknown as Responses[M];
}

/** On the wire a result of a batch says `cache.hit`. */
function plain({ cache, ...result }: { cache?: { hit?: boolean } }): object {
  return { cached: cache?.hit ?? false, ...result };
}

function refusal(status: number, { detail, message, details, code }: Fields, wait: number | undefined) {
  const why = [detail, message].find((one) => typeof one === 'string') as string | undefined;
  const said = isErrorCode(code) ? code : status === 400 ? 'BAD_REQUEST' : undefined;
  const error = new ClasserError(why ?? `The hosted API answered ${status}.`, status, why, {
    ...(said && { code: said }),
    details: isFields(details) ? details : undefined,
  });
  const reason = reasonOf(status);
  return reason ? new SideFailure(reason, error, { wait }) : error;
}

function reasonOf(status: number): FallbackReason | undefined {
  if (status === 402) return 'payment';
  if (status === 408) return 'timeout';
  if (status === 429) return 'rate-limit';
  return status >= 500 ? 'server' : undefined;
}

const side = (reason: FallbackReason, message: string, cause?: unknown) =>
  new SideFailure(reason, failure('MODEL_UNAVAILABLE', message, undefined, cause));
