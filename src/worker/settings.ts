import type { Device } from '../engines/device.js';
import type { Engine } from '../engines/engine.js';
import type { EmbedModel, ModelSpec, NliModel } from '../engines/manifest.js';
import type { DocumentSettings, DocumentUrls } from './lazy-documents.js';
import type { Files } from './shared-files.js';

/** Absolute addresses of a model's files, by role. */
export type ModelUrls = Readonly<Partial<Record<string, string>>>;

/** Absolute addresses of ONNX Runtime's two files. */
export interface RuntimeUrls {
  readonly glue: string;
  readonly wasm: string;
}

/** Absolute addresses of a model's files and of everything else that runs it. */
export interface AssetUrls {
  readonly model: ModelUrls;
  readonly runtime: Readonly<Record<Device, RuntimeUrls>>;
  readonly documents: DocumentUrls;
  /** The module of what models of hubs need, and of what installs them. */
  readonly models: string;
}

/** A model that is opened beside another one, in its thread. */
export interface OtherModel<Spec extends ModelSpec = ModelSpec> {
  readonly model: string;
  readonly spec: Spec;
  readonly urls: ModelUrls;
  readonly installed?: boolean;
}

/** What a worker needs to start; plain values, sent by the page. */
export interface LoadOptions {
  readonly model: string;
  readonly spec: ModelSpec;
  readonly urls: AssetUrls;
  readonly threads: number;
  readonly device: Device;
  readonly documents: DocumentSettings;
  /** Whether other workers will want the files that this one reads. */
  readonly leads?: boolean;
  /** Files that another worker has read. */
  readonly files?: Files;
  /** Whether the model was installed; it did not come with the package then. */
  readonly installed?: boolean;
  /** The encoder that reads texts for a model of pictures, and examples for one that infers. */
  readonly reader?: OtherModel<EmbedModel>;
  /** The model that looks again where this one is unsure. */
  readonly second?: OtherModel<NliModel>;
}

/** Starts the engine that the options describe; `onBytes` counts what is loaded for it. */
export type Load = (
  options: LoadOptions,
  signal: AbortSignal,
  onBytes: (done: number, total: number) => void,
) => Promise<Engine>;
