import type { LabelRow, Question } from './question.js';

export interface Sample extends Question {
  title: string;
}

const plain = (...names: string[]): LabelRow[] => names.map((name) => ({ name, description: '' }));

/** Ready-made questions; the first one is asked when the page opens. */
export const SAMPLES: readonly [Sample, ...Sample[]] = [
  {
    title: 'Billing',
    mode: 'classify',
    text: 'I was charged twice this month',
    labels: plain('billing', 'technical', 'praise'),
    threshold: 0.5,
  },
  {
    title: 'App review',
    mode: 'tag',
    text:
      'I love the new design, it is gorgeous and easy to find things. But since the update the app crashes whenever ' +
      'I open the camera. And I wrote to support two weeks ago: still no reply.',
    labels: [
      { name: 'bug', description: 'the app crashes or does not work' },
      { name: 'slow support', description: 'nobody answers the customer' },
      { name: 'price', description: 'it costs too much' },
      { name: 'design', description: 'how it looks and feels' },
    ],
    threshold: 0.6,
  },
  {
    title: 'News',
    mode: 'classify',
    text: 'The team scored twice in the second half and won the football match.',
    labels: [
      { name: 'politics', description: 'governments and elections' },
      { name: 'business', description: 'companies and markets' },
      { name: 'sports', description: 'games, teams and matches' },
      { name: 'science', description: 'research and discoveries' },
    ],
    threshold: 0.5,
  },
  {
    title: 'Intent',
    mode: 'classify',
    text: 'Could you move my appointment to Thursday afternoon?',
    labels: [
      { name: 'reschedule', description: 'change the time of an appointment' },
      { name: 'cancel', description: 'call an appointment off' },
      { name: 'new booking', description: 'make a first appointment' },
      { name: 'opening hours', description: 'ask when the place is open' },
    ],
    threshold: 0.5,
  },
  {
    title: 'Spam?',
    mode: 'classify',
    text: 'WINNER!! You have been chosen for a free phone. Click here within 24 hours to claim your prize.',
    labels: plain('spam'),
    threshold: 0.5,
  },
];
