import { numberOf } from '../../contract/checks.js';
import { invalid } from '../../contract/errors.js';
import type { Options } from './options.js';

/** The request that a command line describes; its fields are checked where every request is. */
export function toRequest(text: string, options: Options): Record<string, unknown> {
  const named = options.label ?? [];
  const listed = options.labels?.split(',').map((label) => label.trim());
  const request = {
    text,
    labels: listed || named.length > 0 ? [...(listed ?? []), ...named] : undefined,
    descriptions: pairs(options.description, 'description', (_, text) => text),
    examples: pairs<string[]>(options.example, 'example', (before, text) => [...(before ?? []), text]),
    classifier: options.classifier,
    cache: options['no-cache'] ? false : undefined,
    text_type: options['text-type'],
    scores: options.scores,
    explain: options.explain,
    timeout: numberOf(options.timeout),
    threshold: numberOf(options.threshold),
    min_confidence: numberOf(options['min-confidence']),
  };
  return Object.fromEntries(Object.entries(request).filter(([, value]) => value !== undefined));
}

/** Collects NAME=TEXT options by name. */
function pairs<Value>(
  values: readonly string[] | undefined,
  option: string,
  join: (before: Value | undefined, text: string) => Value,
): Record<string, Value> | undefined {
  if (!values) return undefined;
  const found = new Map<string, Value>();
  for (const value of values) {
    const at = value.indexOf('=');
    if (at < 1) throw invalid(`${option}s`, `--${option} takes NAME=TEXT, not ${JSON.stringify(value)}.`);
    const name = value.slice(0, at);
    found.set(name, join(found.get(name), value.slice(at + 1)));
  }
  return Object.fromEntries(found);
}
