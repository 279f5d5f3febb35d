import type { Classer } from '../../client/classer.js';
import { asClasserError, failure } from '../../contract/errors.js';
import type { ClassifyResponse, TagResponse } from '../../contract/types.js';
import { contentOf, expand, isFolder } from './content.js';
import type { Options } from './options.js';
import { readable, visible } from './print.js';

/** `--file PATH …`, some of them folders: each file is answered for itself; of several, each in its own line. */
export async function answerFiles(
  classer: Classer,
  kind: 'classify' | 'tag',
  request: { readonly text: string },
  options: Options,
  print: (line: string) => void,
): Promise<void> {
  const named = options.file ?? [];
  const ask = async (path: string): Promise<ClassifyResponse | TagResponse> => {
    return classer[kind]({ ...request, file: await contentOf(path), password: options.password } as never);
  };
  const [only] = named;
  if (only !== undefined && named.length === 1 && !(await isFolder(only))) {
    const answer = await ask(only);
    return print(options.json ? JSON.stringify(answer) : readable(answer, request.text));
  }
  const paths = (await Promise.all(named.map(expand))).flat();
  if (paths.length === 0) throw failure('BAD_REQUEST', `There are no files in ${named.join(', ')}.`, { field: 'file' });
  for (const file of paths) {
    try {
      const answer = await ask(file);
      print(options.json ? JSON.stringify({ file, ...answer }) : `${visible(file)}: ${brief(answer)}`);
    } catch (thrown) {
      const { code, message, details } = asClasserError(thrown);
      // A file's own fault is its own line; anything else would be said of each of them.
      if (details?.field !== 'file') throw thrown;
      process.exitCode = 2;
      print(options.json ? JSON.stringify({ file, error: message, code, details }) : `${visible(file)}: ${message}`);
    }
  }
}

function brief(answer: ClassifyResponse | TagResponse): string {
  const { label, confidence = 0 } = answer as ClassifyResponse;
  const chosen = 'labels' in answer ? answer.labels : label === undefined ? [] : [{ label, confidence }];
  const said = chosen.map((one) => `${visible(one.label)} ${one.confidence.toFixed(4)}`);
  return said.join(', ') || 'no label';
}
