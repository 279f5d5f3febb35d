import { abandoned, type ClasserError, failure } from '../contract/errors.js';
import type { DocumentFile } from '../contract/file.js';
import { errorFromBody } from '../contract/wire.js';
import type { DocumentContext } from '../documents/context.js';
import type { Documents } from '../documents/documents.js';
import type { TextPart } from '../documents/part.js';
import { type DocumentText, gatherText } from '../documents/text.js';
import type { DocumentProgress, DocumentReply, DocumentRequest } from './document-thread.js';
import type { DocumentSettings } from './lazy-documents.js';
import { type Look, ofImage } from './photographs.js';

/** A thread of its own, whatever the environment calls one. */
export interface Thread {
  post(message: DocumentRequest): void;
  listen(onReply: (reply: DocumentReply | DocumentProgress) => void, onDeath: (why: string) => void): void;
  terminate(): void;
}

/** Files that are read at once; the others wait. */
const AT_ONCE = 2;
/** Milliseconds after which a thread without work is ended, which gives its memory back. */
const IDLE = 30_000;

/**
 * Reads documents in threads of their own: what hangs or grows without end there is ended with the thread, and costs
 * neither the model nor the next file.
 */
export class DocumentThreads implements Documents {
  readonly #start: (url: string) => Thread;
  readonly #settings: DocumentSettings;
  readonly #look: Look;
  readonly #idle: Reader[] = [];
  readonly #waiting: (() => void)[] = [];
  #running = 0;
  #patience: ReturnType<typeof setTimeout> | undefined;

  constructor(start: (url: string) => Thread, settings: DocumentSettings, look: Look) {
    this.#start = start;
    this.#settings = settings;
    this.#look = look;
  }

  async *read(file: DocumentFile, { signal, onPages }: DocumentContext): AsyncGenerator<TextPart> {
    if (this.#running++ >= AT_ONCE) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    const { urls } = this.#settings;
    let reader: Reader | undefined;
    try {
      signal.throwIfAborted();
      reader = this.#idle.pop() ?? new Reader(this.#start(urls.thread));
      reader.onPages = onPages;
      for (
        let part = await reader.ask({ ...this.#settings, file }, signal);
        part;
        part = await reader.ask('next', signal)
      )
        yield part;
    } catch (error) {
      throw ofImage(error, file.image);
    } finally {
      this.#running--;
      this.#waiting.shift()?.();
      if (reader) this.#keep(reader);
    }
  }

  async text(files: readonly DocumentFile[], context: DocumentContext): Promise<DocumentText> {
    const text = await gatherText(files, (file, each) => this.read(file, each), context);
    return this.#look(text, files, context);
  }

  #keep(reader: Reader): void {
    if (reader.free && this.#idle.length === 0) this.#idle.push(reader);
    else reader.end();
    clearTimeout(this.#patience);
    this.#patience = setTimeout(() => this.#idle.pop()?.end(), IDLE);
  }
}

/** The near side of a thread: each question gets one reply, or the error of the thread's death. */
class Reader {
  readonly #thread: Thread;
  #settle: { resolve: (reply: DocumentReply) => void; reject: (error: unknown) => void } | undefined;
  #replied = false;
  #dead = false;
  /** Whether it waits for a file. */
  free = true;
  /** Told of what is read meanwhile. */
  onPages: DocumentContext['onPages'] = () => undefined;

  constructor(thread: Thread) {
    this.#thread = thread;
    thread.listen(
      (reply) => {
        this.#replied = true;
        if ('progress' in reply) this.onPages(...reply.progress);
        else this.#settle?.resolve(reply);
      },
      (why) => {
        this.#dead = true;
        this.#settle?.reject(lost(why, this.#replied));
      },
    );
  }

  /** The next part; undefined after the last one. */
  async ask(request: DocumentRequest, signal: AbortSignal): Promise<TextPart | undefined> {
    this.free = false;
    const abort = () => this.#settle?.reject(abandoned(signal));
    const reply = new Promise<DocumentReply>((resolve, reject) => {
      this.#settle = { resolve, reject };
      if (signal.aborted) abort();
      else signal.addEventListener('abort', abort);
      this.#thread.post(request);
    });
    const said = await reply.finally(() => signal.removeEventListener('abort', abort));
    if ('part' in said) return said.part;
    this.free = !this.#dead;
    if ('error' in said) throw errorFromBody(said.error);
    return undefined;
  }

  end(): void {
    this.#thread.terminate();
  }
}

function lost(why: string, replied: boolean): ClasserError {
  if (/memory/i.test(why) || replied) {
    const message = `Reading the file took more memory than is allowed, or broke the reader (${why}); send a smaller one.`;
    return failure('DOCUMENT_ERROR', message, { field: 'file', reason: 'too_large' });
  }
  return failure('MODEL_UNAVAILABLE', `The reader of documents did not load (${why}); check the assets option.`);
}
