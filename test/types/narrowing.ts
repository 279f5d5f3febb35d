// What the local types add: literal labels narrow, and wrong fields do not compile.
import { ClasserClient, type ClasserError, classify, classifyBatch, createClasser, tag, tagBatch } from 'classer-local';

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const same = <A, B>(equal: Equal<A, B>): void => void equal;

type Label = 'billing' | 'technical' | 'praise';
const labels = ['billing', 'technical', 'praise'] as const;
const text = 'I was charged twice this month';

export async function literals(): Promise<void> {
  const one = await classify({ text, labels: ['billing', 'technical', 'praise'] });
  same<typeof one.label, Label | undefined>(true);
  const many = await classifyBatch({ texts: [text], labels });
  same<(typeof many.results)[number]['label'], Label | undefined>(true);
  const tags = await tag({ text, labels });
  same<(typeof tags.labels)[number]['label'], Label>(true);
  const manyTags = await tagBatch({ texts: [text], labels: ['billing', 'praise'] });
  same<NonNullable<(typeof manyTags.results)[number]['labels']>[number]['label'], 'billing' | 'praise'>(true);
  const scored = await classify({ text, labels, scores: true, explain: true });
  same<NonNullable<typeof scored.scores>[number]['label'], Label>(true);
  same<NonNullable<typeof scored.evidence>[number]['label'], Label>(true);
  const typed = await createClasser().tag({ text, labels });
  same<(typeof typed.labels)[number]['label'], Label>(true);
  const client = await new ClasserClient().classify({ text, labels: ['a'] });
  same<typeof client.label, 'a' | undefined>(true);
  const names: string[] = ['a', 'b'];
  const loose = await classify({ text, labels: names });
  same<typeof loose.label, string | undefined>(true);
  const enumerated = await tag({ text, labels: names as Label[] });
  same<(typeof enumerated.labels)[number]['label'], Label>(true);
  // @ts-expect-error: no such label was asked for.
  if (one.label === 'shipping') return;
}

export async function wrong(): Promise<void> {
  // @ts-expect-error: a misspelt field
  await classify({ text, lables: ['a'] });
  // @ts-expect-error: one text, not many
  await classify({ texts: [text], labels });
  // @ts-expect-error: many texts, not one
  await tagBatch({ text, labels });
  // @ts-expect-error: a number is no label
  await classify({ text, labels: [1] });
  // @ts-expect-error: labels are a list
  await classify({ text, labels: 'billing' });
  // @ts-expect-error: a threshold is a number
  await tag({ text, labels, threshold: '0.5' });
  // @ts-expect-error: classify only
  await tag({ text, labels, min_confidence: 0.5 });
  // @ts-expect-error: a description is a text
  await classify({ text, labels, descriptions: { billing: 5 } });
  // @ts-expect-error: examples are lists
  await classify({ text, labels, examples: { billing: 'x' } });
  // @ts-expect-error: no such priority
  await classify({ text, labels, priority: 'slow' });
  // @ts-expect-error: a misspelt option
  createClasser({ asset: '/assets' });
  // @ts-expect-error: a misspelt option
  new ClasserClient({ timeOut: 5 });
}

export function told(error: ClasserError): string {
  // @ts-expect-error: no such code
  if (error.code === 'NO_SUCH_CODE') return '';
  const field: string | undefined = error.details?.field;
  return error.code === 'VALIDATION_ERROR' ? (field ?? '') : error.code;
}
