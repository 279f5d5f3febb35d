import { isBlank } from '../contract/checks.js';
import { invalid } from '../contract/errors.js';
import { LIMITS } from '../contract/limits.js';
import type { Label } from '../contract/task.js';
import type { BankRequest, Engine, LabelBank, Logits, Reading } from '../engines/engine.js';
import { turns } from '../engines/turns.js';
import { CALIBRATION } from './manifest.js';

interface FakeBank extends LabelBank {
  /** Words that speak for each label. */
  readonly voices: readonly ReadonlySet<string>[];
}

/** Texts between two chances to hear an abort. */
const STRIDE = 64;

/**
 * Scores a label by the words that a text shares with its name, description and examples, and otherwise by a hash:
 * no weights, the same answer everywhere and always.
 */
export class FakeEngine implements Engine {
  readonly model = 'fake';
  readonly calibration = CALIBRATION;

  async bank(labels: readonly Label[], how: BankRequest): Promise<FakeBank> {
    await turns.giveWay(how);
    const { textType = '' } = how;
    const said = labels.map(({ name, description = '', examples }) => [name, description, ...examples].join(' '));
    return {
      labels,
      priors: new Float32Array(labels.length),
      tokens: words(`${said.join(' ')} ${textType}`).length,
      voices: said.map((text) => new Set(words(text))),
    };
  }

  async read(texts: readonly string[], bank: LabelBank, how: Reading) {
    const answers = [];
    for (const [i, text] of texts.entries()) {
      if (i % STRIDE === 0) await turns.giveWay(how);
      answers.push(read(text, bank as FakeBank));
      how.onTokens?.(i + 1, texts.length);
    }
    return answers;
  }
}

function read(text: string, { labels, voices }: FakeBank) {
  if (isBlank(text)) return invalid('text', 'text is empty.');
  const spoken = words(text);
  if (spoken.length > LIMITS.tokens) return invalid('text', `text has more than ${LIMITS.tokens} tokens.`);
  const shared = voices.map((voice) => spoken.filter((word) => voice.has(word)).length);
  const logits: Logits = {
    scores: Float32Array.from(shared, (count, i) => 2 * count + chance(`${labels[i]?.name}\0${text}`)),
    tokens: spoken.length,
    evidence: () => [{ start: 0, end: text.length, weight: 1 }],
  };
  return logits;
}

const words = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

/** From 0 to 1 by FNV-1a: as good as chance, and always the same. */
function chance(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return (hash >>> 0) / 2 ** 32;
}
