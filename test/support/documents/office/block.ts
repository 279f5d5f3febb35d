/** A piece of a document, whatever file it becomes. */
export type Block =
  | { readonly title: string }
  | { readonly heading: string }
  | { readonly text: string }
  | { readonly list: readonly string[] }
  | { readonly table: readonly (readonly string[])[] };

/** A document of an everyday kind. */
export interface OfficeDocument {
  /** What people call such a document. */
  readonly label: string;
  readonly pages: readonly (readonly Block[])[];
  /** Columns of text; one unless given. */
  readonly columns?: number;
  /** Slides lie on their side, and are written large. */
  readonly slides?: boolean;
}
