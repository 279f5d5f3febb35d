/** Everyday labels, and what is on each photograph of `test/fixtures/photographs`. */
export const EVERYDAY = [
  'dog',
  'cat',
  'bird',
  'car',
  'food',
  'flower',
  'building',
  'person',
  'landscape',
  'spacecraft',
];
export const PHOTOGRAPHS = [
  { name: 'cat', label: 'cat' },
  { name: 'coffee', label: 'food' },
  { name: 'astronaut', label: 'person' },
  { name: 'rocket', label: 'spacecraft' },
] as const;

/** The content of a photograph by its name. */
export type ReadPhotograph = (name: string) => Promise<Uint8Array<ArrayBuffer>>;
