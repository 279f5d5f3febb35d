/** Bytes that this origin may still store; undefined where the browser does not say. */
export async function originRoom(): Promise<number | undefined> {
  // A page that is no secure context has no such thing.
  const { quota, usage = 0 } = (await navigator.storage?.estimate()) ?? {};
  return quota === undefined ? undefined : Math.max(0, quota - usage);
}
