// Stand-ins in a program's tests.
import type { ClasserClient, ClassifyRequest, ClassifyResponse, classify } from 'classer-ai';

const ANSWER: ClassifyResponse = { label: 'billing', confidence: 0.9, tokens: 1, latency_ms: 1, cached: false };

export const stub: typeof classify = async () => ANSWER;
export const byText: typeof classify = async (request) => ({ ...ANSWER, label: request.text ?? '' });
export const partial: Pick<ClasserClient, 'classify'> = {
  classify: async (request: ClassifyRequest) => ({ ...ANSWER, label: request.labels?.[0] ?? '' }),
};
export class Fake implements Pick<ClasserClient, 'classify'> {
  async classify(_request: ClassifyRequest): Promise<ClassifyResponse> {
    return ANSWER;
  }
}
