import { classify } from 'classer-local';
import { expect, test } from 'vitest';

test('a charge is billing', async () => {
  const { label } = await classify({
    text: 'I was charged twice this month',
    labels: ['billing', 'technical', 'praise'],
  });
  expect(label).toBe('billing');
});
