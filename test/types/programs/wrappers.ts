// Code that handles the functions themselves: queues, retries, dependency injection.
import classer, {
  type ClasserClient,
  type ClassifyRequest,
  type ClassifyResponse,
  classify,
  type TagRequest,
  type TagResponse,
  tag,
} from 'classer-ai';

export type Classify = typeof classify;
export type Request = Parameters<typeof classify>[0];
export type Answer = Awaited<ReturnType<typeof classify>>;
export type Batch = Parameters<ClasserClient['tagBatch']>[0];

export const request: Request = { text: 'a', labels: ['a', 'b'] };
export const plain: (request: ClassifyRequest) => Promise<ClassifyResponse> = classify;
export const plainTag: (request: TagRequest) => Promise<TagResponse> = tag;

export function retrying<In, Out>(call: (input: In) => Promise<Out>): (input: In) => Promise<Out> {
  return async (input) => await call(input).catch(() => call(input));
}
export const patient: (request: ClassifyRequest) => Promise<ClassifyResponse> = retrying(classify);

interface Classifier {
  classify(request: ClassifyRequest): Promise<ClassifyResponse>;
  tag(request: TagRequest): Promise<TagResponse>;
}
export const injected: Classifier = classer;
export const choose = (client: ClasserClient): Classifier => client;

export async function label(text: string, labels: readonly string[]): Promise<Answer> {
  return await classify({ text, labels: [...labels] });
}

export const LABELS = { billing: 'Payments', praise: 'Thanks' } as const;
export async function known(text: string): Promise<keyof typeof LABELS | undefined> {
  const { label } = await classify({ text, labels: Object.keys(LABELS), descriptions: LABELS });
  return label as keyof typeof LABELS | undefined;
}

enum Kind {
  Spam = 'spam',
  Mail = 'mail',
}
export const kinds = async (text: string) =>
  (await tag({ text, labels: Object.values(Kind) })).labels.map((one) => one.label as Kind);
