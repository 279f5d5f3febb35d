const SENTENCES = [
  'The committee met in the small hall above the library.',
  'Rain fell on the hills all through the morning.',
  'She walked along the river and watched the boats.',
  'The old clock in the square struck nine.',
];

/** Prose about nothing that a label names, with at least so many words. */
export function filler(words: number): string {
  const parts: string[] = [];
  for (let count = 0, i = 0; count < words; i++) {
    const sentence = SENTENCES[i % SENTENCES.length] as string;
    parts.push(sentence);
    count += sentence.split(' ').length;
  }
  return parts.join(' ');
}
