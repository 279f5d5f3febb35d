/** A request as the log keeps it. */
export interface LogEntry {
  /** The answer's `X-Request-ID`. */
  request_id: string;
  /** ISO 8601. */
  created_at: string;
  /** The route, or the address of a request that was refused before it came to one. */
  endpoint: string;
  model: string | null;
  /** HTTP status, also of calls from JavaScript. */
  status: number;
  error_code: string | null;
  /** How many texts were sent; 0 for a request that was refused unread. */
  texts: number;
  tokens: number;
  /** How many of the texts were answered from the cache. */
  cache_hits: number;
  /** Null for a job, whose length says nothing of the answers', and for a request that was refused unread. */
  latency_ms: number | null;
  /** The key that was used, where keys are required. */
  key_id: string | null;
  /** The texts themselves, the first 100,000 characters of them; only where the `logs.texts` option is on. */
  inputs?: string[];
}

/** Characters of a request's texts that are kept. */
const KEPT = 100_000;

/** As much of a request's texts as a log keeps; one that is cut ends with …, and what comes after it is left out. */
export function keptInputs(texts: readonly string[]): string[] {
  const inputs: string[] = [];
  let room = KEPT;
  for (const text of texts) {
    if (room <= 0) break;
    inputs.push(text.length > room ? `${text.slice(0, room)}…` : text);
    room -= text.length;
  }
  return inputs;
}
