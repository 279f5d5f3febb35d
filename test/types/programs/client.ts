// A service class around the client, with configuration, and errors told apart.
import classer, {
  ClasserClient,
  type ClasserConfig,
  ClasserError,
  type ClassifyRequest,
  type ClassifyResponse,
} from 'classer-ai';

export class Support {
  private readonly client: ClasserClient;

  constructor(config: ClasserConfig = {}) {
    this.client = new ClasserClient({ timeout: 10, batchTimeout: 60, ...config });
  }

  async answer(request: ClassifyRequest): Promise<ClassifyResponse> {
    try {
      return await this.client.classify(request);
    } catch (error) {
      if (error instanceof ClasserError) {
        const status: number | undefined = error.status;
        const detail: string | undefined = error.detail;
        throw new ClasserError(`${error.name}: ${error.message}`, status, detail);
      }
      throw error;
    }
  }

  all(texts: string[], labels: string[]) {
    return Promise.all([
      this.client.tag({ text: texts[0] ?? '', labels, threshold: 0.4 }),
      this.client.classifyBatch({ texts, labels }),
      this.client.tagBatch({ texts, labels }),
    ]);
  }
}

export const fromKey = (apiKey: string): ClasserClient => new classer.ClasserClient({ apiKey });
export const failed = new classer.ClasserError('no');
export const same: typeof ClasserClient = classer.ClasserClient;

export class Traced extends ClasserClient {
  calls = 0;
  override async classify(request: ClassifyRequest): Promise<never> {
    this.calls++;
    throw new ClasserError('not here', 500, JSON.stringify(request));
  }
}
