import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { expect } from 'vitest';

interface Operation {
  readonly requestBody?: { readonly content: Record<string, { readonly schema: object }> };
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly schema: object }[];
  readonly responses: Record<string, { readonly content?: Record<string, { readonly schema?: object }> }>;
}

/** An OpenAPI document to hold answers against. */
export interface Document {
  readonly openapi: string;
  readonly paths: Record<string, Record<string, Operation>>;
  readonly components: { readonly schemas: Record<string, object> };
}

/** Compiles the schemas of a document. */
export class Schemas {
  readonly document: Document;
  readonly #ajv = new Ajv2020({ strict: false, allErrors: true });
  readonly #compiled = new Map<string, ValidateFunction>();

  constructor(document: Document) {
    this.document = document;
    formats.default(this.#ajv);
    this.#ajv.addSchema({ $id: 'doc:', components: document.components });
  }

  /** The schema of a request's JSON body, where there is one. */
  bodyOf(path: string, method: string): object | undefined {
    return this.document.paths[path]?.[method]?.requestBody?.content['application/json']?.schema;
  }

  /** The parameters of a route's address by name. */
  queryOf(path: string, method: string): [name: string, schema: object][] {
    const parameters = this.document.paths[path]?.[method]?.parameters ?? [];
    return parameters.filter((one) => one.in === 'query').map(({ name, schema }) => [name, schema]);
  }

  /** Whether a schema of the document allows a value. */
  allows(schema: object, value: unknown): boolean {
    return this.#compile(schema)(value);
  }

  /** A schema of the document itself, where this one only names it. */
  resolve(schema: object): object {
    const name = (schema as { $ref?: string }).$ref?.split('/').pop();
    return name === undefined ? schema : (this.document.components.schemas[name] ?? {});
  }

  /** Fails unless the document knows this status for this route, and the body is what it says. */
  async check(path: string, method: string, response: Response): Promise<void> {
    const where = `${method} ${path} ${response.status}`;
    const said = this.document.paths[path]?.[method]?.responses[String(response.status)];
    expect(said, `${where} is not in the document`).toBeDefined();
    const type = response.headers.get('Content-Type')?.split(';')[0];
    if (!said?.content) return expect(type, where).toBeUndefined();
    const media = said.content[type ?? ''];
    expect(media, `${where} with ${type}`).toBeDefined();
    if (!media?.schema) return;
    const validate = this.#compile(media.schema);
    const body: unknown = await response.json();
    expect(validate(body) ? [] : validate.errors, where).toEqual([]);
  }

  #compile(schema: object): ValidateFunction {
    const text = JSON.stringify(schema).replaceAll('"#/', '"doc:#/');
    const known = this.#compiled.get(text) ?? this.#ajv.compile(JSON.parse(text));
    this.#compiled.set(text, known);
    return known;
  }
}
