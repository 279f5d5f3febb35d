import { isFields, kindOf, optionalString, quote } from '../../contract/checks.js';
import { failure, invalid } from '../../contract/errors.js';
import type { Json, Store } from '../../store/store.js';
import type { LogEntry } from './entry.js';
import { count, type Histogram, percentile, sum } from './histogram.js';

/** What a day came to. */
export interface UsageDay {
  /** `YYYY-MM-DD`, in UTC. */
  date: string;
  requests: number;
  /** Requests that were answered with an error. */
  errors: number;
  texts: number;
  tokens: number;
  /** Texts answered from the cache. */
  cache_hits: number;
  /** Percentiles of the answered requests' latency, within 5 percent; null where there is none. */
  latency_ms: { p50: number | null; p90: number | null; p99: number | null };
}

/** The days asked for that have any use, oldest first. */
export interface Usage {
  days: UsageDay[];
}

/** Which days to tell of, both ends included; by default all. */
export interface UsageRange {
  from?: string | undefined;
  to?: string | undefined;
}

/** The sums of a day, as they are kept. */
interface Day {
  readonly requests: number;
  readonly errors: number;
  readonly texts: number;
  readonly tokens: number;
  readonly cache_hits: number;
  readonly latency: Histogram;
}

/** Whether a value is the sums of a day. */
export const isDay = (value: unknown): boolean =>
  isFields(value) &&
  isFields(value['latency']) &&
  [...COUNTS.map((one) => value[one]), ...Object.values(value['latency'])].every(Number.isFinite);

const COUNTS = ['requests', 'errors', 'texts', 'tokens', 'cache_hits'];
const NOTHING: Day = { requests: 0, errors: 0, texts: 0, tokens: 0, cache_hits: 0, latency: {} };

/** Adds entries to the days that they belong to. */
export async function addUsage(store: Store, entries: readonly LogEntry[]): Promise<void> {
  const days = new Map<string, Day>();
  for (const entry of entries) {
    const date = entry.created_at.slice(0, 10);
    days.set(date, plus(days.get(date) ?? NOTHING, dayOf(entry)));
  }
  for (const [date, day] of days) {
    await store.update<Json & Day>('usage', date, (before) => plus(before ?? NOTHING, day) as Json & Day);
  }
}

/** Tells what the days came to. Throws VALIDATION_ERROR for a date that is none. */
export async function readUsage(store: Store, range: unknown = {}): Promise<Usage> {
  if (!isFields(range)) throw failure('BAD_REQUEST', `usage takes an object, not ${kindOf(range)}.`);
  const from = checkDate(optionalString(range, 'from'), 'from') ?? '';
  const to = checkDate(optionalString(range, 'to'), 'to') ?? '9999';
  const dates = (await store.keys('usage')).filter((date) => date >= from && date <= to);
  const days = await Promise.all(
    dates.map(async (date): Promise<UsageDay> => {
      const { latency, ...rest } = (await store.get<Json & Day>('usage', date)) ?? NOTHING;
      const [p50, p90, p99] = [0.5, 0.9, 0.99].map((share) => percentile(latency, share));
      return { date, ...rest, latency_ms: { p50: p50 ?? null, p90: p90 ?? null, p99: p99 ?? null } };
    }),
  );
  return { days };
}

function dayOf({ error_code, texts, tokens, cache_hits, latency_ms }: LogEntry): Day {
  if (error_code !== null) return { ...NOTHING, requests: 1, errors: 1, texts };
  return {
    requests: 1,
    errors: 0,
    texts,
    tokens,
    cache_hits,
    latency: latency_ms === null ? {} : count({}, latency_ms),
  };
}

const plus = (one: Day, other: Day): Day => ({
  requests: one.requests + other.requests,
  errors: one.errors + other.errors,
  texts: one.texts + other.texts,
  tokens: one.tokens + other.tokens,
  cache_hits: one.cache_hits + other.cache_hits,
  latency: sum(one.latency, other.latency),
});

function checkDate(date: string | undefined, field: string): string | undefined {
  if (date === undefined) return undefined;
  // Date.parse takes the 31st of February for the 3rd of March.
  const parsed = /^\d{4}-\d\d-\d\d$/.test(date) ? new Date(date) : undefined;
  if (parsed && !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(date)) return date;
  throw invalid(field, `${field} must be a date such as 2026-01-31, not ${quote(date)}.`);
}
