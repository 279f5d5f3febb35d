import { NAME } from '../../contract/classifier.js';
import { KEPT_LIMITS, LIMITS } from '../../contract/limits.js';
import { boolean, byLabel, list, mode, object, orNull, type Schema, string, unit } from './schema.js';

/** More than white space. */
const filled: Schema = { type: 'string', minLength: 1, pattern: '\\S' };

/** A request: what may be left out may also be null; `rules` hold of the object as a whole. */
function request(fields: Readonly<Record<string, Schema>>, ...rules: readonly Schema[]): Schema {
  const nullable = Object.entries(fields).map(([name, schema]) => [name, name.endsWith('?') ? orNull(schema) : schema]);
  return { ...object(Object.fromEntries(nullable)), ...(rules.length > 0 && { allOf: rules }) };
}

const labels = list(
  { ...filled, maxLength: LIMITS.labelLength },
  { minItems: 1, maxItems: LIMITS.labels, uniqueItems: true },
);
const text: Schema = {
  ...string,
  description: `At most ${LIMITS.tokens} tokens, and not blank unless there is a file or image.`,
};
const texts = list(string, { minItems: 1, maxItems: LIMITS.texts });
/** A field that is there, and not null. */
const given = (name: string, schema: Schema): Schema => ({ required: [name], properties: { [name]: schema } });
const none: Schema = { type: 'null' };
/** Labels, or a classifier in their place. */
const labelled: Schema = {
  anyOf: [
    { required: ['labels'], properties: { labels: { type: 'array' }, classifier: none } },
    { required: ['classifier'], properties: { classifier: string, labels: none } },
  ],
};
/** Something to read. */
const readable: Schema = {
  anyOf: [given('text', filled), given('file', string), given('image', { type: ['string', 'array'] })],
};

const KEYS = 'By label: a key that is no label of the request is refused with 422.';
const ofLabels = {
  'descriptions?': { ...byLabel(orNull(string)), description: KEYS },
  'examples?': { ...byLabel(orNull(list(filled))), description: KEYS },
  'text_type?': string,
};
const described = {
  'labels?': labels,
  'classifier?': { ...filled, description: 'A saved classifier instead of labels: name or name@vN.' },
  ...ofLabels,
  'source_type?': { ...string, description: 'The older name of text_type.' },
};
/** `{}` or `{label}` exactly once. */
const template = '^((?!\\{(label)?\\})[\\s\\S])*\\{(label)?\\}((?!\\{(label)?\\})[\\s\\S])*$';
const asked = {
  ...described,
  'priority?': { enum: ['standard', 'fast'] },
  'cache?': { ...boolean, description: 'False skips the cache read.' },
  'model?': string,
  'scores?': boolean,
  'explain?': boolean,
  'file?': {
    ...filled,
    description: `PDF, DOCX or picture of at most ${LIMITS.pages} pages: https URL, data URL or base64. Then text may be left out.`,
  },
  'image?': {
    anyOf: [filled, { ...list(filled), minItems: 1, maxItems: LIMITS.images }],
    description:
      'PNG, JPEG, WebP, AVIF, GIF or BMP with writing: https URL, data URL or base64. Then text may be left out.',
  },
  'password?': { ...string, description: 'Of an encrypted file.' },
  'hypothesis_template?': {
    ...string,
    pattern: template,
    description: 'With {} or {label} once, where the label goes.',
  },
  'budget_ms?': { type: 'number', minimum: 0 },
};
const forClassify = { 'min_confidence?': unit };
const forTag = { 'threshold?': unit };

/** The bodies that routes take. */
export const REQUESTS: Readonly<Record<string, Schema>> = {
  ClassifyRequest: request({ 'text?': text, ...asked, ...forClassify }, labelled, readable),
  TagRequest: request({ 'text?': text, ...asked, ...forTag }, labelled, readable),
  BatchClassifyRequest: request({ texts, ...asked, ...forClassify }, labelled),
  BatchTagRequest: request({ texts, ...asked, ...forTag }, labelled),
  JobRequest: request({ ...described, 'mode?': mode, 'threshold?': unit, 'model?': string }, labelled),
  ClassifierDefinition: request({
    name: { ...string, pattern: NAME.source },
    labels,
    ...ofLabels,
    'mode?': mode,
    'threshold?': unit,
  }),
  KeyRequest: object({ name: { ...filled, maxLength: KEPT_LIMITS.keyName } }),
};
