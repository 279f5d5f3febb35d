import type { UrlPolicy } from '../contract/file.js';
import type { Manifest, ModelSpec } from '../engines/manifest.js';
import type { AssetUrls, LoadOptions } from '../worker/settings.js';

/** What every model is opened with. */
interface Opening {
  urls(model: string, spec: ModelSpec): AssetUrls;
  readonly threads: number;
  readonly policy: UrlPolicy;
  readonly ocrData: readonly string[] | undefined;
}

/** How the models that come with the package are opened, by name. */
export function embeddedModels(
  { models, photo, default: usual }: Manifest,
  { urls: urlsOf, threads, policy, ocrData }: Opening,
): (model: string) => LoadOptions | undefined {
  const known = new Map<string, LoadOptions>();
  const describe = (model: string): LoadOptions | undefined => {
    const spec = Object.hasOwn(models, model) && models[model];
    if (!spec) return undefined;
    const urls = urlsOf(model, spec);
    const documents = { urls: { ...urls.documents, ...(ocrData && { ocrLanguages: ocrData }) }, policy, photo };
    const other = spec.engine === 'embed' ? spec.second?.model : undefined;
    const next = other === undefined ? undefined : models[other];
    const second = other !== undefined &&
      next?.engine === 'nli' && { model: other, spec: next, urls: urlsOf(other, next).model };
    const encoder = models[usual];
    const reader = spec.engine === 'nli' &&
      encoder?.engine === 'embed' && { model: usual, spec: encoder, urls: urlsOf(usual, encoder).model };
    const beside = { ...(second && { second }), ...(reader && { reader }) };
    return { model, spec, urls, threads, device: 'wasm', documents, ...beside };
  };
  // Every call asks, and making a dozen addresses takes as long as the rest of its way to the worker.
  return (model) => {
    const options = known.get(model) ?? describe(model);
    if (options) known.set(model, options);
    return options;
  };
}
