// Under a registered symbol, as the handler may come from another entry of the package than the classifier.
const END = Symbol.for('classer.end');

/** What lets whoever answers with a classifier learn that it was disposed of. */
export const endable = (signal: AbortSignal): object => ({ [END]: signal });

/** Aborts when a classifier is disposed of. */
export const endOf = (classer: object): AbortSignal | undefined => (classer as { [END]?: AbortSignal })[END];
