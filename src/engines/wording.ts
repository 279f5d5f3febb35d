import type { Label } from '../contract/task.js';
import type { EmbedModel } from './manifest.js';

/** The sentences whose mean is a label's vector. */
export function wordings(label: Label, textType: string | undefined, wording: EmbedModel['wording']): string[] {
  const templates = label.description === undefined ? wording.plain : wording.described;
  const { text_type: around } = wording;
  return templates.map((template) => {
    const sentence = fill(template, { label: label.name, description: label.description ?? '' });
    return textType === undefined || around === null
      ? sentence
      : fill(around, { text_type: textType, label: sentence });
  });
}

/** The wording of a request's own template: what a label means stands behind its name. */
export const worded = (template: string): EmbedModel['wording'] => ({
  plain: [template],
  described: [fill(template, { label: '{label}: {description}' })],
  text_type: null,
});

/** Puts values in the place of `{name}`; a value's own braces and dollars stay as they are. */
function fill(template: string, values: Readonly<Record<string, string>>): string {
  return template.replace(/\{(\w+)\}/g, (slot, name: string) => values[name] ?? slot);
}
