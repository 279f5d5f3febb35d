import type { Classer } from 'classer-local';

/** Microseconds a token that a text of any length takes. */
export async function readPace(classer: Classer, text: string): Promise<number> {
  const begun = performance.now();
  const labels = ['billing', 'technical', 'praise'];
  const { tokens } = await classer.classify({ text, labels, cache: false, timeout: 7200 });
  return (1000 * (performance.now() - begun)) / tokens;
}
