import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** A process of its own, which answers one question at a time. */
export interface Child<Options, Result> extends AsyncDisposable {
  ask(options: Options): Promise<Result>;
}

/** Starts a script of `child/`; a process that ends instead of answering rejects. */
export function openChild<Options extends string | number, Result>(
  script: string,
  ...args: readonly string[]
): Child<Options, Result> {
  const child = fork(join(import.meta.dirname, 'child', `${script}.ts`), args, { execArgv: ['--import', 'tsx'] });
  const ended = once(child, 'exit');
  const failed = ended.then(([code]) => Promise.reject(new Error(`The process ${script} ended with ${code}.`)));
  failed.catch(() => undefined);
  return {
    async ask(options) {
      child.send(options);
      const [answer] = await Promise.race([once(child, 'message'), failed]);
      return answer as Result;
    },
    async [Symbol.asyncDispose]() {
      child.kill();
      await ended;
    },
  };
}
